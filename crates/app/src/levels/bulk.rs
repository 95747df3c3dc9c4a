//! A level given to everybody under a filter: tried first, then done.

use books::{
    NewEntry,
    query::{LevelNow, MemberFilter, Window},
};
use domain::{
    ids::MemberId,
    level::{GrantRefusal, grant},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{failure::Failure, imports::slices::Pen, jobs::JobKind, menu::Call, world::is_date};

/// Members looked at between two breaths.
const AT_ONCE: i64 = 250;

/// A level to give by hand to everybody under a filter.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GroupGrantDraft {
    /// Who.
    pub filter: MemberFilter,
    /// The level; none to take it off.
    #[serde(default)]
    pub level: Option<String>,
    /// Its last day, `YYYY-MM-DD`; for ever where absent.
    #[serde(default)]
    pub until: Option<String>,
    /// Why.
    pub reason: String,
    /// True to see what it would do, and record nothing.
    pub dry_run: bool,
}

/// What giving a level to many did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GroupGranted {
    /// True where nothing was recorded.
    pub dry_run: bool,
    /// Members whose level changes.
    pub members: i64,
    /// Members who have it already, by hand and with this last day.
    pub stand: i64,
    /// Members whose growth gives a higher one by itself; they keep it.
    pub higher: i64,
}

/// Gives a level to everybody under a filter, as a job that does not keep the tills waiting; the result is a [`GroupGranted`]. Stopped, it leaves what it
/// did, and says how many that were.
pub async fn grant_group_level(call: &Call<'_>, draft: GroupGrantDraft) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let settings = shop.settings().await;
    let (levels, today) = (settings.grown_levels(), call.house.today(&shop));
    let known: Vec<String> = settings.levels.keys().cloned().collect();
    let bounds = settings.group_bounds(&today);
    let GroupGrantDraft { filter, level, until, reason, dry_run } = draft;
    let until = until.map(|until| until.trim().to_owned()).filter(|until| !until.is_empty());
    if let Some(until) = until.as_ref().filter(|until| !is_date(until)) {
        return Err(Failure::refused(GrantRefusal::GrantDay { until: until.clone() }));
    }
    let decided = move |member: MemberId, now: &LevelNow| {
        grant(&levels, &known, (member, &now.standing, now.growth), (level.as_deref(), until.as_deref(), &reason), &today)
    };
    // What nobody could be given is said before anything begins.
    decided(MemberId(uuid::Uuid::nil()), &LevelNow::default()).map_err(Failure::refused)?;
    let actor = call.session.as_ref().map(|session| session.person);
    let house = call.house.clone();
    let progress = house.jobs.begin(JobKind::Levels, house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        let all = shop.books.members(&filter, &bounds, Window { offset: 0, limit: 1 }).await?.count;
        let mut pen = Pen::new(&house, &shop.books, dry_run);
        let (mut done, mut seen, mut after) = (GroupGranted { dry_run, ..GroupGranted::default() }, 0, 0);
        loop {
            let some = pen.now().await?.reads().members_after(&filter, &bounds, (after, AT_ONCE)).await?;
            let Some((last, _)) = some.last() else { break };
            after = *last;
            for (_, member) in &some {
                let writing = pen.now().await?;
                let Some(now) = writing.reads().level_now(*member).await? else { continue };
                match decided(*member, &now) {
                    Ok(changed) if changed.to.held == now.standing.held => done.stand += 1,
                    Ok(changed) => {
                        let id = changed.id(now.changes);
                        if !writing.stands(id).await? {
                            writing.record(NewEntry { id, ..house.entry(&shop, actor, changed) }).await?;
                            done.members += 1;
                        }
                    }
                    Err(GrantRefusal::GrowthGivesMore { .. }) => done.higher += 1,
                    Err(refusal) => return Err(Failure::refused(refusal)),
                }
            }
            seen += i64::try_from(some.len()).unwrap_or(i64::MAX);
            pen.rest().await?;
            told.at("recording", seen, all);
            if told.stopped() {
                break;
            }
        }
        pen.finish().await?;
        serde_json::to_value(&done).map_err(|error| Failure::Broken { trace: error.to_string() })
    }))
}
