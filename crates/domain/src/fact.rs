//! What happened, in the past tense. Facts live for ever: kinds and optional fields are added, never renamed; a golden file pins the bytes of each.

use serde::Serialize;

use crate::{
    balance::{BalanceOpened, BalanceToppedUp, TopUpRefunded},
    close::{MonthClosed, MonthReopened, PeriodEarned, RanksDecided, StatementsIssued},
    erasure::MemberErased,
    import::SaleImported,
    ledger::Posting,
    level::{GrowthMoved, LevelChanged},
    member::{MemberChanged, MemberEnrolled, SponsorMoved},
    merge::{MemberMerged, MergeFollowed},
    payout::{PayeeSaved, PayoutsHeld, PayoutsMoved, PayoutsRequested},
    person::{PersonAdded, PersonChanged, PinRefused},
    placement::{LegsCarried, MemberPlaced},
    plans::PlanActivated,
    points::{PointsGiven, award::PointsAwarded, life::PointsAged},
    prices::PricesSet,
    product::{ProductArchived, ProductSaved},
    promotion::PromotionSaved,
    returns::SaleReturned,
    risk::{CommissionHeld, StatementJudged},
    sale::SaleRecorded,
    shift::{CashMoved, ShiftClosed, ShiftOpened},
    shop::{SettingChanged, ShopOpened},
    stock::{GoodsReceived, LocationSaved, StockAdjusted, StockCounted, StockReceived, StockRevalued, StockTransferred, SupplierSaved},
    tag::MembersTagged,
    task::TaskSettled,
    voucher::{VoucherChanged, VoucherIssued},
};

macro_rules! facts {
    ($($(#[$doc:meta])* $kind:ident, $class:literal;)+) => {
        /// Every kind of fact that this version of the program can read and write.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum Fact {
            $($(#[$doc])* $kind($kind)),+
        }

        impl Fact {
            /// The kind as it stands in the journal.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$kind(_) => stringify!($kind)),+ }
            }

            /// 0 may be ignored by a version that does not know the kind, 1: its postings suffice, 2: it must be understood.
            pub fn class(&self) -> u8 {
                match self { $(Self::$kind(_) => $class),+ }
            }

            /// The movements of value that this fact causes, in the order they stand in the entry.
            pub fn postings(&self) -> Vec<Posting> {
                match self { $(Self::$kind(fact) => Posts::postings(fact)),+ }
            }

            /// Reads the body of an entry of a known kind through the given decoder.
            ///
            /// # Errors
            /// `None` where this version does not know the kind; otherwise the decoder's own error.
            pub fn read<D: BodyDecoder>(kind: &str, decoder: D) -> Option<Result<Self, D::Error>> {
                match kind {
                    $(stringify!($kind) => Some(decoder.decode::<$kind>().map(Self::$kind)),)+
                    _ => None,
                }
            }
        }

        $(impl From<$kind> for Fact {
            fn from(fact: $kind) -> Self {
                Self::$kind(fact)
            }
        })+

        /// The kinds this version knows, in the order of the list above.
        pub const KINDS: &[&str] = &[$(stringify!($kind)),+];
    };
}

facts! {
    /// The shop came into being.
    ShopOpened, 2;
    /// One setting took a value.
    SettingChanged, 2;
    /// Someone began to work here.
    PersonAdded, 2;
    /// A person's name, role or PIN changed, or they left.
    PersonChanged, 2;
    /// Someone typed a wrong PIN.
    PinRefused, 0;
    /// A product was created or edited.
    ProductSaved, 2;
    /// A product was taken off the shelf list, or put back.
    ProductArchived, 2;
    /// Goods arrived.
    StockReceived, 1;
    /// A count differs, something broke.
    StockAdjusted, 1;
    /// A member joined.
    MemberEnrolled, 2;
    /// A member's own data changed.
    MemberChanged, 2;
    /// A member's personal data were erased.
    MemberErased, 2;
    /// A member got another sponsor.
    SponsorMoved, 2;
    /// A plan version takes effect from a date.
    PlanActivated, 2;
    /// A sale was taken at a till.
    SaleRecorded, 1;
    /// A document of an earlier system was brought in.
    SaleImported, 1;
    /// A month was closed and its statements released.
    MonthClosed, 2;
    /// The last closed month was opened again.
    MonthReopened, 2;
    /// What a month's own rules earned.
    PeriodEarned, 1;
    /// Everyone's rank after a month.
    RanksDecided, 2;
    /// A month's statements.
    StatementsIssued, 1;
    /// A drawer was put into a till.
    ShiftOpened, 2;
    /// Cash went into a drawer or out of it, and not for goods.
    CashMoved, 1;
    /// A drawer was counted and taken out.
    ShiftClosed, 2;
    /// Goods came back.
    SaleReturned, 1;
    /// A product got other prices, from a day on.
    PricesSet, 2;
    /// A promotion or a coupon was set up or changed.
    PromotionSaved, 2;
    /// A supplier came to be known, or changed.
    SupplierSaved, 2;
    /// A place for goods came to be, or changed.
    LocationSaved, 2;
    /// A delivery came.
    GoodsReceived, 1;
    /// Goods went from one place to another.
    StockTransferred, 1;
    /// A place was counted.
    StockCounted, 1;
    /// What goods are worth was set right.
    StockRevalued, 1;
    /// A member got a place in the binary tree.
    MemberPlaced, 2;
    /// What legs bring forward after a month.
    LegsCarried, 2;
    /// Points were given or taken by hand.
    PointsGiven, 1;
    /// A member said where commission is paid to.
    PayeeSaved, 2;
    /// Payouts were asked for.
    PayoutsRequested, 1;
    /// Payouts went on, or came back.
    PayoutsMoved, 1;
    /// A member's amounts are held back, or no longer.
    PayoutsHeld, 2;
    /// A member paid money in.
    BalanceToppedUp, 1;
    /// A member brought stored value along from the system before.
    BalanceOpened, 1;
    /// Money of a top-up was given back.
    TopUpRefunded, 1;
    /// Locked points became usable, or the last day of points was over.
    PointsAged, 1;
    /// Points for coming by, or for a birthday.
    PointsAwarded, 1;
    /// A voucher was sold, given or replaced.
    VoucherIssued, 1;
    /// A voucher got another last day, was blocked or let through.
    VoucherChanged, 2;
    /// A member's growth moved.
    GrowthMoved, 1;
    /// A member's level changed, was kept or was given by hand.
    LevelChanged, 2;
    /// Members got a tag, or lost it.
    MembersTagged, 0;
    /// Somebody settled what tills that were apart left behind.
    TaskSettled, 0;
    /// Somebody looked a member's month over.
    StatementJudged, 2;
    /// Commission on released statements is kept back, or no longer.
    CommissionHeld, 2;
    /// A member's card was merged into another's.
    MemberMerged, 2;
    /// What a merged card held went over to the card that stays.
    MergeFollowed, 1;
}

/// How a kind of fact moves value.
pub trait Posts {
    /// The movements, none where the fact moves nothing.
    fn postings(&self) -> Vec<Posting> {
        Vec::new()
    }
}

/// Turns the stored body into a value; the books bring their encoding.
pub trait BodyDecoder {
    /// What can go wrong while decoding.
    type Error;
    /// Decodes the body as `T`.
    ///
    /// # Errors
    /// Where the bytes are not a `T`.
    fn decode<T: serde::de::DeserializeOwned>(self) -> Result<T, Self::Error>;
}
