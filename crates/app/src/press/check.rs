//! Is a statement on paper the one that was released? Asked with its number and hash, or with the file.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    file::refused,
    seal,
    statements::{KEYWORD, hash_in_books},
};
use crate::{failure::Failure, menu::Call};

/// A paper to be looked at: a file, or what is printed on it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum StatementToCheck {
    /// A PDF file.
    File {
        /// Where it lies.
        path: String,
    },
    /// As printed.
    Printed {
        /// The statement's number.
        number: String,
        /// Its hash.
        hash: String,
    },
}

/// What the books say of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatementVerdict {
    /// True where every statement in it is exactly as it was released and, of a file, no byte was changed since a device of this shop wrote it.
    pub genuine: bool,
    /// Of a file: who wrote it; absent where only number and hash were asked about.
    pub file: Option<FileVerdict>,
    /// Each statement that it names.
    pub statements: Vec<StatementChecked>,
}

/// Whether a file is as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FileVerdict {
    /// Byte for byte as a device of this shop wrote it.
    Unchanged,
    /// Changed since, or signed by nobody of this shop.
    Changed,
    /// It carries no signature.
    Unsigned,
}

/// One statement of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatementChecked {
    /// Its number.
    pub number: String,
    /// The hash on the paper.
    pub hash: String,
    /// What the books say.
    pub verdict: HashVerdict,
}

/// Whether a number and a hash belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HashVerdict {
    /// They do.
    Same,
    /// The released statement of this number has other figures.
    Other,
    /// None of this number was released here.
    Unknown,
}

/// Why a paper cannot be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum CheckRefusal {
    /// The file is none of ours, or what it says of itself was taken out.
    #[error("{path} carries no statement of a Banyan shop")]
    NoStatement {
        /// The file.
        path: String,
    },
    /// 64 hexadecimal digits.
    #[error("the hash has 64 digits and letters from a to f")]
    HashShape,
}

/// Looks whether a paper is what was released.
pub async fn verify_statement(call: &Call<'_>, paper: StatementToCheck) -> Result<StatementVerdict, Failure> {
    let books = &call.shop()?.books;
    let (file, named) = match paper {
        StatementToCheck::Printed { number, hash } => {
            let hash: String = hash.chars().filter(|ch| !ch.is_whitespace()).collect::<String>().to_ascii_lowercase();
            if !is_hash(&hash) {
                return Err(Failure::refused(CheckRefusal::HashShape));
            }
            (None, vec![(number.trim().to_owned(), hash)])
        }
        StatementToCheck::File { path } => {
            let bytes = tokio::fs::read(&path).await.map_err(|error| refused(Path::new(&path), &error.to_string()))?;
            let named = named(&bytes);
            if named.is_empty() {
                return Err(Failure::refused(CheckRefusal::NoStatement { path }));
            }
            let file = match seal::parted(&bytes) {
                None => FileVerdict::Unsigned,
                Some((body, seal)) if books.signed_paper(body, &seal).await? => FileVerdict::Unchanged,
                Some(_) => FileVerdict::Changed,
            };
            (Some(file), named)
        }
    };
    let mut statements = Vec::with_capacity(named.len());
    for (number, hash) in named {
        let verdict = match hash_in_books(books, &number).await? {
            None => HashVerdict::Unknown,
            Some(released) if released == hash => HashVerdict::Same,
            Some(_) => HashVerdict::Other,
        };
        statements.push(StatementChecked { number, hash, verdict });
    }
    let genuine = file.is_none_or(|file| file == FileVerdict::Unchanged) && statements.iter().all(|one| one.verdict == HashVerdict::Same);
    Ok(StatementVerdict { genuine, file, statements })
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Numbers and hashes that a file names in what it says of itself, each once.
fn named(file: &[u8]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut rest = file;
    while let Some(at) = rest.windows(KEYWORD.len()).position(|part| part == KEYWORD.as_bytes()) {
        rest = rest.get(at + KEYWORD.len()..).unwrap_or_default();
        let word = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':')).map(|byte| char::from(*byte));
        let word: String = word.take(200).collect();
        if let Some((number, hash)) = word.split_once(':')
            && is_hash(hash)
            && !found.iter().any(|(known, same)| known == number && same == hash)
        {
            found.push((number.to_owned(), hash.to_owned()));
        }
    }
    found
}
