//! What members bring along from the system before: stored value and points, once per member.

use books::NewEntry;
use domain::{balance::BalanceOpened, close::part_id, fact::Fact, ids::MemberId, points::PointsGiven};
use paper::{intake::members::Brought, receipt::Language};

use super::{record::Run, slices::Pen};
use crate::failure::Failure;

/// What a member brings along stands once, however often and in however many files it is brought in.
pub async fn bring(run: &mut Run<'_>, pen: &mut Pen<'_>, member: MemberId, brought: Brought, today: &str) -> Result<(), Failure> {
    let Brought { paid_minor, bonus_minor, points } = brought;
    if paid_minor + bonus_minor > 0 && once(run, pen, member, BalanceOpened { member, paid_minor, bonus_minor }).await? {
        run.report.brought_minor += paid_minor + bonus_minor;
    }
    if points > 0 {
        let good_until = run.shop.settings().await.points_terms.expiry.good_until(today);
        let reason = match run.shop.language().await {
            Language::ZhCn => "原系统带入",
            Language::En => "From the system before",
        };
        if once(run, pen, member, PointsGiven { member, points, reason: reason.into(), good_until }).await? {
            run.report.brought_points += points;
        }
    }
    Ok(())
}

/// Records a fact that a member has but once; false where it stands already.
async fn once(run: &Run<'_>, pen: &mut Pen<'_>, member: MemberId, fact: impl Into<Fact>) -> Result<bool, Failure> {
    let fact = fact.into();
    let id = part_id(&run.shop.info.name, "brought along", 0, &format!("{} {member}", fact.kind()), 0);
    let writing = pen.now().await?;
    if writing.stands(id).await? {
        return Ok(false);
    }
    if !run.dry {
        writing.record(NewEntry { id, ..run.house.entry(run.shop, run.actor, fact) }).await?;
    }
    Ok(true)
}
