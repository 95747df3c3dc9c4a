//! When a voucher comes to be, when it pays, and where money goes that it had paid.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{VoucherBack, VoucherChanged, VoucherHow, VoucherIssued};
use crate::{
    ids::{MemberId, ShiftId, VoucherId},
    pricing::{LARGEST_MINOR, PriceRefusal, PriceRules, Tender, TenderKind, settle_amount},
    sale::{TenderDraft, TenderTaken},
};

/// A voucher to be sold, as the till sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherSaleDraft {
    /// Chosen when it was begun: recording it twice records one.
    pub voucher: VoucherId,
    /// What is to be on it, in minor units.
    pub amount_minor: i64,
    /// Code of a card that is printed already; absent: the program makes one.
    #[serde(default)]
    #[ts(optional)]
    pub code: Option<String>,
    /// For whom.
    #[serde(default)]
    #[ts(optional)]
    pub member: Option<MemberId>,
    /// How it is paid; empty while it is only asked what it costs.
    #[serde(default)]
    pub tenders: Vec<TenderDraft>,
}

/// A voucher to be given away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherGiftDraft {
    /// Chosen when it was begun: recording it twice records one.
    pub voucher: VoucherId,
    /// What is to be on it, in minor units.
    pub amount_minor: i64,
    /// Code of a card that is printed already; absent: the program makes one.
    #[serde(default)]
    #[ts(optional)]
    pub code: Option<String>,
    /// For whom.
    #[serde(default)]
    #[ts(optional)]
    pub member: Option<MemberId>,
    /// Why.
    pub reason: String,
}

/// A voucher to be made in the place of one that was lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherReplaceDraft {
    /// The new one; chosen when it was begun.
    pub voucher: VoucherId,
    /// The one that was lost.
    pub replaces: VoucherId,
    /// Code of a card that is printed already; absent: the program makes one.
    #[serde(default)]
    #[ts(optional)]
    pub code: Option<String>,
    /// Why.
    pub reason: String,
}

/// What is to change of a voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherChangeDraft {
    /// Which.
    pub voucher: VoucherId,
    /// Its new last day.
    #[serde(default)]
    #[ts(optional)]
    pub expires: Option<String>,
    /// Whether it is blocked.
    #[serde(default)]
    #[ts(optional)]
    pub blocked: Option<bool>,
    /// Why.
    pub reason: String,
}

/// What paying for a voucher comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherQuote {
    /// Cash given back.
    pub change_minor: i64,
    /// What is still missing.
    pub missing_minor: i64,
}

/// A voucher as it stands, read in the transaction that pays with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherNow {
    /// Which.
    pub voucher: VoucherId,
    /// Its code.
    pub code: String,
    /// What is left, in minor units; below zero where two copies of the books paid with it while apart.
    pub left_minor: i64,
    /// Its last day.
    pub expires: Option<String>,
    /// True where it does not pay.
    pub blocked: bool,
    /// For whom it was made.
    pub member: Option<MemberId>,
}

/// What making a voucher needs, read in its own transaction.
#[derive(Debug)]
pub struct IssueContext<'a> {
    /// Cash rounding and what the tenders ask for.
    pub rules: &'a PriceRules,
    /// False where a member is named whom the books do not know.
    pub known: bool,
    /// A code that nobody has yet.
    pub fresh_code: &'a str,
    /// True where the code asked for belongs to something already.
    pub code_taken: bool,
    /// The last day of a new voucher; absent where vouchers of the shop do not end.
    pub expires: Option<String>,
    /// Number to give it.
    pub number: &'a str,
    /// Name of the till.
    pub till: &'a str,
    /// The shift that is open.
    pub shift: Option<ShiftId>,
    /// True where the shop takes money only in a shift.
    pub shift_required: bool,
}

/// What changing a voucher needs.
#[derive(Debug)]
pub struct ChangeContext<'a> {
    /// The voucher; nothing where the books do not know it.
    pub now: Option<&'a VoucherNow>,
    /// True where the new last day is a day.
    pub is_day: bool,
}

/// Why a voucher is not made, changed or taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum VoucherRefusal {
    /// Nothing, or less.
    #[error("say how much is to be on the voucher")]
    NoVoucherAmount,
    /// More than any voucher holds.
    #[error("no voucher holds that much")]
    VoucherTooLarge,
    /// The member is not in the books.
    #[error("there is no such member")]
    UnknownMember,
    /// Not the signs of a code.
    #[error("a code has 4 to 32 letters and digits")]
    VoucherCode,
    /// The code belongs to another voucher, a coupon or a product.
    #[error("code {voucher} is taken")]
    VoucherCodeTaken {
        /// The code.
        voucher: String,
    },
    /// Stored value and vouchers cannot pay for a voucher.
    #[error("{tender} does not pay for a voucher")]
    NotForVoucher {
        /// Code of the tender.
        tender: String,
    },
    /// The tenders do not fit the amount.
    #[error("{price}")]
    Price {
        /// Why.
        price: PriceRefusal,
    },
    /// The shop takes money only in a shift, and none is open.
    #[error("no shift is open on this till: open one first")]
    NoShift,
    /// Nobody said why.
    #[error("say why")]
    NoReason,
    /// No day, or none at all.
    #[error("say what changes: a last day, or whether the voucher is blocked")]
    NothingToChange,
    /// Paying by voucher without saying which.
    #[error("scan the voucher, or type its code")]
    NoVoucherCode,
    /// No voucher has the code.
    #[error("there is no voucher {voucher}")]
    UnknownVoucher {
        /// As typed.
        voucher: String,
    },
    /// It was lost, or blocked for another reason.
    #[error("voucher {voucher} is blocked")]
    VoucherBlocked {
        /// Its code.
        voucher: String,
    },
    /// Its last day is over. Who is owed stays owed: a manager may give it another last day.
    #[error("voucher {voucher} ended on {last}: a manager may extend it")]
    VoucherExpired {
        /// Its code.
        voucher: String,
        /// Its last day.
        last: String,
    },
    /// Less is left than is to be paid.
    #[error("{left_minor} is left on voucher {voucher}")]
    VoucherShort {
        /// Its code.
        voucher: String,
        /// What is left, in minor units.
        left_minor: i64,
    },
}

impl From<PriceRefusal> for VoucherRefusal {
    fn from(price: PriceRefusal) -> Self {
        Self::Price { price }
    }
}

/// A code as it is compared: capital letters and digits, without the spaces and dashes that paper has between them.
pub fn normal_voucher(typed: &str) -> String {
    crate::promotion::normal_code(typed).chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect()
}

/// What a sold voucher would cost, without recording it.
///
/// # Errors
/// [`VoucherRefusal`], save `NoShift`, and nothing that is still missing.
pub fn quote_sold(draft: &VoucherSaleDraft, context: &IssueContext<'_>) -> Result<VoucherQuote, VoucherRefusal> {
    holds(draft.amount_minor)?;
    if draft.member.is_some() && !context.known {
        return Err(VoucherRefusal::UnknownMember);
    }
    let own = |kind: &TenderKind| matches!(kind, TenderKind::Balance | TenderKind::Voucher);
    if let Some(tender) = draft.tenders.iter().find(|tender| own(&tender.kind)) {
        return Err(VoucherRefusal::NotForVoucher { tender: tender.kind.name().to_owned() });
    }
    let laid: Vec<Tender> = draft.tenders.iter().map(|tender| Tender { kind: tender.kind, amount_minor: tender.amount_minor }).collect();
    let settled = settle_amount(context.rules, draft.amount_minor, &laid)?;
    Ok(VoucherQuote { change_minor: settled.change_minor, missing_minor: settled.missing_minor })
}

fn holds(amount_minor: i64) -> Result<(), VoucherRefusal> {
    match amount_minor {
        ..=0 => Err(VoucherRefusal::NoVoucherAmount),
        amount if amount > LARGEST_MINOR / 1000 => Err(VoucherRefusal::VoucherTooLarge),
        _ => Ok(()),
    }
}

/// The code asked for, or a fresh one.
fn code_of(asked: Option<&String>, context: &IssueContext<'_>) -> Result<String, VoucherRefusal> {
    let Some(code) = asked.map(|typed| normal_voucher(typed)).filter(|code| !code.is_empty()) else { return Ok(context.fresh_code.to_owned()) };
    if !(4..=32).contains(&code.len()) || !code.bytes().all(|sign| sign.is_ascii_alphanumeric()) {
        return Err(VoucherRefusal::VoucherCode);
    }
    if context.code_taken { Err(VoucherRefusal::VoucherCodeTaken { voucher: code }) } else { Ok(code) }
}

fn said(reason: &str) -> Result<String, VoucherRefusal> {
    Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty()).ok_or(VoucherRefusal::NoReason)
}

fn issued(voucher: VoucherId, code: String, how: VoucherHow, amount_minor: i64, context: &IssueContext<'_>) -> VoucherIssued {
    VoucherIssued {
        voucher,
        number: context.number.to_owned(),
        till: context.till.to_owned(),
        code,
        how,
        amount_minor,
        member: None,
        expires: context.expires.clone(),
        tenders: Vec::new(),
        change_minor: 0,
        rounding_minor: 0,
        shift: None,
        reason: None,
        replaces: None,
    }
}

/// Decides whether a voucher is sold.
///
/// # Errors
/// [`VoucherRefusal`]
pub fn sell(draft: &VoucherSaleDraft, context: &IssueContext<'_>) -> Result<VoucherIssued, VoucherRefusal> {
    let quote = quote_sold(draft, context)?;
    if context.shift_required && context.shift.is_none() {
        return Err(VoucherRefusal::NoShift);
    }
    let code = code_of(draft.code.as_ref(), context)?;
    let blank = |reference: Option<&String>| reference.is_none_or(|reference| reference.trim().is_empty());
    let wanting = |tender: &&TenderDraft| context.rules.tenders.need_reference.contains(&tender.kind) && blank(tender.reference.as_ref());
    if let Some(tender) = draft.tenders.iter().find(wanting) {
        return Err(PriceRefusal::ReferenceNeeded { tender: tender.kind.name().to_owned() }.into());
    }
    if quote.missing_minor > 0 {
        return Err(PriceRefusal::OwesMore { missing_minor: quote.missing_minor }.into());
    }
    let laid: Vec<Tender> = draft.tenders.iter().map(|tender| Tender { kind: tender.kind, amount_minor: tender.amount_minor }).collect();
    let settled = settle_amount(context.rules, draft.amount_minor, &laid)?;
    let taken = |tender: &TenderDraft| TenderTaken {
        kind: tender.kind.name().to_owned(),
        amount_minor: tender.amount_minor,
        reference: tender.reference.clone(),
        bonus_minor: None,
        voucher: None,
    };
    Ok(VoucherIssued {
        member: draft.member,
        tenders: draft.tenders.iter().map(taken).collect(),
        change_minor: settled.change_minor,
        rounding_minor: settled.rounding_minor,
        shift: context.shift,
        ..issued(draft.voucher, code, VoucherHow::Sold, draft.amount_minor, context)
    })
}

/// Decides whether a voucher is given away.
///
/// # Errors
/// [`VoucherRefusal`]
pub fn give(draft: &VoucherGiftDraft, context: &IssueContext<'_>) -> Result<VoucherIssued, VoucherRefusal> {
    holds(draft.amount_minor)?;
    if draft.member.is_some() && !context.known {
        return Err(VoucherRefusal::UnknownMember);
    }
    let reason = Some(said(&draft.reason)?);
    let code = code_of(draft.code.as_ref(), context)?;
    Ok(VoucherIssued { member: draft.member, reason, ..issued(draft.voucher, code, VoucherHow::Given, draft.amount_minor, context) })
}

/// Decides whether a voucher takes the place of another: everything that is left there moves, with its last day, and the lost code is worth nothing.
///
/// # Errors
/// [`VoucherRefusal`]
pub fn replace(draft: &VoucherReplaceDraft, lost: Option<&VoucherNow>, context: &IssueContext<'_>) -> Result<VoucherIssued, VoucherRefusal> {
    let lost = lost.ok_or_else(|| VoucherRefusal::UnknownVoucher { voucher: String::new() })?;
    if lost.left_minor <= 0 {
        return Err(VoucherRefusal::VoucherShort { voucher: lost.code.clone(), left_minor: lost.left_minor });
    }
    let reason = Some(said(&draft.reason)?);
    let code = code_of(draft.code.as_ref(), context)?;
    let made = issued(draft.voucher, code, VoucherHow::Replaced, lost.left_minor, context);
    Ok(VoucherIssued { member: lost.member, expires: lost.expires.clone(), reason, replaces: Some(lost.voucher), ..made })
}

/// Decides whether a voucher gets another last day, is blocked, or is let through again.
///
/// # Errors
/// [`VoucherRefusal`]
pub fn change(draft: &VoucherChangeDraft, context: &ChangeContext<'_>) -> Result<VoucherChanged, VoucherRefusal> {
    let now = context.now.ok_or_else(|| VoucherRefusal::UnknownVoucher { voucher: String::new() })?;
    let expires = draft.expires.clone().filter(|day| context.is_day && now.expires.as_ref() != Some(day));
    let blocked = draft.blocked.filter(|blocked| *blocked != now.blocked);
    if expires.is_none() && blocked.is_none() {
        return Err(VoucherRefusal::NothingToChange);
    }
    Ok(VoucherChanged { voucher: draft.voucher, expires, blocked, reason: said(&draft.reason)? })
}

/// Which voucher each tender draws on: none for other tenders. `known` has the vouchers by their code as they stand.
///
/// # Errors
/// A tender by voucher that names none, or one that does not pay: unknown, blocked, over, or with less left than all its tenders together.
pub fn draw(tenders: &[TenderDraft], known: &BTreeMap<String, VoucherNow>, today: &str) -> Result<Vec<Option<VoucherId>>, VoucherRefusal> {
    let mut left: BTreeMap<VoucherId, i64> = BTreeMap::new();
    tenders
        .iter()
        .map(|tender| {
            if tender.kind != TenderKind::Voucher || tender.amount_minor == 0 {
                return Ok(None);
            }
            let code = tender.reference.as_deref().map(normal_voucher).filter(|code| !code.is_empty()).ok_or(VoucherRefusal::NoVoucherCode)?;
            let now = known.get(&code).ok_or_else(|| VoucherRefusal::UnknownVoucher { voucher: code.clone() })?;
            if now.blocked {
                return Err(VoucherRefusal::VoucherBlocked { voucher: code });
            }
            if let Some(last) = now.expires.clone().filter(|last| last.as_str() < today) {
                return Err(VoucherRefusal::VoucherExpired { voucher: code, last });
            }
            let left = left.entry(now.voucher).or_insert(now.left_minor);
            if tender.amount_minor > *left {
                return Err(VoucherRefusal::VoucherShort { voucher: code, left_minor: (*left).max(0) });
            }
            *left -= tender.amount_minor;
            Ok(Some(now.voucher))
        })
        .collect()
}

/// Which vouchers an amount goes back to, in the order in which they paid: `before` has gone back already, and all refunds together give each
/// voucher exactly what it paid.
pub fn refunded_to(paid: &[(VoucherBack, i64)], before: i64, amount_minor: i64) -> Vec<(VoucherBack, i64)> {
    let (mut skip, mut left) = (before, amount_minor);
    let mut parts = Vec::new();
    for (voucher, paid_minor) in paid {
        let passed = skip.min(*paid_minor);
        let part = (paid_minor - passed).min(left);
        (skip, left) = (skip - passed, left - part);
        if part > 0 {
            parts.push((voucher.clone(), part));
        }
    }
    parts
}

#[cfg(test)]
mod worlds {
    use super::*;

    fn id(number: u128) -> VoucherId {
        VoucherId(uuid::Uuid::from_u128(number))
    }

    fn now(number: u128, code: &str, left_minor: i64) -> (String, VoucherNow) {
        (code.to_owned(), VoucherNow { voucher: id(number), code: code.to_owned(), left_minor, expires: None, blocked: false, member: None })
    }

    fn by(code: &str, amount_minor: i64) -> TenderDraft {
        TenderDraft { kind: TenderKind::Voucher, amount_minor, reference: Some(code.to_owned()) }
    }

    #[test]
    fn a_voucher_pays_while_it_lasts_holds_and_is_not_blocked() {
        let mut known = BTreeMap::from([now(1, "V234", 100), now(2, "CARD7", 50)]);
        let said = |tenders: &[TenderDraft], known: &BTreeMap<String, VoucherNow>| draw(tenders, known, "2026-03-10");
        assert_eq!(said(&[by("v2-3 4", 60), by("V234", 40), by("card7", 50)], &known), Ok(vec![Some(id(1)), Some(id(1)), Some(id(2))]));
        let short = VoucherRefusal::VoucherShort { voucher: "V234".into(), left_minor: 40 };
        assert_eq!(said(&[by("V234", 60), by("V234", 41)], &known), Err(short));
        assert_eq!(said(&[by("X", 1)], &known), Err(VoucherRefusal::UnknownVoucher { voucher: "X".into() }));
        assert_eq!(said(&[by(" - ", 1)], &known), Err(VoucherRefusal::NoVoucherCode));
        assert_eq!(said(&[by("", 0)], &known), Ok(vec![None]), "nothing is drawn by an amount of nothing");
        known.get_mut("V234").expect("there").expires = Some("2026-03-10".into());
        assert!(said(&[by("V234", 1)], &known).is_ok(), "the last day is a day");
        known.get_mut("V234").expect("there").expires = Some("2026-03-09".into());
        assert_eq!(said(&[by("V234", 1)], &known), Err(VoucherRefusal::VoucherExpired { voucher: "V234".into(), last: "2026-03-09".into() }));
        known.get_mut("CARD7").expect("there").blocked = true;
        assert_eq!(said(&[by("CARD7", 1)], &known), Err(VoucherRefusal::VoucherBlocked { voucher: "CARD7".into() }));
    }

    #[test]
    fn whatever_the_steps_each_voucher_gets_back_what_it_paid() {
        let back = |number: u128| VoucherBack { voucher: id(number), code: String::new(), made: false, expires: None };
        for (first, second) in [(0, 4), (1, 3), (3, 2), (5, 0)] {
            let paid = vec![(back(1), first), (back(2), second)];
            let whole: i64 = first + second;
            for cut in 0..=whole {
                for further in cut..=whole {
                    let mut given: BTreeMap<VoucherId, i64> = BTreeMap::new();
                    for (from, to) in [(0, cut), (cut, further), (further, whole)] {
                        let parts = refunded_to(&paid, from, to - from);
                        assert_eq!(parts.iter().map(|(_, part)| part).sum::<i64>(), to - from);
                        for (voucher, part) in parts {
                            *given.entry(voucher.voucher).or_default() += part;
                        }
                    }
                    for (voucher, minor) in &paid {
                        assert_eq!(given.get(&voucher.voucher).copied().unwrap_or(0), *minor);
                    }
                }
            }
        }
    }
}
