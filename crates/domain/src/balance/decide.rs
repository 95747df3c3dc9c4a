//! When money is taken for a balance, how much is added, and what of it may be given back.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{BalanceToppedUp, TopUpRefunded};
use crate::{
    ids::{MemberId, ShiftId, TopUpId},
    pricing::{LARGEST_MINOR, PriceRefusal, PriceRules, Tender, TenderKind, settle_amount},
    returns::Refund,
    sale::{TenderDraft, TenderTaken},
    share::step,
};

/// From this amount on, a top-up brings this bonus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BonusStep {
    /// Least amount paid in, in minor units.
    pub from_minor: i64,
    /// What the shop adds.
    pub bonus_minor: i64,
}

/// What an amount brings: the bonus of the highest step that it reaches, once.
pub fn bonus_of(steps: &[BonusStep], amount_minor: i64) -> i64 {
    let reached = steps.iter().filter(|step| step.from_minor <= amount_minor);
    reached.max_by_key(|step| step.from_minor).map_or(0, |step| step.bonus_minor.max(0))
}

/// A top-up as the till sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TopUpDraft {
    /// Chosen when it was begun: recording it twice records one.
    pub top_up: TopUpId,
    /// Whose balance.
    pub member: MemberId,
    /// What is paid in, in minor units.
    pub amount_minor: i64,
    /// How; empty while it is only asked what it brings.
    #[serde(default)]
    pub tenders: Vec<TenderDraft>,
}

/// What deciding a top-up needs, read in its own transaction.
#[derive(Debug)]
pub struct TopUpContext<'a> {
    /// The bonus of the shop.
    pub bonus: &'a [BonusStep],
    /// Cash rounding and what the tenders ask for.
    pub rules: &'a PriceRules,
    /// True where the books know the member.
    pub known: bool,
    /// Number to give it.
    pub number: &'a str,
    /// Name of the till.
    pub till: &'a str,
    /// The shift that is open.
    pub shift: Option<ShiftId>,
    /// True where the shop takes money only in a shift.
    pub shift_required: bool,
}

/// What a top-up comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TopUpQuote {
    /// What the shop adds.
    pub bonus_minor: i64,
    /// Cash given back.
    pub change_minor: i64,
    /// What is still missing.
    pub missing_minor: i64,
}

/// A refund as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TopUpRefundDraft {
    /// Chosen when it was begun: recording it twice records one.
    pub refund: TopUpId,
    /// Which top-up.
    pub top_up: TopUpId,
    /// How much of the money paid in, in minor units.
    pub amount_minor: i64,
    /// By which tender it goes back; one that paid it in.
    pub to: TenderKind,
    /// Reference of an outside payment.
    #[serde(default)]
    #[ts(optional)]
    pub reference: Option<String>,
    /// Why, as typed.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// A top-up and what has gone back of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopUpStands {
    /// As recorded.
    pub top_up: BalanceToppedUp,
    /// Money given back so far, withheld bonus included.
    pub refunded_minor: i64,
    /// Money of it that each tender gave back so far.
    pub given_back: Vec<(String, i64)>,
}

/// What deciding a refund needs, read in its own transaction.
#[derive(Debug)]
pub struct RefundContext<'a> {
    /// The top-up; nothing where the books do not know it.
    pub stands: Option<&'a TopUpStands>,
    /// What the member has left of money paid in.
    pub paid_minor: i64,
    /// What they have left of the bonus.
    pub bonus_minor: i64,
    /// Cash rounding and what the tenders ask for.
    pub rules: &'a PriceRules,
    /// Number to give it.
    pub number: &'a str,
    /// Name of the till.
    pub till: &'a str,
    /// The shift that is open.
    pub shift: Option<ShiftId>,
    /// True where the shop takes money only in a shift.
    pub shift_required: bool,
}

/// Why nothing is paid in or given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum BalanceRefusal {
    /// The member is not in the books.
    #[error("there is no such member")]
    UnknownMember,
    /// Nothing, or less.
    #[error("say how much is paid in")]
    NoAmount,
    /// More than any balance holds.
    #[error("no balance holds that much")]
    BalanceTooLarge,
    /// Stored value cannot pay for stored value, nor can a voucher.
    #[error("{tender} does not pay into a balance")]
    NotIntoBalance {
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
    /// The top-up is not in the books.
    #[error("there is no such top-up")]
    UnknownTopUp,
    /// More than is left of the top-up, of the member's own money, or of what the tender paid in.
    #[error("{most_minor} is the most that can go back")]
    RefundTooLarge {
        /// The most, in minor units.
        most_minor: i64,
    },
    /// The bonus that was spent is worth more than the money asked back.
    #[error("{withheld_minor} of the bonus is spent already: nothing of this is left to give back")]
    BonusSpent {
        /// What would be withheld, in minor units.
        withheld_minor: i64,
    },
}

impl From<PriceRefusal> for BalanceRefusal {
    fn from(price: PriceRefusal) -> Self {
        Self::Price { price }
    }
}

/// What a top-up would come to, without recording it.
///
/// # Errors
/// [`BalanceRefusal`], save `NoShift`, and nothing that is still missing.
pub fn quote_top_up(draft: &TopUpDraft, context: &TopUpContext<'_>) -> Result<TopUpQuote, BalanceRefusal> {
    if !context.known {
        return Err(BalanceRefusal::UnknownMember);
    }
    if draft.amount_minor <= 0 {
        return Err(BalanceRefusal::NoAmount);
    }
    if draft.amount_minor > LARGEST_MINOR / 1000 {
        return Err(BalanceRefusal::BalanceTooLarge);
    }
    let own = |kind: &TenderKind| matches!(kind, TenderKind::Balance | TenderKind::Voucher);
    if let Some(tender) = draft.tenders.iter().find(|tender| own(&tender.kind)) {
        return Err(BalanceRefusal::NotIntoBalance { tender: tender.kind.name().to_owned() });
    }
    let settled = settle_amount(context.rules, draft.amount_minor, &laid(&draft.tenders))?;
    Ok(TopUpQuote {
        bonus_minor: bonus_of(context.bonus, draft.amount_minor),
        change_minor: settled.change_minor,
        missing_minor: settled.missing_minor,
    })
}

fn laid(tenders: &[TenderDraft]) -> Vec<Tender> {
    tenders.iter().map(|tender| Tender { kind: tender.kind, amount_minor: tender.amount_minor }).collect()
}

/// Decides whether money is paid in.
///
/// # Errors
/// [`BalanceRefusal`]
pub fn top_up(draft: &TopUpDraft, context: &TopUpContext<'_>) -> Result<BalanceToppedUp, BalanceRefusal> {
    let quote = quote_top_up(draft, context)?;
    if context.shift_required && context.shift.is_none() {
        return Err(BalanceRefusal::NoShift);
    }
    let blank = |reference: Option<&String>| reference.is_none_or(|reference| reference.trim().is_empty());
    let wanting = |tender: &&TenderDraft| context.rules.tenders.need_reference.contains(&tender.kind) && blank(tender.reference.as_ref());
    if let Some(tender) = draft.tenders.iter().find(wanting) {
        return Err(PriceRefusal::ReferenceNeeded { tender: tender.kind.name().to_owned() }.into());
    }
    if quote.missing_minor > 0 {
        return Err(PriceRefusal::OwesMore { missing_minor: quote.missing_minor }.into());
    }
    let settled = settle_amount(context.rules, draft.amount_minor, &laid(&draft.tenders))?;
    let taken = |tender: &TenderDraft| TenderTaken {
        kind: tender.kind.name().to_owned(),
        amount_minor: tender.amount_minor,
        reference: tender.reference.clone(),
        bonus_minor: None,
        voucher: None,
    };
    Ok(BalanceToppedUp {
        top_up: draft.top_up,
        number: context.number.to_owned(),
        till: context.till.to_owned(),
        member: draft.member,
        amount_minor: draft.amount_minor,
        bonus_minor: quote.bonus_minor,
        tenders: draft.tenders.iter().map(taken).collect(),
        change_minor: settled.change_minor,
        rounding_minor: settled.rounding_minor,
        shift: context.shift,
    })
}

/// Decides what of a top-up goes back: money alone, never more than the member has of it, with the bonus in proportion. Bonus that was spent
/// meanwhile is kept from the money, so that topping up, spending the bonus and asking for the money back gains nothing.
///
/// # Errors
/// [`BalanceRefusal`]
pub fn refund_top_up(draft: &TopUpRefundDraft, context: &RefundContext<'_>) -> Result<TopUpRefunded, BalanceRefusal> {
    let stands = context.stands.ok_or(BalanceRefusal::UnknownTopUp)?;
    let top_up = &stands.top_up;
    if draft.amount_minor <= 0 {
        return Err(BalanceRefusal::NoAmount);
    }
    if context.shift_required && context.shift.is_none() {
        return Err(BalanceRefusal::NoShift);
    }
    let of = |rows: &[(&str, i64)]| rows.iter().find(|(kind, _)| *kind == draft.to.name()).map_or(0, |(_, minor)| *minor);
    let back = |(kind, minor): &(String, i64)| if kind == draft.to.name() { *minor } else { 0 };
    // Cash may have been rounded when it was paid in: the amount, not the notes, is what can come back.
    let by_tender = if top_up.tenders.len() == 1 && of(&top_up.kept()) > 0 {
        top_up.amount_minor
    } else {
        of(&top_up.kept()) - stands.given_back.iter().map(back).sum::<i64>()
    };
    let most_minor = (top_up.amount_minor - stands.refunded_minor).min(context.paid_minor).min(by_tender).max(0);
    if draft.amount_minor > most_minor {
        return Err(BalanceRefusal::RefundTooLarge { most_minor });
    }
    let so_far = stands.refunded_minor;
    let share = step(top_up.bonus_minor, so_far, so_far + draft.amount_minor, top_up.amount_minor).unwrap_or(top_up.bonus_minor);
    let bonus_minor = share.min(context.bonus_minor.max(0));
    let withheld_minor = share - bonus_minor;
    let given = draft.amount_minor - withheld_minor;
    if given <= 0 {
        return Err(BalanceRefusal::BonusSpent { withheld_minor });
    }
    let handed = if draft.to == TenderKind::Cash { settle_cash(context.rules, given)? } else { given };
    let trimmed = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let refund =
        Refund { kind: draft.to.name().to_owned(), amount_minor: handed, reference: trimmed(&draft.reference), bonus_minor: None, voucher: None };
    Ok(TopUpRefunded {
        refund: draft.refund,
        number: context.number.to_owned(),
        till: context.till.to_owned(),
        top_up: draft.top_up,
        top_up_number: top_up.number.clone(),
        member: top_up.member,
        amount_minor: draft.amount_minor,
        bonus_minor,
        withheld_minor,
        rounding_minor: handed - given,
        refunds: vec![refund],
        shift: context.shift,
        reason: trimmed(&draft.reason),
        approved_by: None,
    })
}

/// An amount as cash can be handed over.
fn settle_cash(rules: &PriceRules, amount_minor: i64) -> Result<i64, BalanceRefusal> {
    let settled = settle_amount(rules, amount_minor, &[Tender { kind: TenderKind::Cash, amount_minor: 0 }])?;
    Ok(settled.missing_minor)
}

#[cfg(test)]
mod worlds {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{fact::Posts, ledger::Account, pricing::TenderRules};

    fn rules() -> PriceRules {
        PriceRules {
            minor_digits: 2,
            cash_rounding_minor: 0,
            taxes: BTreeMap::new(),
            points: None,
            coupons: BTreeMap::new(),
            discount_limit_ppm: None,
            tenders: TenderRules::default(),
        }
    }

    fn id(number: u128) -> TopUpId {
        TopUpId(uuid::Uuid::from_u128(number))
    }

    const STEPS: [BonusStep; 2] = [BonusStep { from_minor: 6, bonus_minor: 5 }, BonusStep { from_minor: 3, bonus_minor: 1 }];

    #[derive(Clone, Default)]
    struct World {
        balances: BTreeMap<Account, i64>,
        stands: Vec<TopUpStands>,
        handed_in: i64,
        handed_back: i64,
        goods: i64,
    }

    impl World {
        fn member() -> MemberId {
            MemberId(uuid::Uuid::from_u128(7))
        }
        fn post(&mut self, fact: &impl Posts) {
            for posting in fact.postings() {
                *self.balances.entry(posting.1).or_default() += posting.3;
                *self.balances.entry(posting.2).or_default() -= posting.3;
            }
        }
        fn owed(&self, account: Account) -> i64 {
            -self.balances.get(&account).copied().unwrap_or(0)
        }
        fn paid(&self) -> i64 {
            self.owed(Account::balance_paid(Self::member()))
        }
        fn bonus(&self) -> i64 {
            self.owed(Account::balance_bonus(Self::member()))
        }
        fn pay_in(&mut self, amount_minor: i64) {
            let rules = rules();
            let tenders = vec![TenderDraft { kind: TenderKind::Cash, amount_minor: amount_minor + 2, reference: None }];
            let draft = TopUpDraft { top_up: id(self.stands.len() as u128), member: Self::member(), amount_minor, tenders };
            let context = TopUpContext { bonus: &STEPS, rules: &rules, known: true, number: "", till: "", shift: None, shift_required: false };
            let top_up = top_up(&draft, &context).expect("taken");
            assert_eq!((top_up.change_minor, top_up.kept()), (2, vec![("cash", amount_minor)]));
            self.post(&top_up);
            self.handed_in += amount_minor;
            self.stands.push(TopUpStands { top_up, refunded_minor: 0, given_back: Vec::new() });
        }
        fn spend(&mut self, amount: i64) {
            if amount > self.paid() + self.bonus() {
                return;
            }
            let own = amount.min(self.paid());
            for (account, part) in [(Account::balance_paid(Self::member()), own), (Account::balance_bonus(Self::member()), amount - own)] {
                *self.balances.entry(account).or_default() += part;
                *self.balances.entry(Account::revenue()).or_default() -= part;
            }
            self.goods += amount;
        }
        fn give_back(&mut self, which: usize, amount_minor: i64) {
            let rules = rules();
            let draft = TopUpRefundDraft { refund: id(99), top_up: id(0), amount_minor, to: TenderKind::Cash, reference: None, reason: None };
            let (paid, bonus) = (self.paid(), self.bonus());
            let context = RefundContext {
                stands: self.stands.get(which),
                paid_minor: paid,
                bonus_minor: bonus,
                rules: &rules,
                number: "",
                till: "",
                shift: None,
                shift_required: false,
            };
            match refund_top_up(&draft, &context) {
                Ok(back) => {
                    self.post(&back);
                    self.handed_back -= back.kept()[0].1;
                    self.stands[which].refunded_minor += amount_minor;
                }
                Err(BalanceRefusal::UnknownTopUp) => assert!(self.stands.len() <= which),
                Err(BalanceRefusal::RefundTooLarge { most_minor }) => assert!(most_minor < amount_minor),
                Err(BalanceRefusal::BonusSpent { withheld_minor }) => assert!(withheld_minor >= amount_minor),
                Err(refusal) => panic!("{refusal}"),
            }
        }
    }

    /// Two top-ups, payments and refunds in every order of five acts: nothing falls below zero, the ledger balances, and nobody takes out more
    /// money than they put in less the goods they took, save what the shop gave them as goods for their bonus.
    #[test]
    fn in_every_order_nothing_is_below_zero_and_nothing_is_gained() {
        let acts: [fn(&mut World); 8] = [
            |world| world.pay_in(2),
            |world| world.pay_in(4),
            |world| world.pay_in(6),
            |world| world.spend(3),
            |world| world.spend(7),
            |world| world.give_back(0, 2),
            |world| world.give_back(0, 6),
            |world| world.give_back(1, 3),
        ];
        let mut worlds = vec![World::default()];
        for _ in 0..5 {
            worlds = worlds
                .iter()
                .flat_map(|world| {
                    acts.iter().map(|act| {
                        let mut next = world.clone();
                        act(&mut next);
                        assert!(next.paid() >= 0 && next.bonus() >= 0, "never below zero");
                        assert_eq!(next.balances.values().sum::<i64>(), 0);
                        let given = next.balances.get(&Account::balance_given()).copied().unwrap_or(0);
                        assert_eq!(next.handed_in + given, next.handed_back + next.goods + next.paid() + next.bonus());
                        next
                    })
                })
                .collect();
        }
        assert!(worlds.iter().any(|world| world.handed_back == 6 && world.goods == 0));
        assert!(worlds.iter().all(|world| world.handed_back <= world.handed_in));
    }

    #[test]
    fn the_highest_step_that_is_reached_brings_its_bonus_once() {
        let brought = |amount| bonus_of(&STEPS, amount);
        assert_eq!([0, 2, 3, 5, 6, 600].map(brought), [0, 0, 1, 1, 5, 5]);
        assert_eq!(bonus_of(&[], 100), 0);
    }

    #[test]
    fn each_refusal_in_words() {
        let rules = rules();
        let context = TopUpContext { bonus: &[], rules: &rules, known: true, number: "", till: "", shift: None, shift_required: true };
        let draft = |kind, amount_minor, handed| TopUpDraft {
            top_up: id(1),
            member: World::member(),
            amount_minor,
            tenders: vec![TenderDraft { kind, amount_minor: handed, reference: None }],
        };
        let said = |draft: TopUpDraft| top_up(&draft, &context).expect_err("refused").to_string();
        assert_eq!(said(draft(TenderKind::Cash, 0, 0)), "say how much is paid in");
        assert_eq!(said(draft(TenderKind::Balance, 5, 5)), "balance does not pay into a balance");
        assert_eq!(said(draft(TenderKind::Card, 5, 6)), "1 too much: change comes from cash alone");
        assert_eq!(said(draft(TenderKind::Card, 5, 5)), "no shift is open on this till: open one first");
        let open = TopUpContext { shift_required: false, ..context };
        assert_eq!(top_up(&draft(TenderKind::Card, 5, 4), &open).expect_err("refused").to_string(), "the customer still owes 1");
        let unknown = TopUpContext { known: false, ..open };
        assert_eq!(top_up(&draft(TenderKind::Card, 5, 5), &unknown), Err(BalanceRefusal::UnknownMember));
    }
}
