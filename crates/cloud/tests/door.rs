//! The program itself, asked by friends and by others: over SQLite, and over PostgreSQL where the program was built with it and this machine has it.

mod party;
#[cfg(feature = "postgres")]
mod postgres;

use std::time::Duration;

use domain::{
    entry::Entry,
    erasure::MemberErased,
    fact::Fact,
    ids::EntryId,
    member::{MemberCard, MemberChanged},
    person::{PersonAdded, Role},
    product::{ProductCard, ProductSaved},
    sale::{SaleRecorded, TenderTaken},
    shop::SettingChanged,
};
use party::{Answer, Cloud, Party, bomb};
use sync::{Ceiling, Invite, Page, Push, PushAnswer, decode, encode};

fn setting(value: &str) -> Fact {
    SettingChanged { name: "receipt_footer".into(), value: value.into() }.into()
}

fn person() -> Fact {
    PersonAdded { person: uuid::Uuid::from_u128(77).into(), name: "x".into(), role: Role::Owner, pin_hash: String::new() }.into()
}

fn taken(answer: &Answer) -> PushAnswer {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    decode(&answer.body).expect("a frame")
}

fn whole_page(cloud: &Cloud, party: &Party) -> Page {
    let answer = cloud.pull(party, 0, &"00".repeat(32));
    assert_eq!(answer.status, 200);
    decode(&answer.body).expect("a page")
}

/// Faults 24, 25, 26 and 35: repeated, changed, forked and foreign entries; a server that dies with what it acknowledged.
fn trade(database: &str) {
    let mut cloud = Cloud::serve(database);
    let mut owner = Party::new(1);
    owner.make_shop(&cloud);
    let first = owner.write(setting("1"));
    let second = owner.write(setting("2"));
    let frame = owner.frame(&[first.clone(), second.clone()]);
    let answer = taken(&cloud.push(&owner, &encode(&frame)));
    assert_eq!((answer.0, answer.1.len(), answer.2), (2, 0, 2));
    // The same bytes, the same answer, and nothing twice.
    let again = taken(&cloud.push(&owner, &encode(&frame)));
    assert_eq!((again.0, again.1.len(), again.2), (2, 0, 2));
    assert_eq!(whole_page(&cloud, &owner).1.len(), 2);

    // A changed entry, another signature, a run that begins too late, and one that says something else at a place.
    let mut changed = frame.clone();
    changed.3[1][40] ^= 1;
    assert_eq!(cloud.push(&owner, &encode(&changed)).status, 422);
    let mut unsigned = frame.clone();
    unsigned.4[3] ^= 1;
    assert_eq!(cloud.push(&owner, &encode(&unsigned)).status, 422);
    let mut clone = owner.clone();
    let gap = owner.write(setting("3"));
    let late = owner.write(setting("4"));
    let answer = cloud.push(&owner, &encode(&owner.frame(std::slice::from_ref(&late))));
    assert_eq!((answer.status, answer.json()["head"].as_u64()), (416, Some(2)));
    taken(&cloud.push(&owner, &encode(&owner.frame(&[gap, late]))));
    let fork = clone.write(setting("forked"));
    let answer = cloud.push(&clone, &encode(&clone.frame(&[fork])));
    assert_eq!((answer.status, answer.json()["from"].as_u64()), (409, Some(3)));
    // Another past is told apart by its log hash, another journal by its name.
    assert_eq!(cloud.pull(&owner, 2, &"ab".repeat(32)).status, 410);
    let mut foreign = frame.clone();
    foreign.0 = uuid::Uuid::nil();
    assert_eq!(cloud.push(&owner, &encode(&foreign)).status, 410);

    // Another shop's token opens nothing here.
    let mut stranger = Party::new(2);
    stranger.make_shop(&cloud);
    assert_eq!(cloud.post(&format!("/v1/{}/push", owner.shop), &stranger.token, &encode(&frame)).status, 401);
    assert_eq!(cloud.get(&format!("/v1/{}/devices", owner.shop), &stranger.token).status, 401);
    assert_eq!(cloud.get(&format!("/v1/{}/devices", owner.shop), "").status, 401);
    // A device of one shop cannot sign for a device of another.
    let mut smuggled = stranger.frame(&[stranger.clone().write(setting("smuggled"))]);
    smuggled.0 = owner.journal;
    assert_eq!(cloud.push(&owner, &encode(&smuggled)).status, 403);

    // A till joins by a code, once.
    let code = cloud.post(&format!("/v1/{}/codes", owner.shop), &owner.token, &encode(&Invite(Ceiling::Clerk, "till 2".into())));
    let code = code.json()["code"].as_str().expect("a code").to_owned();
    let mut clerk = Party::new(3);
    assert_eq!(clerk.join(&cloud, "WRNG-WRNG-WRNG"), 404);
    assert_eq!(clerk.join(&cloud, &code.to_lowercase()), 200);
    assert_eq!(clerk.clone().join(&cloud, &code), 404);
    assert_eq!(cloud.post(&format!("/v1/{}/codes", owner.shop), &clerk.token, &encode(&Invite(Ceiling::Owner, "mine".into()))).status, 403);
    // What a clerk's till may not do is held, and what comes after it is not.
    let over = clerk.write(person());
    let fine = clerk.write(Fact::from(domain::person::PinRefused { person: uuid::Uuid::from_u128(7).into(), in_a_row: 1 }));
    let answer = taken(&cloud.push(&clerk, &encode(&clerk.frame(&[over, fine]))));
    assert_eq!((answer.0, answer.1.iter().map(|held| held.1.as_str()).collect::<Vec<_>>()), (2, vec!["over_ceiling"]));
    // Postings that are not the fact's, and an id that is in use for something else.
    let bent = clerk.write_bent(setting("bent"));
    let reused = clerk.write_as(EntryId(clerk.ids[1]), setting("reused"));
    let answer = taken(&cloud.push(&clerk, &encode(&clerk.frame(&[bent, reused]))));
    assert_eq!(answer.1.iter().map(|held| held.1.as_str()).collect::<Vec<_>>(), ["postings", "same_id"]);

    // A locked till gets nothing; what it sold is held for the owner, who admits it.
    let device = format!("/v1/{}/devices/{}", owner.shop, clerk.device());
    assert_eq!(cloud.post(&device, &clerk.token, b"active").status, 403);
    assert_eq!(cloud.post(&device, &owner.token, b"locked").status, 200);
    assert_eq!(cloud.pull(&clerk, 0, &"00".repeat(32)).status, 401);
    let honest = clerk.write(Fact::from(domain::person::PinRefused { person: uuid::Uuid::from_u128(8).into(), in_a_row: 1 }));
    let answer = taken(&cloud.push(&clerk, &encode(&clerk.frame(&[honest]))));
    assert_eq!(answer.1.iter().map(|held| held.1.as_str()).collect::<Vec<_>>(), ["locked"]);
    let held = cloud.get(&format!("/v1/{}/held", owner.shop), &owner.token).json();
    assert_eq!(held.as_array().map(Vec::len), Some(4));
    let before = whole_page(&cloud, &owner).2;
    let one = format!("/v1/{}/held/{}/{}", owner.shop, clerk.chain(), answer.0);
    assert_eq!(cloud.post(&one, &clerk.token, b"").status, 403);
    assert_eq!(cloud.post(&one, &owner.token, b"").json()["number"].as_u64(), Some(before + 1));
    assert_eq!(cloud.post(&one, &owner.token, b"").status, 404, "and only once");
    assert_eq!(whole_page(&cloud, &owner).2, before + 1);

    // Nonsense of every size.
    let push = format!("/v1/{}/push", owner.shop);
    assert_eq!(cloud.post(&push, &owner.token, b"\x00\x01nonsense").status, 422);
    assert_eq!(cloud.post(&push, &owner.token, b"").status, 422);
    assert_eq!(cloud.post(&push, &owner.token, &bomb()).status, 413);
    assert!([413, 0].contains(&cloud.post(&push, &owner.token, &vec![7; 9 << 20]).status), "refused, or the door shut in the middle");
    assert_eq!(
        cloud.post(&push, &owner.token, &encode(&Push(owner.journal, clerk.chain(), owner.device(), Vec::new(), vec![0; 64].into()))).status,
        422
    );

    // The machine dies, and everything acknowledged is there afterwards.
    let sum = whole_page(&cloud, &owner);
    cloud.kill();
    std::thread::sleep(Duration::from_millis(20));
    let cloud = Cloud::serve(database);
    let after = whole_page(&cloud, &owner);
    assert_eq!((after.1, after.2), (sum.1, sum.2));
    assert_eq!(taken(&cloud.push(&owner, &encode(&frame))).2, sum.2);
    assert!(String::from_utf8_lossy(&cloud.get("/metrics", "").body).contains("banyan_requests_total"));
    assert_eq!(cloud.get("/health", "").status, 200);
}

fn li(phone: &str) -> Fact {
    let card = MemberCard { name: "李静".into(), phone: Some(phone.into()), active: true, ..MemberCard::default() };
    MemberChanged { member: uuid::Uuid::from_u128(31).into(), card, rank_given: None }.into()
}

fn holds(page: &Page, text: &str) -> bool {
    page.1.iter().any(|entry| entry.1.windows(text.len()).any(|window| window == text.as_bytes()))
}

/// A member who is erased is erased here too, in what is kept and in what comes later; hashes and seals stay, and data that were exchanged are no data.
fn erase(database: &str) {
    let cloud = Cloud::serve(database);
    let mut owner = Party::new(3);
    owner.make_shop(&cloud);
    let first = owner.write(li("13812345678"));
    let mut forged = first.clone();
    let at = forged.windows(11).position(|window| window == b"13812345678").expect("the number");
    forged[at] = b'2';
    assert_eq!(cloud.push(&owner, &encode(&owner.frame(std::slice::from_ref(&forged)))).status, 422, "what stands beside is marked");
    taken(&cloud.push(&owner, &encode(&owner.frame(std::slice::from_ref(&first)))));
    let before = whole_page(&cloud, &owner);
    assert!(holds(&before, "李静") && holds(&before, "13812345678"));

    let gone = owner.write(MemberErased { member: uuid::Uuid::from_u128(31).into(), reason: "asked for".into() }.into());
    taken(&cloud.push(&owner, &encode(&owner.frame(&[gone]))));
    let late = owner.write(li("13887654321"));
    let other = owner.write(setting("5"));
    taken(&cloud.push(&owner, &encode(&owner.frame(&[late.clone(), other]))));
    let after = whole_page(&cloud, &owner);
    for text in ["李静", "13812345678", "13887654321"] {
        assert!(!holds(&after, text), "{text}");
    }
    let hashes = |page: &Page| page.1.iter().map(|entry| Entry::read(0, &entry.1).expect("an entry").hash()).collect::<Vec<_>>();
    assert_eq!((hashes(&after).len(), hashes(&after)[0]), (4, hashes(&before)[0]));
    assert_eq!(hashes(&after)[2], Entry::read(0, &late).expect("an entry").hash());
    // The same bytes once more: it is here, and still nothing personal is.
    taken(&cloud.push(&owner, &encode(&owner.frame(&[first]))));
    assert!(!holds(&whole_page(&cloud, &owner), "李静"));
}

fn product() -> Fact {
    let card = ProductCard { code: "T1".into(), name: "龙井茶".into(), price_minor: 3000, ..Default::default() };
    ProductSaved { product: uuid::Uuid::from_u128(20).into(), card }.into()
}

fn order() -> Fact {
    let cash = TenderTaken { kind: "cash".into(), amount_minor: 3000, reference: None, bonus_minor: None, voucher: None };
    SaleRecorded {
        sale: uuid::Uuid::from_u128(40).into(),
        number: "1A-000001".into(),
        till: "1".into(),
        member: None,
        lines: Vec::new(),
        goods_minor: 3000,
        tax_minor: 0,
        due_minor: 3000,
        rounding_minor: 0,
        cash_step_minor: 0,
        tenders: vec![cash],
        change_minor: 0,
        points_earned: 0,
        points_spent: 0,
        plan: None,
        chain: Vec::new(),
        earned: Vec::new(),
        approved_by: None,
        tags: Vec::new(),
        shift: None,
        salesperson: None,
        promotions: Vec::new(),
        location: None,
        points_usable_from: None,
        points_good_until: None,
        points_parts: Vec::new(),
    }
    .into()
}

/// Other systems read by a token of their own: page by page, without anybody's data unless the token says so, and not after it was ended.
fn read_as_json(database: &str) {
    let cloud = Cloud::serve(database);
    let mut owner = Party::new(5);
    owner.make_shop(&cloud);
    let entries = vec![owner.write(product()), owner.write(li("13812345678")), owner.write(order()), owner.write(product())];
    taken(&cloud.push(&owner, &encode(&owner.frame(&entries))));
    let shop = owner.shop.to_string();
    assert!(Cloud::task(&["shops", "--database", database]).is_ok_and(|said| said.contains(&shop)));
    let token = |name: &str, more: &[&str]| Cloud::task(&[&["token", &shop, name, "--database", database], more].concat()).expect("a token");
    let (plain, personal) = (token("erp", &[]), token("crm", &["--personal"]));
    assert!(Cloud::task(&["token", &uuid::Uuid::nil().to_string(), "x", "--database", database]).is_err(), "no such shop");

    let page = |path: &str, token: &str| {
        let answer = cloud.get(path, token);
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        answer.json()
    };
    let first = page("/api/v1/products?limit=1", &plain);
    assert_eq!((first["rows"].as_array().map(Vec::len), &first["rows"][0]["fact"]["card"]["name"]), (Some(1), &"龙井茶".into()));
    let second = page(&format!("/api/v1/products?after={}", first["next"]), &plain);
    assert_eq!((&second["rows"][0]["number"], &second["next"], &second["head"]), (&4.into(), &4.into(), &4.into()));
    let orders = page("/api/v1/orders", &plain);
    assert_eq!((&orders["rows"][0]["fact"]["number"], &orders["rows"][0]["fact"]["due_minor"]), (&"1A-000001".into(), &3000.into()));
    assert_eq!(page("/api/v1/statements", &plain)["rows"], serde_json::json!([]));
    let (blank, whole) = (page("/api/v1/members", &plain), page("/api/v1/members", &personal));
    assert_eq!((&blank["rows"][0]["fact"]["card"]["name"], &whole["rows"][0]["fact"]["card"]["name"]), (&"".into(), &"李静".into()));
    assert!(!blank.to_string().contains("13812345678") && whole.to_string().contains("13812345678"));

    for (path, token, status) in [
        ("/api/v1/orders?until=3", &plain, 400),
        ("/api/v1/orders", &owner.token, 401),
        ("/api/v1/orders", &format!("{}x", &plain[..plain.len() - 1]), 401),
        ("/api/v1/settings", &plain, 404),
    ] {
        assert_eq!(cloud.get(path, token).status, status, "{path}");
    }
    assert_eq!(page("/api/v1/openapi.json", "")["openapi"], "3.1.0");
    Cloud::task(&["end-token", &shop, "erp", "--database", database]).expect("ended");
    assert_eq!((cloud.get("/api/v1/orders", &plain).status, cloud.get("/api/v1/orders", &personal).status), (401, 200));
    assert!(Cloud::task(&["end-token", &shop, "erp", "--database", database]).is_err());
}

/// A copy is made while the place serves, and another place goes on from it: the same pages, the same right, the next number.
fn copied(from: &str, into: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("copy").display().to_string();
    let cloud = Cloud::serve(from);
    let mut owner = Party::new(4);
    owner.make_shop(&cloud);
    let entries: Vec<Vec<u8>> = (0..30).map(|number| owner.write(setting(&number.to_string()))).collect();
    taken(&cloud.push(&owner, &encode(&owner.frame(&entries))));
    let said = Cloud::task(&["backup", &file, "--database", from]).expect("a copy");
    assert!(said.contains(" rows"), "{said}");
    assert!(Cloud::task(&["backup", &file, "--database", from]).is_err(), "nothing is written over");
    assert!(Cloud::task(&["restore", &file, "--database", from]).is_err_and(|said| said.contains("not empty")));
    let page = whole_page(&cloud, &owner);
    drop(cloud);

    Cloud::task(&["restore", &file, "--database", into]).expect("put back");
    let again = Cloud::serve(into);
    let there = whole_page(&again, &owner);
    assert_eq!((&there.0, &there.1, there.2), (&page.0, &page.1, page.2));
    let next = owner.write(setting("next"));
    assert_eq!(taken(&again.push(&owner, &encode(&owner.frame(&[next])))).2, page.2 + 1);
}

#[test]
fn friends_and_others_over_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("cloud.sqlite").display().to_string();
    trade(&database);
    erase(&database);
    read_as_json(&database);
    copied(&database, &folder.path().join("other.sqlite").display().to_string());
}

#[cfg(feature = "postgres")]
#[test]
fn friends_and_others_over_postgresql() {
    match postgres::Server::start() {
        Ok(server) => {
            let other = postgres::Server::start().expect("another server");
            let folder = tempfile::tempdir().expect("a folder");
            trade(&server.url());
            erase(&server.url());
            read_as_json(&server.url());
            copied(&server.url(), &folder.path().join("cloud.sqlite").display().to_string());
            copied(&folder.path().join("first.sqlite").display().to_string(), &other.url());
        }
        Err(reason) => println!("passed over, PostgreSQL is not to be had here: {reason}"),
    }
}
