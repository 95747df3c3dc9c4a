//! The rules of the house that Cargo and clippy cannot keep.

mod arrows;
mod length;
mod names;
mod source;
mod words;
mod workflows;

use std::path::Path;

use crate::home::Home;
use source::Source;

/// A place where a rule of the house is broken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the root of the house, with forward slashes.
    pub file: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what is right.
    pub what: String,
}

/// Folders that hold nothing of ours, or nothing written by hand.
const NOT_OURS: &[&str] = &["target", "node_modules", "dist", "gen", "out", ".git"];

/// Reads the whole house and prints every place where a rule is broken.
///
/// # Errors
/// At least one rule is broken, or a file cannot be read.
pub fn tidy(home: &Home) -> Result<(), String> {
    let sources = read(&home.root)?;
    let mut findings = look(&sources);
    findings.extend(look_at_workflows(&home.root)?);
    for Finding { file, line, what } in &findings {
        println!("{file}:{line}: {what}");
    }
    match findings.len() {
        0 => {
            println!("{} files, tidy", sources.len());
            Ok(())
        }
        1 => Err("1 place is untidy".into()),
        many => Err(format!("{many} places are untidy")),
    }
}

/// Every broken rule in the given files, in the order of files and lines.
fn look(sources: &[Source]) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        sources.iter().flat_map(|source| [arrows::look(source), names::look(source), length::look(source), words::look(source)].concat()).collect();
    findings.sort();
    findings
}

fn look_at_workflows(root: &Path) -> Result<Vec<Finding>, String> {
    let folder = root.join(".github/workflows");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    let mut findings = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        findings.extend(workflows::look(&path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/"), &text));
    }
    Ok(findings)
}

fn read(root: &Path) -> Result<Vec<Source>, String> {
    let mut sources = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
        for entry in entries {
            let entry = entry.map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_ours = !NOT_OURS.contains(&name.as_str()) && !name.starts_with("target-");
            let kind = entry.file_type().map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
            if kind.is_dir() && is_ours {
                folders.push(path);
            } else if kind.is_file() && Source::is_read(&name) {
                let text = std::fs::read_to_string(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
                let from_root = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                sources.push(Source::new(from_root, text));
            }
        }
    }
    Ok(sources)
}

/// Shorthand of the rules' own tests: what one small file is told.
#[cfg(test)]
fn told(rule: fn(&Source) -> Vec<Finding>, path: &str, text: &str) -> Vec<String> {
    rule(&Source::new(path.into(), text.into())).into_iter().map(|found| format!("{}: {}", found.line, found.what)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Source, look};

    #[test]
    fn findings_come_in_the_order_of_files_and_lines() {
        let sources = [
            Source::new("crates/domain/src/utils.rs".into(), "const A: f64 = 1.0;\n".into()),
            Source::new("crates/books/src/day.rs".into(), "fn a() {}\nfn b() { println!(); }\nfn c() -> f32 { 0.0 }\n".into()),
        ];
        let places: Vec<_> = look(&sources).into_iter().map(|found| (found.file, found.line)).collect();
        let (day, utils) = ("crates/books/src/day.rs".to_owned(), "crates/domain/src/utils.rs".to_owned());
        assert_eq!(places, [(day.clone(), 2), (day.clone(), 3), (utils.clone(), 0), (utils, 1)]);
    }
}
