//! What a kind of entry needs: the device's ceiling and the role of whoever did it both have to reach it.

use domain::{entry::Entry, fact::Fact, person::Role};
use sync::Ceiling;

/// The least role for a kind of entry. A kind that is not named here needs a clerk: the ceiling guards what is the owner's, not each button.
pub fn least(kind: &str) -> Ceiling {
    match kind {
        "PersonAdded" | "PersonChanged" | "PlanActivated" | "MonthClosed" | "MonthReopened" | "PeriodEarned" | "RanksDecided"
        | "StatementsIssued" | "MemberErased" => Ceiling::Owner,
        "SettingChanged" | "ProductSaved" | "ProductArchived" | "PricesSet" | "PromotionSaved" | "SupplierSaved" | "LocationSaved"
        | "GoodsReceived" | "StockReceived" | "StockAdjusted" | "StockTransferred" | "StockRevalued" | "MemberChanged" | "MemberPlaced"
        | "SponsorMoved" | "MemberMerged" | "SaleImported" | "StatementJudged" | "CommissionHeld" => Ceiling::Manager,
        _ => Ceiling::Clerk,
    }
}

/// The least role for an entry: whoever names a sponsor at the till under the shop's terms is a clerk, whoever moves a member is not.
pub fn least_of(entry: &Entry) -> Ceiling {
    match entry.fact(0) {
        Ok(Some(Fact::SponsorMoved(moved))) if moved.bound => Ceiling::Clerk,
        Ok(_) | Err(_) => least(&entry.8),
    }
}

/// A role as a ceiling.
pub fn of_role(role: Role) -> Ceiling {
    match role {
        Role::Clerk => Ceiling::Clerk,
        Role::Manager => Ceiling::Manager,
        Role::Owner => Ceiling::Owner,
    }
}

/// Whose role an entry sets, and to what; `None` for the role of someone who left.
pub fn set_by(fact: &Fact) -> Option<(uuid::Uuid, Option<Ceiling>)> {
    match fact {
        Fact::PersonAdded(added) => Some((added.person.0, Some(of_role(added.role)))),
        Fact::PersonChanged(changed) if changed.archived == Some(true) => Some((changed.person.0, None)),
        Fact::PersonChanged(changed) => changed.role.map(|role| (changed.person.0, Some(of_role(role)))),
        _ => None,
    }
}
