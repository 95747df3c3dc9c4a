//! Receipts on their way to paper: a listener plays the printer, and nothing is lost, doubled or waited for.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use house::Desk;
use paper::reader::{PrintedRow, plain_text, read};
use serde_json::{Value, json};
use sqlx::Connection;

/// What a printer does with whoever connects.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    /// Takes everything, answers questions.
    Well,
    /// Says that its roll is used up.
    OutOfPaper,
    /// Hangs up after so many bytes of the job.
    HangsUpAfter(usize),
    /// Answers how it is, and then neither reads nor says a word.
    FallsSilent,
}

/// A printer on a port of its own.
struct Played {
    address: String,
    mood: Arc<Mutex<Mood>>,
    jobs: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Played {
    fn new(mood: Mood) -> Self {
        Self::at(TcpListener::bind("127.0.0.1:0").expect("a port"), mood)
    }

    fn at(listener: TcpListener, mood: Mood) -> Self {
        let address = listener.local_addr().expect("an address").to_string();
        let played = Self { address, mood: Arc::new(Mutex::new(mood)), jobs: Arc::default() };
        let (mood, jobs) = (played.mood.clone(), played.jobs.clone());
        thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let mood = *mood.lock().expect("a mood");
                let job = hear(line, mood);
                // Questions alone are no job.
                if !job.is_empty() {
                    jobs.lock().expect("jobs").push(job);
                }
            }
        });
        played
    }

    fn turn(&self, mood: Mood) {
        *self.mood.lock().expect("a mood") = mood;
    }

    fn jobs(&self) -> Vec<Vec<u8>> {
        self.jobs.lock().expect("jobs").clone()
    }

    fn set(&self, answers: bool) -> Value {
        json!({"address": self.address, "paper": "paper58", "answers": answers, "drawer": true})
    }
}

/// Plays one connection; the bytes of the job, without the questions.
fn hear(mut line: TcpStream, mood: Mood) -> Vec<u8> {
    line.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    let (mut heard, mut byte) = (Vec::new(), [0]);
    let paper = if mood == Mood::OutOfPaper { 0x72 } else { 0x12 };
    while line.read(&mut byte).is_ok_and(|count| count > 0) {
        heard.push(byte[0]);
        let answer = match heard[..] {
            [.., 0x10, 4, 2] => Some(0x12),
            [.., 0x10, 4, 4] => Some(paper),
            [.., 0x1d, b'r', 1] => Some(0),
            _ => None,
        };
        if let Some(answer) = answer {
            let question = heard.split_off(heard.len() - 3);
            if mood == Mood::FallsSilent && (question[0] == 0x1d || !heard.is_empty()) {
                continue;
            }
            drop(line.write_all(&[answer]));
        }
        if matches!(mood, Mood::HangsUpAfter(most) if heard.len() >= most) {
            break;
        }
    }
    heard
}

/// A shop with one product and that printer.
async fn shop_with(printer: Value) -> (Desk, Value) {
    let desk = Desk::shop().await;
    set_printer(&desk, printer).await;
    let tea = desk.product("T1", "铁观音 250g", 3_000).await;
    (desk, tea)
}

async fn set_printer(desk: &Desk, printer: Value) {
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["printer"] = printer;
    desk.ask("save_settings", settings).await;
}

async fn sell(desk: &Desk, tea: &Value) -> String {
    let sold = desk.ask("record_sale", desk.ticket(tea, 1, 3_000, None)).await;
    assert_eq!(sold["printing"], json!(true));
    sold["sale"]["number"].as_str().expect("a number").to_owned()
}

/// Waits until the queue looks like that.
async fn until(desk: &Desk, what: &str, fits: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    for _ in 0..1_500 {
        let rows = desk.ask("prints", Value::Null).await;
        let rows = rows.as_array().expect("rows").clone();
        if fits(&rows) {
            return rows;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the queue never came to be {what}: {:#}", desk.ask("prints", Value::Null).await);
}

fn failed(rows: &[Value], state: &str, code: &str) -> bool {
    rows.len() == 1 && rows[0]["state"] == json!(state) && rows[0]["fault"]["code"] == json!(code)
}

fn shown(job: &[u8]) -> String {
    plain_text(&read(job), 32)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_receipt_waits_and_is_printed_once_when_somebody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let (desk, tea) = shop_with(json!({"address": address.to_string(), "paper": "paper58", "drawer": false})).await;
    let number = sell(&desk, &tea).await;
    let rows = until(&desk, "refused", |rows| failed(rows, "waiting", "refused")).await;
    assert_eq!((&rows[0]["title"], &rows[0]["address"]), (&json!(number), &json!(address.to_string())));
    assert_eq!(desk.ask("sales", json!({"filter": {}, "window": {"offset": 0, "limit": 5}})).await["count"], json!(1), "the sale stands");
    // A second one waits behind it: receipts come out in their order.
    let second = sell(&desk, &tea).await;
    let played = Played::at(TcpListener::bind(address).expect("the port again"), Mood::Well);
    desk.ask("retry_print", rows[0]["print"].clone()).await;
    until(&desk, "empty", |rows| rows.is_empty()).await;
    let jobs = played.jobs();
    assert_eq!(jobs.len(), 2);
    for (job, number) in jobs.iter().zip([number, second]) {
        let text = shown(job);
        assert!(text.contains(&number) && text.contains("铁观音") && !text.contains("重打"), "{text}");
    }
    desk.whole().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_paper_nothing_is_sent_and_the_receipt_comes_by_itself_later() {
    let played = Played::new(Mood::OutOfPaper);
    let (desk, tea) = shop_with(played.set(true)).await;
    sell(&desk, &tea).await;
    until(&desk, "out of paper", |rows| failed(rows, "waiting", "out_of_paper")).await;
    assert!(played.jobs().is_empty());
    played.turn(Mood::Well);
    desk.wait_ms(10_000);
    until(&desk, "empty", |rows| rows.is_empty()).await;
    let jobs = played.jobs();
    assert_eq!(jobs.len(), 1);
    assert!(!shown(&jobs[0]).contains("重打"));
    assert!(read(&jobs[0]).contains(&PrintedRow::Drawer), "the customer still stands there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_print_that_broke_off_is_never_repeated_unasked_and_then_is_a_copy() {
    for (mood, code) in [(Mood::HangsUpAfter(40), "closed_early"), (Mood::FallsSilent, "stalled")] {
        let played = Played::new(mood);
        let (desk, tea) = shop_with(played.set(true)).await;
        sell(&desk, &tea).await;
        let rows = until(&desk, "doubtful", |rows| failed(rows, "doubtful", code)).await;
        played.turn(Mood::Well);
        // Later sales go past it, and time alone does not bring it back.
        desk.wait_ms(300_000);
        desk.ask("status", Value::Null).await;
        desk.wait_ms(300_000);
        let second = sell(&desk, &tea).await;
        until(&desk, "past the doubtful one", |rows| rows.len() == 1).await;
        let whole: Vec<String> = played.jobs().iter().map(|job| shown(job)).filter(|text| text.contains("应收")).collect();
        assert_eq!(whole.iter().filter(|text| text.contains(&second)).count(), 1);
        let before = played.jobs().len();
        desk.ask("retry_print", rows[0]["print"].clone()).await;
        until(&desk, "empty", |rows| rows.is_empty()).await;
        let again = played.jobs().last().cloned().expect("a job");
        assert_eq!(played.jobs().len(), before + 1);
        assert!(shown(&again).contains("重打"), "{}", shown(&again));
        assert!(!read(&again).contains(&PrintedRow::Drawer), "nobody waits for change any more");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_queue_outlives_the_program_and_one_that_died_in_the_middle_leaves_a_doubt() {
    let played = Played::new(Mood::OutOfPaper);
    let (desk, tea) = shop_with(played.set(true)).await;
    let number = sell(&desk, &tea).await;
    until(&desk, "out of paper", |rows| failed(rows, "waiting", "out_of_paper")).await;
    desk.house.close().await.expect("closed");
    played.turn(Mood::Well);
    desk.wait_ms(600_000);
    let later = desk.again().await.expect("opened again");
    until(&later, "empty", |rows| rows.is_empty()).await;
    let job = played.jobs().pop().expect("a job");
    assert!(shown(&job).contains(&number));
    assert!(!read(&job).contains(&PrintedRow::Drawer), "ten minutes later the drawer stays shut");

    // The state that a program leaves behind which dies while the printer listens.
    played.turn(Mood::OutOfPaper);
    sell(&later, &tea).await;
    until(&later, "out of paper", |rows| failed(rows, "waiting", "out_of_paper")).await;
    let mut file = later.inside().await;
    sqlx::query("UPDATE prints SET state = 'printing', due_at_ms = 0").execute(&mut file).await.expect("set");
    file.close().await.expect("closed");
    until(&later, "doubtful", |rows| failed(rows, "doubtful", "interrupted")).await;
    later.whole().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_at_one_file_print_each_receipt_once() {
    let played = Played::new(Mood::Well);
    let (desk, tea) = shop_with(played.set(false)).await;
    let other = desk.again().await.expect("a second window");
    let mut numbers = Vec::new();
    for round in 0..12 {
        numbers.push(sell(if round % 2 == 0 { &desk } else { &other }, &tea).await);
    }
    until(&desk, "empty", |rows| rows.is_empty()).await;
    let texts: Vec<String> = played.jobs().iter().map(|job| shown(job)).collect();
    assert_eq!(texts.len(), numbers.len());
    for number in numbers {
        assert_eq!(texts.iter().filter(|text| text.contains(&number)).count(), 1, "{number}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stuck_print_goes_elsewhere_or_off_the_queue() {
    let (stuck, spare) = (Played::new(Mood::OutOfPaper), Played::new(Mood::Well));
    let (desk, tea) = shop_with(stuck.set(true)).await;
    let number = sell(&desk, &tea).await;
    let rows = until(&desk, "out of paper", |rows| failed(rows, "waiting", "out_of_paper")).await;
    let nowhere = json!({"address": " ", "paper": "paper80", "drawer": false});
    assert_eq!(desk.code("print_elsewhere", json!({"print": rows[0]["print"], "printer": nowhere})).await, "no_printer_address");
    let elsewhere = json!({"address": spare.address, "paper": "paper80", "drawer": false});
    desk.ask("print_elsewhere", json!({"print": rows[0]["print"], "printer": elsewhere})).await;
    until(&desk, "empty", |rows| rows.is_empty()).await;
    assert!(shown(&spare.jobs()[0]).contains(&number) && stuck.jobs().is_empty());
    assert_eq!(desk.code("retry_print", rows[0]["print"].clone()).await, "print_on_its_way");

    sell(&desk, &tea).await;
    let rows = until(&desk, "out of paper", |rows| failed(rows, "waiting", "out_of_paper")).await;
    desk.ask("drop_print", rows[0]["print"].clone()).await;
    until(&desk, "empty", |rows| rows.is_empty()).await;
    stuck.turn(Mood::Well);
    // A reprint is a copy from the start.
    desk.ask("reprint", json!({})).await;
    until(&desk, "empty", |rows| rows.is_empty()).await;
    let jobs = stuck.jobs();
    assert_eq!(jobs.len(), 1);
    assert!(shown(&jobs[0]).contains("重打"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_drawer_opens_for_what_lies_in_it_alone() {
    let played = Played::new(Mood::Well);
    let (desk, tea) = shop_with(played.set(false)).await;
    sell(&desk, &tea).await;
    let mut by_card = desk.ticket(&tea, 1, 3_000, None);
    by_card["tenders"] = json!([{"kind": "card", "amount_minor": 3_000}]);
    desk.ask("record_sale", by_card).await;
    until(&desk, "empty", |rows| rows.is_empty()).await;
    let kicks: Vec<bool> = played.jobs().iter().map(|job| read(job).contains(&PrintedRow::Drawer)).collect();
    assert_eq!(kicks, [true, false]);
    // The printer belongs to this device: no fact of the journal names it.
    let settings = desk.ask("settings", Value::Null).await;
    assert_eq!(settings["printer"]["address"], json!(played.address));
    let mut file = desk.inside().await;
    let facts: i64 = sqlx::query_scalar("SELECT count(*) FROM settings WHERE name = 'printer'").fetch_one(&mut file).await.expect("a count");
    assert_eq!(facts, 0);
    assert_eq!(desk.again().await.expect("again").ask("settings", Value::Null).await["printer"]["address"], json!(played.address));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_printer_without_chinese_letters_gets_the_whole_receipt_as_a_picture() {
    if paper::fonts::fonts().is_err() {
        return;
    }
    let played = Played::new(Mood::Well);
    let mut printer = played.set(false);
    printer["picture"] = json!(true);
    let (desk, tea) = shop_with(printer).await;
    let sold = desk.ask("record_sale", desk.ticket(&tea, 1, 3_000, None)).await;
    until(&desk, "empty", |rows| rows.is_empty()).await;
    let job = played.jobs().pop().expect("a job");
    let rows = read(&job);
    let [PrintedRow::Drawer, PrintedRow::Picture { picture, .. }, PrintedRow::Feed { lines: 3 }, PrintedRow::Cut] = &rows[..] else {
        panic!("{rows:?}")
    };
    assert_eq!(picture.width, 384);
    // The screen shows the very same dots.
    assert_eq!(sold["rows"][0]["picture"]["dots"], json!(picture.dots));
    let drawn = paper::picture::Bitmap::try_from(picture).expect("a picture");
    keep("receipt-58", &drawn);
}

/// Keeps a picture for people to look at, where a folder is named.
fn keep(name: &str, drawn: &paper::picture::Bitmap) {
    if let Some(folder) = std::env::var_os("BANYAN_PICTURES") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), drawn.png().expect("a PNG")).expect("kept");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_without_a_printer_queues_nothing() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "茶", 3_000).await;
    let sold = desk.ask("record_sale", desk.ticket(&tea, 1, 3_000, None)).await;
    assert_eq!(sold["printing"], json!(false));
    assert_eq!(desk.ask("prints", Value::Null).await, json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn labels_go_to_the_label_printer_through_the_queue() {
    if paper::fonts::fonts().is_err() {
        return;
    }
    let played = Played::new(Mood::Well);
    let desk = Desk::shop().await;
    let card = json!({"code": "T1", "name": "铁观音 250g", "price_minor": 6_800, "barcode": "6901234567892"});
    let tea = desk.ask("save_product", json!({"card": card})).await["product"].clone();
    let draft = |copies: i64| json!({"products": [tea], "copies": copies, "kind": "product", "size": "label40x30"});
    assert_eq!(desk.code("print_labels", draft(2)).await, "no_label_printer");
    assert_eq!(desk.code("label_preview", draft(0)).await, "no_labels");
    assert_eq!(desk.code("label_preview", draft(2_001)).await, "too_many_labels");
    let preview = desk.ask("label_preview", draft(1)).await;
    assert_eq!((&preview["width"], &preview["height"]), (&json!(320), &json!(240)));
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["label_printer"] = json!({"printer": played.set(false), "language": "tspl", "size": "label40x30"});
    desk.ask("save_settings", settings).await;
    desk.ask("print_labels", draft(2)).await;
    until(&desk, "empty", |rows| rows.is_empty()).await;
    let job = played.jobs().pop().expect("a job");
    assert!(job.starts_with(b"SIZE 40 mm,30 mm\r\n") && job.ends_with(b"PRINT 2,1\r\n"));
}
