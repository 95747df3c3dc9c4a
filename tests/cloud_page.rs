//! The owner's page in a browser, asked as a browser would: set up through the menu, shown by a real meeting place on loopback. Every figure is the books' own.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use cloud::{
    Store,
    serve::{Place, routes},
    totp,
};
use domain::money::format_decimal;
use house::{Desk, NOON_MS, PIN};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const PASSWORD: &str = "长长的密码 with words";

/// A meeting place with a clock of its own.
struct Meeting {
    address: SocketAddr,
    clock: Arc<AtomicI64>,
}

impl Meeting {
    async fn open() -> Self {
        let store = Store::in_memory().await.expect("a store");
        let clock = Arc::new(AtomicI64::new(NOON_MS));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let told = clock.clone();
        let app = routes(Place::by(store, None, false, Box::new(move || told.load(Ordering::Relaxed))));
        tokio::spawn(async move { drop(axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await) });
        Self { address, clock }
    }

    fn wait_ms(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::Relaxed);
    }

    fn code(&self, secret: &[u8]) -> String {
        totp::code(secret, self.clock.load(Ordering::Relaxed) / 30_000)
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.expect("connected");
        let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: cloud\r\ncontent-type: application/x-www-form-urlencoded\r\n{more}content-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        stream.write_all(body.as_bytes()).await.expect("sent");
        let mut all = String::new();
        stream.read_to_string(&mut all).await.expect("heard");
        let (head, body) = all.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    async fn sign_in(&self, page: &str, password: &str, code: &str) -> Answer {
        let body = format!("password={}&code={code}", encoded(password));
        self.ask("POST", &format!("{page}/in"), &[("accept-language", "en")], &body).await
    }

    async fn see(&self, page: &str, cookie: &str) -> String {
        let answer = self.ask("GET", page, &[("cookie", cookie), ("accept-language", "en")], "").await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    /// The cookie that it sets, as a browser gives it back.
    fn cookie(&self) -> String {
        let line = self.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
        line.split(';').next().expect("a pair").to_owned()
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn secret_of(shown: &Value) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let letters = shown["secret"].as_str().expect("a secret").chars().filter(|letter| *letter != ' ');
    let values = letters.map(|letter| LETTERS.find(letter).expect("base32"));
    let bits: Vec<bool> = values.flat_map(|value| (0..5).rev().map(move |place| value >> place & 1 == 1)).collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | u8::from(*bit))).collect()
}

async fn until(desk: &Desk, command: &str, question: Value, wanted: impl Fn(&Value) -> bool) -> Value {
    let mut last = Value::Null;
    for _ in 0..600 {
        last = desk.ask(command, question.clone()).await;
        if wanted(&last) {
            return last;
        }
        desk.wait_ms(500);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{command}: {last:#}")
}

async fn all_sent(desk: &Desk) {
    until(desk, "sync_status", Value::Null, |status| status["online"] == true && status["waiting"] == 0 && status["behind"] == 0).await;
}

/// Waits until this till has so many sales and returns, wherever they were made.
async fn has(desk: &Desk, count: usize) {
    let question = json!({"filter": {}, "window": {"offset": 0, "limit": 50}});
    until(desk, "sales", question, |page| page["rows"].as_array().is_some_and(|rows| rows.len() == count)).await;
}

async fn linked(meeting: &Meeting, name: &str) -> Desk {
    let desk = Desk::shop().await;
    desk.ask("link_shop", json!({"address": format!("http://{}", meeting.address), "word": "", "name": name})).await;
    all_sent(&desk).await;
    desk
}

async fn joined(meeting: &Meeting, owner: &Desk, ceiling: &str) -> Desk {
    let invited = owner.ask("invite_device", json!({"ceiling": ceiling, "name": "二号"})).await;
    let desk = Desk::empty("Asia/Shanghai").await;
    desk.ask("join_shop", json!({"address": format!("http://{}", meeting.address), "code": invited["code"], "name": ""})).await;
    let people = desk.ask("people", Value::Null).await;
    desk.ask("sign_in", json!({"person": people[0]["person"], "pin": PIN})).await;
    desk
}

/// Opens the page from the till; its path and the authenticator's secret.
async fn opened(meeting: &Meeting, desk: &Desk) -> (String, Vec<u8>) {
    let secret = secret_of(&desk.ask("set_owner_page", json!(PASSWORD)).await);
    let page = desk.ask("prove_owner_page", json!(meeting.code(&secret))).await;
    assert_eq!(page["since_ms"], json!(meeting.clock.load(Ordering::Relaxed)));
    let address = page["address"].as_str().expect("an address");
    (address.strip_prefix(&format!("http://{}", meeting.address)).expect("here").to_owned(), secret)
}

/// What an element of the page says, thousands together.
fn figure(page: &str, id: &str) -> String {
    let (_, after) = page.split_once(&format!("id=\"{id}\">")).unwrap_or_else(|| panic!("no {id}: {page}"));
    after.split('<').next().expect("a text").replace(',', "").replace('−', "-")
}

/// Commission as the page writes it: no zeros behind the minor unit.
fn exact(micro: i64) -> String {
    let text = format_decimal(micro, 8);
    let (whole, after) = text.split_once('.').expect("a point");
    format!("{whole}.{}{}", &after[..2], after[2..].trim_end_matches('0'))
}

async fn sell(desk: &Desk, product: &Value, pieces: i64, member: &Value) -> Value {
    let sold = desk.ask("record_sale", desk.ticket(product, pieces, 123_457, Some(member))).await;
    sold["sale"].clone()
}

async fn give_back(desk: &Desk, sale: &Value, pieces: i64) {
    let returned: domain::ids::ReturnId = desk.house.world.new_id();
    let lines = json!([{"line": 0, "qty_milli": pieces * 1000}]);
    desk.ask("record_return", json!({"returned": returned, "what": {"by": "receipt", "sale": sale["sale"], "lines": lines}})).await;
}

/// The page says what the sales list and the month's report say.
async fn equal(page: &str, desk: &Desk) {
    let rows = desk.ask("sales", json!({"filter": {}, "window": {"offset": 0, "limit": 200}})).await["rows"].clone();
    let rows = rows.as_array().expect("rows");
    let net = |on: &str| -> i64 {
        let on = rows.iter().filter(|row| row["business_date"].as_str().is_some_and(|day| day.starts_with(on)));
        on.map(|row| row["net_minor"].as_i64().expect("a figure")).sum()
    };
    assert_eq!(figure(page, "today"), format_decimal(net("2026-03-10"), 2));
    assert_eq!(figure(page, "month"), format_decimal(net("2026-03"), 2));
    let month = desk.ask("month", json!({"filter": {"month": "2026-03"}, "window": {"offset": 0, "limit": 9}})).await;
    assert_eq!(figure(page, "commission"), exact(month["totals"]["amount_micro"].as_i64().expect("commission")));
    for (wanted, is_return) in [("sales", false), ("returns", true)] {
        let count = rows.iter().filter(|row| row["is_return"] == is_return && row["business_date"] == "2026-03-10").count();
        let total = page.split_once("<tfoot>").expect("a total").1;
        let at = usize::from(is_return);
        let shown = total.split("<td class=\"figure\">").nth(1 + at).and_then(|cell| cell.split('<').next());
        assert_eq!(shown, Some(count.to_string().as_str()), "{wanted}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_figures_are_the_books_own_after_sales_and_returns_on_two_tills() {
    let meeting = Meeting::open().await;
    let shop = linked(&meeting, "<img src=x onerror=alert(1)>").await;
    shop.two_levels("2026-03-01").await;
    let (upline, tea) = (shop.member("上家", Some("金牌"), None).await, shop.product("T1", "龙井茶", 123_457).await);
    let buyer = shop.member("买家", Some("普通"), Some(&upline)).await;
    let first = sell(&shop, &tea, 3, &buyer).await;
    all_sent(&shop).await;
    let (page, secret) = opened(&meeting, &shop).await;
    meeting.wait_ms(30_000);
    let cookie = meeting.sign_in(&page, PASSWORD, &meeting.code(&secret)).await.cookie();
    let seen = meeting.see(&page, &cookie).await;
    equal(&seen, &shop).await;
    assert_eq!(figure(&seen, "today"), "3703.71");
    assert_ne!(figure(&seen, "commission"), "0.00");
    // Whatever a till is called, it is only called so.
    assert!(seen.contains("&lt;img src=x onerror=alert(1)&gt;") && !seen.contains("<img"), "{seen}");

    let other = joined(&meeting, &shop, "owner").await;
    sell(&other, &tea, 2, &buyer).await;
    give_back(&shop, &first, 1).await;
    all_sent(&other).await;
    all_sent(&shop).await;
    has(&shop, 3).await;
    has(&other, 3).await;
    let seen = meeting.see(&page, &cookie).await;
    equal(&seen, &shop).await;
    equal(&seen, &other).await;
    assert_eq!(figure(&seen, "today"), format_decimal(4 * 123_457, 2));

    // What a locked till sells is held, and counts only when the owner lets it in.
    let devices = shop.ask("devices", Value::Null).await;
    let locked = json!({"device": devices[1]["device"], "state": "locked"});
    shop.ask("set_device", locked).await;
    sell(&other, &tea, 1, &buyer).await;
    until(&other, "sync_status", Value::Null, |status| status["waiting"] == 0).await;
    let seen = meeting.see(&page, &cookie).await;
    equal(&seen, &shop).await;
    assert!(seen.contains("Entries that wait for you: 1.") && seen.contains("Locked"), "{seen}");
    let held = shop.ask("held_entries", Value::Null).await;
    shop.ask("admit_entry", json!({"chain": held[0]["chain"], "dseq": held[0]["dseq"]})).await;
    has(&shop, 4).await;
    let seen = meeting.see(&page, &cookie).await;
    assert_eq!(figure(&seen, "today"), format_decimal(5 * 123_457, 2));
    equal(&seen, &shop).await;

    // Tomorrow is another day of the same month, by the shop's own clock and not by Greenwich's.
    meeting.wait_ms(12 * 3_600_000 - 31_000);
    assert_eq!(figure(&meeting.see(&page, &cookie).await, "today"), format_decimal(5 * 123_457, 2));
    meeting.wait_ms(1_000);
    let seen = meeting.see(&page, &cookie).await;
    assert_eq!((figure(&seen, "today"), figure(&seen, "month")), ("0.00".into(), format_decimal(5 * 123_457, 2)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_owner_gets_in_and_every_code_opens_once() {
    let meeting = Meeting::open().await;
    let shop = linked(&meeting, "前台").await;
    assert_eq!(shop.ask("owner_page", Value::Null).await["since_ms"], Value::Null);
    assert_eq!(shop.code("prove_owner_page", json!("000000")).await, "page_code");
    assert_eq!(shop.code("set_owner_page", json!("too short")).await, "page_password");
    let clerk = joined(&meeting, &shop, "manager").await;
    assert_eq!(clerk.code("set_owner_page", json!(PASSWORD)).await, "shut_out");
    // Nothing opens before a code was seen.
    let secret = secret_of(&shop.ask("set_owner_page", json!(PASSWORD)).await);
    let address = shop.ask("owner_page", Value::Null).await;
    assert_eq!(address["since_ms"], Value::Null);
    let page = address["address"].as_str().expect("an address").split_once("/page/").map(|(_, shop)| format!("/page/{shop}")).expect("a page");
    assert_eq!(meeting.sign_in(&page, PASSWORD, &meeting.code(&secret)).await.status, 401);
    for _ in 0..5 {
        assert_eq!(shop.code("prove_owner_page", json!("12345")).await, "page_code");
    }
    assert_eq!(shop.code("prove_owner_page", json!(meeting.code(&secret))).await, "page_tries");
    let (page, secret) = opened(&meeting, &shop).await;

    // The form tells nobody anything, and a browser may do nothing with it but show it.
    let form = meeting.ask("GET", &page, &[], "").await;
    assert!(form.body.contains("type=\"password\"") && !form.body.contains("青禾茶舍"));
    for header in ["content-security-policy: default-src 'none'; style-src 'self'", "cache-control: no-store", "x-frame-options: DENY"] {
        assert!(form.head.contains(header), "{header}: {}", form.head);
    }
    let nowhere = format!("/page/{}", uuid::Uuid::from_u128(5));
    let unknown = meeting.ask("GET", &nowhere, &[], "").await;
    assert_eq!(unknown.body.replace(&nowhere, &page), form.body);

    // The code that proved the account was used up by it; a wrong password, a wrong code.
    assert_eq!(meeting.sign_in(&page, PASSWORD, &meeting.code(&secret)).await.status, 401);
    meeting.wait_ms(30_000);
    assert_eq!(meeting.sign_in(&page, "another password", &meeting.code(&secret)).await.status, 401);
    assert_eq!(meeting.sign_in(&page, PASSWORD, "000000").await.status, 401);
    let code = meeting.code(&secret);
    let answer = meeting.sign_in(&page, PASSWORD, &code).await;
    assert_eq!(answer.status, 303);
    assert!(answer.head.contains("HttpOnly; SameSite=Strict") && !answer.head.contains("Secure"), "{}", answer.head);
    let cookie = answer.cookie();
    assert_eq!(meeting.sign_in(&page, PASSWORD, &code).await.status, 401, "a code opens once");

    // Another shop's session opens nothing here.
    let stranger = linked(&meeting, "别家").await;
    let (theirs, their_secret) = opened(&meeting, &stranger).await;
    meeting.wait_ms(30_000);
    let their_cookie = meeting.sign_in(&theirs, PASSWORD, &meeting.code(&their_secret)).await.cookie();
    assert!(meeting.see(&theirs, &their_cookie).await.contains("青禾茶舍"));
    assert!(!meeting.see(&page, &their_cookie).await.contains("青禾茶舍"));
    assert!(meeting.see(&page, &cookie).await.contains("青禾茶舍"));

    // Both languages: what the browser wants, and what was chosen.
    let chinese = meeting.ask("GET", &page, &[("cookie", &cookie), ("accept-language", "zh-CN,zh;q=0.9")], "").await;
    assert!(chinese.body.contains("今日销售") && chinese.body.contains("lang=\"zh-CN\""));
    let chosen = meeting.ask("GET", &format!("{page}?lang=en"), &[("cookie", &cookie), ("accept-language", "zh-CN")], "").await;
    let both = format!("{cookie}; {}", chosen.cookie());
    let again = meeting.ask("GET", &page, &[("cookie", &both), ("accept-language", "zh-CN")], "").await;
    assert!(chosen.body.contains("Sales today") && again.body.contains("Sales today"));

    // Nobody else's page signs the owner out, and whoever signed out is out.
    let out = format!("{page}/out");
    assert_eq!(meeting.ask("POST", &out, &[("cookie", &cookie)], "proof=guessed").await.status, 403);
    let proof = again.body.split_once("name=\"proof\" value=\"").and_then(|(_, after)| after.split('"').next()).expect("a proof").to_owned();
    let body = format!("proof={proof}");
    assert_eq!(meeting.ask("POST", &out, &[("cookie", &cookie), ("sec-fetch-site", "cross-site")], &body).await.status, 403);
    assert!(meeting.see(&page, &cookie).await.contains("Sales today"));
    assert_eq!(meeting.ask("POST", &out, &[("cookie", &cookie)], &body).await.status, 303);
    assert!(!meeting.see(&page, &cookie).await.contains("Sales today"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_tries_lock_the_page_for_a_while_and_a_session_ends_by_itself() {
    let meeting = Meeting::open().await;
    let shop = linked(&meeting, "前台").await;
    let (page, secret) = opened(&meeting, &shop).await;
    meeting.wait_ms(30_000);
    for _ in 0..5 {
        assert_eq!(meeting.sign_in(&page, "another password", &meeting.code(&secret)).await.status, 401);
    }
    let waits = meeting.sign_in(&page, PASSWORD, &meeting.code(&secret)).await;
    assert_eq!(waits.status, 429);
    assert!(waits.body.contains("Wait fifteen minutes"));
    meeting.wait_ms(15 * 60_000);
    let cookie = meeting.sign_in(&page, PASSWORD, &meeting.code(&secret)).await.cookie();
    assert!(meeting.see(&page, &cookie).await.contains("Sales today"));
    // A new password ends the sessions of the one before, once it is proven and not sooner.
    meeting.wait_ms(60_000);
    let secret = secret_of(&shop.ask("set_owner_page", json!("another long password")).await);
    assert!(meeting.see(&page, &cookie).await.contains("Sales today"));
    shop.ask("prove_owner_page", json!(meeting.code(&secret))).await;
    assert!(!meeting.see(&page, &cookie).await.contains("Sales today"));
    meeting.wait_ms(30_000);
    let cookie = meeting.sign_in(&page, "another long password", &meeting.code(&secret)).await.cookie();
    assert!(meeting.see(&page, &cookie).await.contains("Sales today"));
    meeting.wait_ms(12 * 3_600_000);
    assert!(!meeting.see(&page, &cookie).await.contains("Sales today"), "twelve hours are over");
    meeting.wait_ms(30_000);
    let cookie = meeting.sign_in(&page, "another long password", &meeting.code(&secret)).await.cookie();
    assert_eq!(shop.ask("end_owner_page", Value::Null).await["since_ms"], Value::Null);
    assert!(!meeting.see(&page, &cookie).await.contains("Sales today"));
    assert_eq!(meeting.sign_in(&page, "another long password", &meeting.code(&secret)).await.status, 401);
}
