//! A device as the server sees one, and the server as a program of its own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use domain::{
    apart,
    entry::{Entry, body_of, parted_body, sealed_text},
    fact::Fact,
    ids::{ChainId, DeviceId, EntryId, ProductId},
    ledger::{Account, Posting, Unit},
};
use ed25519_dalek::{Signer, SigningKey};
use sync::{Join, Joined, Push, ShopMade, decode, encode};
use uuid::Uuid;

/// A device with its key and the end of its chain.
#[derive(Clone)]
pub struct Party {
    number: u128,
    signing: SigningKey,
    pub shop: Uuid,
    pub journal: Uuid,
    pub token: String,
    pub ids: Vec<Uuid>,
    dseq: u64,
    head: [u8; 32],
}

impl Party {
    pub fn new(number: u8) -> Self {
        let signing = SigningKey::from_bytes(&[number; 32]);
        Self {
            number: number.into(),
            signing,
            shop: Uuid::nil(),
            journal: Uuid::nil(),
            token: String::new(),
            ids: Vec::new(),
            dseq: 0,
            head: [0; 32],
        }
    }

    pub fn device(&self) -> DeviceId {
        DeviceId(Uuid::from_u128(1000 + self.number))
    }

    pub fn chain(&self) -> ChainId {
        ChainId(Uuid::from_u128(2000 + self.number))
    }

    fn wish(&self, code: &str) -> Vec<u8> {
        encode(&Join(code.into(), self.device(), self.signing.verifying_key().to_bytes().to_vec().into(), "a till".into()))
    }

    pub fn make_shop(&mut self, cloud: &Cloud) {
        let answer = cloud.post("/v1/shops", "", &self.wish(""));
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        let ShopMade(shop, journal, token) = decode(&answer.body).expect("a frame");
        (self.shop, self.journal, self.token) = (shop, journal, token);
    }

    pub fn join(&mut self, cloud: &Cloud, code: &str) -> u16 {
        let answer = cloud.post("/v1/join", "", &self.wish(code));
        if answer.status == 200 {
            let Joined(shop, journal, token, till, _) = decode(&answer.body).expect("a frame");
            assert!(till > 1, "no two tills share a code in receipt numbers");
            (self.shop, self.journal, self.token) = (shop, journal, token);
        }
        answer.status
    }

    pub fn write(&mut self, fact: Fact) -> Vec<u8> {
        let postings = fact.postings();
        self.entry(EntryId(Uuid::from_u128(self.number << 32 | u128::from(self.dseq + 1))), fact, postings)
    }

    pub fn write_as(&mut self, id: EntryId, fact: Fact) -> Vec<u8> {
        let postings = fact.postings();
        self.entry(id, fact, postings)
    }

    /// An entry that moves something which its fact does not say.
    pub fn write_bent(&mut self, fact: Fact) -> Vec<u8> {
        let unit = Unit::stock(ProductId(Uuid::from_u128(9)));
        let id = EntryId(Uuid::from_u128(self.number << 32 | u128::from(self.dseq + 1)));
        self.entry(id, fact, vec![Posting(unit, Account::shelf(), Account::suppliers(), 5)])
    }

    fn entry(&mut self, id: EntryId, fact: Fact, postings: Vec<Posting>) -> Vec<u8> {
        self.dseq += 1;
        self.ids.push(id.0);
        let (body, beside) = parted_body(&fact, [7; apart::SALT]).unwrap_or_else(|| (body_of(&fact), Vec::new()));
        let entry = Entry(
            id,
            self.device(),
            self.chain(),
            self.dseq,
            self.head.to_vec().into(),
            (1_773_115_200_000, 0),
            "2026-03-10".into(),
            None,
            fact.kind().into(),
            1,
            fact.class(),
            0,
            None,
            postings,
            body,
            beside,
        );
        let bytes = entry.bytes();
        self.head = entry.hash();
        bytes
    }

    pub fn frame(&self, entries: &[Vec<u8>]) -> Push {
        let last = entries.last().expect("an entry");
        let last = Entry::read(0, last).expect("an entry");
        let dseq = i64::try_from(last.3).expect("a place");
        let signature = self.signing.sign(&sealed_text(self.chain(), dseq, &last.hash()));
        Push(self.journal, self.chain(), self.device(), entries.iter().cloned().map(Into::into).collect(), signature.to_bytes().to_vec().into())
    }
}

/// What the server said; status 0 where it hung up.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

/// The program, serving on a free port.
pub struct Cloud {
    child: Child,
    address: String,
}

impl Cloud {
    pub fn serve(database: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_banyan-cloud"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database", database])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut lines = BufReader::new(child.stdout.take().expect("its words"));
        let mut first = String::new();
        lines.read_line(&mut first).expect("its address");
        std::thread::spawn(move || lines.lines().for_each(drop));
        let address = first.trim().trim_start_matches("http://").to_owned();
        assert!(!address.is_empty(), "it did not start");
        Self { child, address }
    }

    /// Runs another task of the program; what it says, where it does not say no.
    pub fn task(words: &[&str]) -> Result<String, String> {
        let output = Command::new(env!("CARGO_BIN_EXE_banyan-cloud")).args(words).output().expect("the program");
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() { Ok(said(&output.stdout)) } else { Err(said(&output.stderr)) }
    }

    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("dead");
    }

    pub fn push(&self, party: &Party, frame: &[u8]) -> Answer {
        self.post(&format!("/v1/{}/push", party.shop), &party.token, frame)
    }

    pub fn pull(&self, party: &Party, after: i64, hash: &str) -> Answer {
        self.get(&format!("/v1/{}/pull?after={after}&hash={hash}", party.shop), &party.token)
    }

    pub fn get(&self, path: &str, token: &str) -> Answer {
        self.ask("GET", path, token, b"")
    }

    pub fn post(&self, path: &str, token: &str, body: &[u8]) -> Answer {
        self.ask("POST", path, token, body)
    }

    fn ask(&self, method: &str, path: &str, token: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: cloud\r\nauthorization: Bearer {token}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
        );
        let sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        let mut all = Vec::new();
        // A server that has heard enough may hang up while more is being sent.
        let read = stream.read_to_end(&mut all);
        if (sent.is_err() || read.is_err()) && all.is_empty() {
            return Answer { status: 0, body: Vec::new() };
        }
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&all[..end]).to_string();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, body: all[end + 4..].to_vec() }
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        // It may be dead already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A frame of a few kilobytes that unpacks to ten megabytes.
pub fn bomb() -> Vec<u8> {
    // Eighty blocks of 128 KiB, each one byte repeated (RFC 8878): magic, a window of 1 MiB, blocks of type RLE.
    let mut bytes = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50];
    for block in 0..80_u32 {
        let head = (131_072_u32 << 3) | (1 << 1) | u32::from(block == 79);
        bytes.extend_from_slice(&head.to_le_bytes()[..3]);
        bytes.push(0);
    }
    bytes
}
