//! The conversation with the meeting place: a task of its own beside the shop. It sends, fetches and rests as [`sync::Device`] decides; a sale never waits
//! for it, and whatever breaks off is taken up again from what the books know.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use books::{Folded, Numbered, Topic, Unsent};
use domain::ids::ChainId;
use serde_bytes::ByteBuf;
use sync::{Device, Push, PushAnswer, Said, Stand, Step};
use tokio::{sync::watch, task::JoinHandle};
use uuid::Uuid;

use crate::{
    failure::Failure,
    house::{House, Shop},
};

use super::{
    Linked, Meeting, Trouble,
    client::{Client, Fault},
};

/// Entries and bytes of one push.
const MOST: i64 = sync::MOST_ENTRIES as i64;
/// How long it rests at most before it looks at the shop again.
const LOOK: Duration = Duration::from_millis(500);
/// How soon the live channel is opened again.
const REOPEN: Duration = Duration::from_secs(5);
/// A device that was locked asks again after so long: the owner may have unlocked it.
const ASK_AGAIN_MS: i64 = 30_000;

/// A conversation with one meeting place about one shop.
struct Talk {
    linked: Linked,
    client: Client,
    device: Device,
    heads: watch::Receiver<u64>,
    live: JoinHandle<()>,
    shut_out_ms: Option<i64>,
}

impl Drop for Talk {
    fn drop(&mut self) {
        self.live.abort();
    }
}

impl Talk {
    fn begin(linked: Linked, token: &str, meeting: &Arc<Meeting>) -> Result<Self, Fault> {
        let client = Client::new(&linked.address, linked.shop, token)?;
        let (told, heads) = watch::channel(0);
        let (listening, meeting) = (client.clone(), meeting.clone());
        let live = tokio::spawn(async move {
            loop {
                listening
                    .live(|head| {
                        told.send_replace(head);
                        meeting.wake();
                    })
                    .await;
                tokio::time::sleep(REOPEN).await;
            }
        });
        Ok(Self { linked, client, device: Device::default(), heads, live, shut_out_ms: None })
    }
}

/// Talks for as long as the house stands.
pub(crate) async fn work(house: Weak<House>, meeting: Arc<Meeting>) {
    let mut talk = None;
    loop {
        let rests = match house.upgrade() {
            Some(house) => turn(&house, &meeting, &mut talk).await,
            None => return,
        };
        if rests {
            drop(tokio::time::timeout(LOOK, meeting.wake.notified()).await);
        }
    }
}

/// One step of the conversation; true where there is nothing to do just now.
async fn turn(house: &Arc<House>, meeting: &Arc<Meeting>, talk: &mut Option<Talk>) -> bool {
    let Ok(shop) = house.shop().await else {
        *talk = None;
        return true;
    };
    let linked = match super::linked(&shop).await {
        Ok(Some(linked)) => linked,
        Ok(None) | Err(_) => {
            *talk = None;
            return true;
        }
    };
    if meeting.asked_again() || talk.as_ref().is_none_or(|talk| talk.linked != linked) {
        *talk = match super::token(house, &linked) {
            Ok(Some(token)) => Talk::begin(linked, &token, meeting).ok(),
            Ok(None) | Err(_) => None,
        };
        if talk.is_none() {
            meeting.hear(house, |heard| heard.trouble = Some(Trouble::NoToken));
            return true;
        }
    }
    let Some(talk) = talk else { return true };
    match step(house, &shop, meeting, talk).await {
        Ok(rests) => rests,
        // The file was closed under it, or the disk is full: the shop says so itself, and it is tried again.
        Err(failure) => {
            house.log.line(house.world.now_ms(), &format!("sync {}", crate::support::code_of(&failure)));
            talk.device.hear(house.world.now_ms(), 0, Said::Busy { wait_ms: 10_000 });
            true
        }
    }
}

async fn step(house: &House, shop: &Shop, meeting: &Meeting, talk: &mut Talk) -> Result<bool, Failure> {
    let now_ms = house.world.now_ms();
    let Some(standing) = shop.books.standing().await? else { return Ok(true) };
    let head = *talk.heads.borrow_and_update();
    if head > 0 {
        talk.device.hear(now_ms, 0, Said::Head(head));
    }
    let whole = |number: i64| u64::try_from(number).unwrap_or(0);
    let stand = Stand {
        head: whole(standing.head),
        acknowledged: whole(standing.acknowledged),
        cursor: whole(standing.cursor),
        offers: shop.books.has_lost().await?,
    };
    let said = match talk.device.next(now_ms, stand) {
        Step::Push => push(house, shop, talk).await?,
        Step::Offer => offer(house, shop, talk).await?,
        Step::Adopt => {
            shop.books.adopt(None).await?;
            Said::Adopted
        }
        Step::Pull => pull(house, shop, meeting, talk, standing.cursor, &standing.log).await?,
        Step::FallBack => fall_back(house, shop, talk, standing.cursor).await?,
        Step::ChainAnew { from } => {
            shop.books.chain_anew(i64::try_from(from).unwrap_or(1), ChainId(house.world.new_id())).await?;
            changed(house, shop, vec![Topic::Settings, Topic::Sync]).await?;
            Said::ChainedAnew
        }
        Step::Rest { .. } => return Ok(true),
        Step::Stopped(_) => return shut_out(house, shop, meeting, talk, stand).await,
    };
    let random = u64::from_be_bytes(house.world.random());
    talk.device.hear(house.world.now_ms(), random, said);
    let offline = talk.device.offline();
    let at_ms = house.world.now_ms();
    meeting.hear(house, |heard| {
        heard.online = !offline;
        if !offline {
            heard.last_ms = Some(at_ms);
            heard.trouble = matches!(said, Said::Revoked).then_some(Trouble::ShutOut);
        }
    });
    Ok(false)
}

/// The owner locked this device or took it out. What it sold is sent all the same and waits for the owner there; now and then it asks whether it may again.
async fn shut_out(house: &House, shop: &Shop, meeting: &Meeting, talk: &mut Talk, stand: Stand) -> Result<bool, Failure> {
    let now_ms = house.world.now_ms();
    meeting.hear(house, |heard| heard.trouble = Some(Trouble::ShutOut));
    if talk.shut_out_ms.is_none_or(|since| (now_ms - since).abs() >= ASK_AGAIN_MS) {
        talk.shut_out_ms = Some(now_ms);
        if stand.head > stand.acknowledged {
            push(house, shop, talk).await?;
        }
        talk.device.hear(now_ms, 0, Said::Again);
        return Ok(false);
    }
    if stand.head > stand.acknowledged && matches!(push(house, shop, talk).await?, Said::Pushed { .. }) {
        return Ok(false);
    }
    Ok(true)
}

fn frame(linked: &Linked, unsent: &Unsent) -> Push {
    let entries = unsent.entries.iter().cloned().map(ByteBuf::from).collect();
    Push(linked.journal, unsent.chain, unsent.device, entries, ByteBuf::from(unsent.seal.signature))
}

/// What a fault means for the conversation.
fn heard(house: &House, fault: Fault) -> Said {
    let Fault::Said { code, answer, wait_ms } = fault else { return Said::Nothing };
    match code.as_str() {
        "unknown" => Said::Revoked,
        "fork" => Said::Fork { from: answer["from"].as_u64().unwrap_or(1) },
        "gap" => Said::Gap,
        "other_journal" => Said::OtherJournal,
        "busy" | "too_many" => Said::Busy { wait_ms },
        _ => {
            house.log.line(house.world.now_ms(), &format!("sync refused: {code}"));
            Said::Busy { wait_ms: 60_000 }
        }
    }
}

fn places(held: Vec<sync::Held>) -> Vec<(i64, String)> {
    held.into_iter().map(|held| (i64::try_from(held.0).unwrap_or(0), held.1)).collect()
}

async fn push(house: &House, shop: &Shop, talk: &Talk) -> Result<Said, Failure> {
    let Some(unsent) = shop.books.unsent(MOST, sync::MOST_PUSH_BYTES).await? else { return Ok(Said::Again) };
    match talk.client.push(&frame(&talk.linked, &unsent)).await {
        Ok(PushAnswer(kept, held, head, _)) => {
            // The chain there may be longer than this file's, where the file was restored: only what was sent counts.
            let kept = i64::try_from(kept).unwrap_or(0).min(unsent.seal.dseq);
            let mut topics: Vec<Topic> = shop.books.acknowledge(unsent.chain, kept, &places(held)).await?.into_iter().collect();
            topics.push(Topic::Sync);
            changed(house, shop, topics).await?;
            Ok(Said::Pushed { head })
        }
        Err(Fault::Said { code, answer, .. }) if code == "gap" => {
            shop.books.send_again_after(answer["head"].as_i64().unwrap_or(0)).await?;
            Ok(Said::Gap)
        }
        Err(fault) => Ok(heard(house, fault)),
    }
}

async fn offer(house: &House, shop: &Shop, talk: &Talk) -> Result<Said, Failure> {
    for unsent in shop.books.to_offer_again(sync::MOST_ENTRIES).await? {
        let (chain, last) = (unsent.chain, unsent.seal.dseq);
        match talk.client.push(&frame(&talk.linked, &unsent)).await {
            Ok(PushAnswer(_, held, ..)) => shop.books.offered(chain, last, &places(held)).await?,
            Err(Fault::Said { code, .. }) if code == "fork" => shop.books.adopt(Some((chain, last))).await?,
            // Whoever has what stands before it offers that first; what its author may not send is adopted in the end.
            Err(Fault::Said { code, .. }) if code == "gap" || code == "forbidden" || code == "run" => {}
            Err(fault) => return Ok(heard(house, fault)),
        }
    }
    Ok(Said::Offered { left: shop.books.has_lost().await? })
}

/// The page as the books take it.
pub(super) fn numbered(page: &sync::Page) -> Vec<Numbered> {
    let numbered = |one: &sync::PageEntry| Numbered {
        number: i64::try_from(one.0).unwrap_or(0),
        bytes: one.1.to_vec(),
        public: one.2.as_slice().try_into().unwrap_or([0; 32]),
        signature: one.3.as_slice().try_into().ok(),
    };
    page.1.iter().map(numbered).collect()
}

async fn pull(house: &House, shop: &Shop, meeting: &Meeting, talk: &Talk, cursor: i64, log: &[u8; 32]) -> Result<Said, Failure> {
    let page = match talk.client.pull(cursor, log).await {
        Ok(page) if page.0 == talk.linked.journal => page,
        Ok(_) => return Ok(Said::OtherJournal),
        Err(fault) => return Ok(heard(house, fault)),
    };
    meeting.hear(house, |heard| (heard.head, heard.skew_ms) = (page.2, Some(house.world.now_ms() - page.3)));
    let entries = numbered(&page);
    let last = entries.last().map_or(cursor, |last| last.number);
    match shop.books.fold(&entries).await? {
        Folded::Fork { from } => return Ok(Said::Fork { from: u64::try_from(from).unwrap_or(1) }),
        Folded::Done(topics) if entries.is_empty() => drop(topics),
        Folded::Done(topics) => {
            let mut topics: Vec<Topic> = topics.into_iter().collect();
            topics.push(Topic::Sync);
            changed(house, shop, topics).await?;
        }
    }
    if u64::try_from(last).unwrap_or(0) == page.2 {
        shop.books.settle().await?;
    }
    Ok(Said::Pulled { head: page.2 })
}

async fn fall_back(house: &House, shop: &Shop, talk: &Talk, cursor: i64) -> Result<Said, Failure> {
    let hex = |log: [u8; 32]| log.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let (mut number, mut step) = (cursor, 1);
    loop {
        let (there, head) = match talk.client.log(number).await {
            Ok(there) => there,
            Err(fault) => return Ok(heard(house, fault)),
        };
        if number <= head && (number == 0 || there == Some(hex(shop.books.log_at(number).await?))) {
            break;
        }
        number = (number - step).min(head).max(0);
        step *= 2;
    }
    let topics = shop.books.fall_back(number).await?;
    changed(house, shop, topics.into_iter().collect()).await?;
    Ok(Said::FellBack)
}

/// Tells every window what came from elsewhere, after the shop itself knows it.
async fn changed(house: &House, shop: &Shop, topics: Vec<Topic>) -> Result<(), Failure> {
    if topics.contains(&Topic::Settings) {
        shop.reread().await?;
    }
    house.tell(crate::Notice::Topics { topics });
    Ok(())
}

/// The journal that a link names; told apart so that nobody folds a stranger's books.
pub(super) fn is_journal(page: &sync::Page, journal: Uuid) -> bool {
    page.0 == journal
}
