//! The command line as scripts use it, and as a power cut treats it: sellers are killed at any moment, and nothing they acknowledged is missing.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A shop file and the environment that its commands run in: no keyring answers, a passphrase does.
struct Shop {
    folder: TempDir,
}

impl Shop {
    fn new() -> Self {
        let shop = Self { folder: tempfile::tempdir().expect("a folder") };
        let draft = json!({"name": "青禾茶舍", "currency": "CNY", "language": "zh-CN", "owner": "王芳", "pin": "2580", "sample": false});
        assert_eq!(shop.json(&["setup", &draft.to_string()])["name"], "王芳");
        shop
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("shop.banyan")
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("written");
        path.to_str().expect("a plain path").to_owned()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banyan"));
        command.args(arguments).current_dir(self.folder.path());
        command.env("BANYAN_SHOP", self.path()).env("BANYAN_PIN", "2580").env("BANYAN_PASSPHRASE", "seven plain words to open it");
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus").env_remove("DISPLAY").env_remove("XDG_RUNTIME_DIR");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("banyan runs")
    }

    /// Standard output of a command that is done, as JSON.
    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON on standard output")
    }

    /// A process that records this ticket.
    fn seller(&self, ticket: &Value) -> Child {
        let mut command = self.command(&["sell", "-"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("banyan runs");
        child.stdin.take().expect("its input").write_all(ticket.to_string().as_bytes()).expect("the ticket");
        child
    }
}

/// Steele, Lea and Flood's SplitMix64: the same kills in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (word ^ (word >> 31)) % limit
    }
}

fn ticket(place: u64, product: &Value) -> Value {
    let sale = uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(place));
    json!({"sale": sale, "lines": [{"product": product, "qty_milli": 1000}], "tenders": [{"kind": "cash", "amount_minor": 8800}]})
}

/// The receipt number that was acknowledged, if one was.
fn acknowledged(output: &Output) -> Option<String> {
    let answer: Value = serde_json::from_slice(&output.stdout).ok()?;
    answer["sale"]["number"].as_str().map(str::to_owned)
}

/// Sales in the books: number by ticket, every number once.
fn in_the_books(shop: &Shop) -> BTreeMap<String, String> {
    let page = shop.json(&["ask", "sales", r#"{"filter": {}, "window": {"offset": 0, "limit": 200}}"#]);
    let rows = page["rows"].as_array().expect("rows");
    assert_eq!(page["count"], rows.len());
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let sold: BTreeMap<String, String> = rows.iter().map(|row| (text(&row["sale"]), text(&row["number"]))).collect();
    let mut numbers: Vec<&String> = sold.values().collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!((sold.len(), numbers.len()), (rows.len(), rows.len()), "every ticket and every number once");
    sold
}

#[test]
fn what_was_acknowledged_survives_kill_nine() {
    let shop = Shop::new();
    let tea = shop.json(&["ask", "save_product", r#"{"card": {"code": "T1", "name": "龙井茶", "price_minor": 8800}}"#])["product"].clone();
    // How long an undisturbed seller takes says where kills are worth while; nothing is judged by it.
    let began = Instant::now();
    let whole = shop.seller(&ticket(0, &tea)).wait_with_output().expect("it ends");
    let mut reach = u64::try_from(began.elapsed().as_micros()).expect("not that long");
    let mut acknowledgements = BTreeMap::from([(ticket(0, &tea)["sale"].clone().to_string(), acknowledged(&whole).expect("a receipt"))]);

    let mut chance = Chance(20_260_310);
    let (mut next, mut killed) = (1, 0);
    let mut rounds = 0;
    while rounds < 16 || (rounds < 60 && (acknowledgements.len() < 7 || killed < 6)) {
        rounds += 1;
        let tickets = [ticket(next, &tea), ticket(next + 1, &tea)];
        next += 2;
        let mut sellers: Vec<Child> = tickets.iter().map(|ticket| shop.seller(ticket)).collect();
        sleep(Duration::from_micros(reach * 7 / 8 + chance.below(reach / 4)));
        for seller in &mut sellers {
            seller.kill().expect("a child of ours");
        }
        let mut answered = 0;
        for (ticket, seller) in tickets.iter().zip(sellers) {
            let output = seller.wait_with_output().expect("it ends");
            match acknowledged(&output) {
                Some(number) => {
                    acknowledgements.insert(ticket["sale"].to_string(), number);
                    answered += 1;
                }
                None => killed += 1,
            }
        }
        // The kills close in on the moment of the commit: later where nobody finished, earlier where both did.
        reach = match answered {
            0 => reach + reach / 8,
            1 => reach,
            _ => reach - reach / 8,
        };
    }
    assert!(acknowledgements.len() > 1 && killed > 0, "{} acknowledged, {killed} killed: the test shows nothing", acknowledgements.len());

    let sold = in_the_books(&shop);
    for (sale, number) in &acknowledgements {
        assert_eq!(sold.get(sale.trim_matches('"')), Some(number), "{sale} was acknowledged");
    }
    let unheard = sold.len() - acknowledgements.len();
    println!("{} acknowledged, {killed} killed before that, {unheard} of them already in the books", acknowledgements.len());
    let verdict = shop.run(&["verify"]);
    assert_eq!(verdict.status.code(), Some(0), "{}", String::from_utf8_lossy(&verdict.stdout));

    // Fault 24: whoever got no answer asks again, and every ticket is one sale.
    for place in 0..next {
        let ticket = ticket(place, &tea);
        let again = acknowledged(&shop.seller(&ticket).wait_with_output().expect("it ends")).expect("a receipt");
        let before = sold.get(ticket["sale"].as_str().expect("an id"));
        assert!(before.is_none_or(|number| *number == again), "{before:?} became {again}");
    }
    let sold = in_the_books(&shop);
    assert_eq!(sold.len(), usize::try_from(next).expect("few"));
    assert_eq!(shop.json(&["ask", "scan", "\"T1\""])["product"]["stock_milli"], -1000 * i64::try_from(next).expect("few"));
    assert_eq!(shop.run(&["verify"]).status.code(), Some(0));
}

#[test]
fn answers_are_json_and_refusals_exit_with_two() {
    let shop = Shop::new();
    let refused = |arguments: &[&str]| {
        let output = shop.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?} says why in words too");
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")["refused"].clone()
    };
    // A scenario that is not valid is refused with the place.
    let broken = shop.file("broken.json", "{\n  \"plan\": {\"rules\": [}\n}");
    let refusal = refused(&["plan", "run", &broken]);
    assert_eq!(refusal["code"], "not_valid");
    assert!(refusal["reason"].as_str().is_some_and(|reason| reason.contains("line 2")), "{refusal}");
    let misspelt = shop.file("misspelt.json", r#"{"ranks": [], "rules": [{"id": "w", "kind": "walkk"}]}"#);
    let refusal = refused(&["plan", "check", &misspelt]);
    assert!(refusal["path"].as_str().is_some_and(|path| path.contains("rules")), "{refusal}");
    let refusal = refused(&["quote", &shop.file("sale.json", "{\"lines\": 7}")]);
    assert_eq!(refusal["code"], "not_valid", "{refusal}");
    assert_eq!(refused(&["quote", "/nowhere.json"])["code"], "file");
    assert_eq!(
        refused(&["setup", r#"{"name":"二","currency":"CNY","language":"en","owner":"x","pin":"2580","sample":false}"#])["code"],
        "shop_exists"
    );

    // Wrong PIN, no passphrase, and no shop at all.
    let wrong = shop.command(&["report", "2026-03"]).env("BANYAN_PIN", "0000").output().expect("banyan runs");
    assert_eq!(wrong.status.code(), Some(2));
    let closed = shop.command(&["verify"]).env_remove("BANYAN_PASSPHRASE").output().expect("banyan runs");
    assert_eq!(closed.status.code(), Some(2), "{}", String::from_utf8_lossy(&closed.stderr));
    let nowhere = shop.command(&["verify"]).env_remove("BANYAN_SHOP").output().expect("banyan runs");
    assert_eq!(nowhere.status.code(), Some(2));
}

#[test]
fn a_plan_that_the_law_forbids_is_blocked() {
    let shop = Shop::new();
    let plan = r#"{"ranks":[{"id":"v1"}],"rules":[{"id":"levels","kind":"walk","path":{"max":4},"rate":{"table":{"*":["40%","30%","20%","20%"]}}}]}"#;
    let report = shop.json(&["plan", "check", &shop.file("plan.json", plan), "--jurisdiction", "CN"]);
    let findings = report["findings"].as_array().expect("findings");
    assert!(findings.iter().any(|finding| finding["severity"] == "block"), "{report:#}");
    assert_eq!(report["bound"]["most"], "1.1", "{report:#}");
}

#[test]
fn a_month_is_reported_as_json_and_as_a_sheet() {
    let shop = Shop::new();
    let tea = shop.json(&["ask", "save_product", r#"{"card": {"code": "T1", "name": "龙井茶", "price_minor": 8800}}"#])["product"].clone();
    let today = shop.json(&["ask", "status"])["today"].as_str().expect("a day").to_owned();
    let currency = shop.json(&["ask", "setup_state"])["shop"]["currency"].clone();
    let text = json!({"id": "shop", "currency": currency, "rules": [{
        "id": "levels", "kind": "walk", "accrue": "paid", "path": {"max": 2}, "rate": {"table": {"*": ["8%", "3%"]}}}]})
    .to_string();
    let check = shop.json(&["ask", "check_plan", &json!(text).to_string()]);
    let findings = check["findings"].as_array().expect("findings");
    let doubtful = findings.iter().filter(|finding| finding["severity"] == "confirm");
    let acknowledged: Vec<Value> = doubtful.map(|finding| json!({"rule": finding["rule"], "words": "我知道"})).collect();
    let plan = json!({"text": text, "effective_from": today, "acknowledged": acknowledged});
    shop.json(&["ask", "activate_plan", &plan.to_string()]);
    let top = shop.json(&["ask", "enrol_member", r#"{"card": {"name": "林大"}}"#])["row"]["member"].clone();
    let buyer = shop.json(&["ask", "enrol_member", &json!({"card": {"name": "赵三"}, "sponsor": top}).to_string()])["row"]["member"].clone();
    let mut sale = ticket(1, &tea);
    sale["member"] = buyer;
    let file = shop.file("ticket.json", &sale.to_string());
    assert_eq!(shop.json(&["sell", &format!("@{file}")])["sale"]["earned"][0]["amount_micro"], 704_000_000);
    let month = &today[..7];
    let report = shop.json(&["report", month]);
    assert_eq!((&report["page"]["rows"][0]["name"], &report["totals"]["payable_minor"]), (&json!("林大"), &json!(704)));
    assert_eq!(report["proof"]["report_micro"], report["proof"]["ledger_micro"]);
    let sheet = shop.folder.path().join("month.csv");
    let written = shop.json(&["report", month, "--to", sheet.to_str().expect("a plain path")]);
    assert!(written["rows"] == 1 && Path::new(&sheet).exists(), "{written}");
    assert!(fs::read_to_string(&sheet).expect("the sheet").starts_with('\u{feff}'), "spreadsheets need the mark");
    let copy = shop.folder.path().join("copy.banyan");
    shop.json(&["backup", copy.to_str().expect("a plain path")]);
    // Beside a vault of its own the copy is on another device, and its recovery key opens it there, once for all.
    let groups = shop.json(&["ask", "recovery_key", "\"2580\""])["groups"].clone();
    let key: Vec<&str> = groups.as_array().expect("groups").iter().filter_map(Value::as_str).collect();
    let copy = copy.to_str().expect("a plain path");
    let locked = shop.run(&["--shop", copy, "verify"]);
    assert_eq!(locked.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&locked.stderr).contains("recovery key"), "{}", String::from_utf8_lossy(&locked.stderr));
    let unlocked = shop.command(&["--shop", copy, "unlock"]).env("BANYAN_RECOVERY_KEY", key.join("-")).output().expect("banyan runs");
    assert_eq!(unlocked.status.code(), Some(0), "{}", String::from_utf8_lossy(&unlocked.stderr));
    let verdict = shop.run(&["--shop", copy, "verify"]);
    assert_eq!(verdict.status.code(), Some(0), "{}", String::from_utf8_lossy(&verdict.stderr));

    // Or it is brought to a place where there is no shop yet.
    let moved = shop.folder.path().join("moved.banyan");
    let moved = moved.to_str().expect("a plain path");
    let brought = shop.command(&["--shop", moved, "restore", copy]).env("BANYAN_RECOVERY_KEY", key.join(" ")).output().expect("banyan runs");
    assert_eq!(brought.status.code(), Some(0), "{}", String::from_utf8_lossy(&brought.stderr));
    assert_eq!(shop.run(&["--shop", moved, "verify"]).status.code(), Some(0));
}

/// Books of an earlier version are locked at their first opening; a power cut at any moment of it costs nothing (faults 35, 39).
#[test]
fn locking_survives_kill_nine() {
    let packed = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/old/format-1.banyan.xz");
    let mut plain = Vec::new();
    let packed = fs::File::open(packed).expect("old books");
    std::io::Read::read_to_end(&mut lzma_rust2::XzReader::new(packed, true), &mut plain).expect("they unpack");
    let old = || {
        let shop = Shop { folder: tempfile::tempdir().expect("a folder") };
        fs::write(shop.path(), &plain).expect("put there");
        shop
    };
    let undisturbed = old();
    let began = Instant::now();
    undisturbed.json(&["ask", "setup_state"]);
    let reach = u64::try_from(began.elapsed().as_micros()).expect("not that long");
    let whole = undisturbed.json(&["verify"]);

    let mut chance = Chance(20_261_123);
    let mut still_plain = 0;
    for round in 0..14 {
        let shop = old();
        let mut opening = shop.command(&["ask", "setup_state"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("banyan runs");
        sleep(Duration::from_micros(reach / 6 + chance.below(reach)));
        opening.kill().expect("a child of ours");
        opening.wait().expect("it ends");
        still_plain += u32::from(fs::read(shop.path()).expect("the shop's file is never missing").starts_with(b"SQLite format 3"));
        let verdict = shop.json(&["verify"]);
        assert_eq!((&verdict["entries"], &verdict["tables"]), (&whole["entries"], &whole["tables"]), "round {round}");
        assert!(!fs::read(shop.path()).expect("the file").starts_with(b"SQLite format 3"));
    }
    assert!(still_plain > 0, "every kill came too late: the test shows nothing");
}
