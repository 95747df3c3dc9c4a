//! Why a draft is not priced, or not settled.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A rule's no, with what is needed to mend the draft. Lines count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PriceRefusal {
    /// Nothing was scanned.
    #[error("a sale needs at least one line")]
    NoLines,
    /// The shop does not sell it.
    #[error("line {line}: there is no product {product}")]
    UnknownProduct {
        /// The line.
        line: usize,
        /// As asked.
        product: String,
    },
    /// The quantity is zero or below.
    #[error("line {line}: the quantity must be above zero")]
    QuantityNotAboveZero {
        /// The line.
        line: usize,
    },
    /// A price, discount or tender below zero.
    #[error("line {line}: {what} cannot be below zero")]
    BelowZero {
        /// The line, or the place in the list of discounts or tenders.
        line: usize,
        /// `price`, `discount`, `order_discount`, `points`, `tender`.
        what: String,
    },
    /// The shop has no such tax class.
    #[error("line {line}: there is no tax class {tax}")]
    UnknownTax {
        /// The line.
        line: usize,
        /// As on the product.
        tax: String,
    },
    /// The product is not to be had for points.
    #[error("line {line}: {product} is not to be had for points")]
    NotAGift {
        /// The line.
        line: usize,
        /// The product.
        product: String,
    },
    /// Gifts come in whole pieces, save weighed goods.
    #[error("line {line}: a gift comes in whole pieces")]
    GiftNotWhole {
        /// The line.
        line: usize,
    },
    /// A gift needs a member.
    #[error("points belong to a member, and the sale has none")]
    PointsNeedMember,
    /// The gifts cost more points than the member has.
    #[error("the gifts cost {needed} points, {available} are there")]
    PointsShort {
        /// What the gifts cost.
        needed: i64,
        /// What the member may spend.
        available: i64,
    },
    /// The shop has no such coupon.
    #[error("there is no coupon {coupon}")]
    UnknownCoupon {
        /// As typed.
        coupon: String,
    },
    /// The coupon stands twice on the ticket.
    #[error("coupon {coupon} is already on the ticket")]
    CouponTwice {
        /// The code.
        coupon: String,
    },
    /// The coupon was used up.
    #[error("coupon {coupon} was used already")]
    CouponUsed {
        /// The code.
        coupon: String,
    },
    /// The coupon does not hold today.
    #[error("coupon {coupon} does not hold on {today}")]
    CouponNotToday {
        /// The code.
        coupon: String,
        /// The business date.
        today: String,
    },
    /// The coupon is limited per member, and the sale has none.
    #[error("coupon {coupon} is for members")]
    CouponNeedsMember {
        /// The code.
        coupon: String,
    },
    /// Amounts beyond what the books hold.
    #[error("line {line}: the amount is too large")]
    TooLarge {
        /// The line.
        line: usize,
    },
    /// A discount by hand above what the actor may give.
    #[error("{given_minor} off is more than the {allowed_minor} that may be given without approval")]
    NeedsApproval {
        /// The line; absent for discounts of the whole order.
        line: Option<usize>,
        /// What was taken off by hand, in minor units.
        given_minor: i64,
        /// What may be, in minor units.
        allowed_minor: i64,
    },
    /// The tenders do not cover what is due.
    #[error("the customer still owes {missing_minor}")]
    OwesMore {
        /// What is missing, in minor units.
        missing_minor: i64,
    },
    /// The tender is taken only with the reference of the outside payment.
    #[error("{tender} needs the reference of the payment")]
    ReferenceNeeded {
        /// Code of the tender.
        tender: String,
    },
    /// Tenders other than cash exceed what is due; there is no change from them.
    #[error("{excess_minor} too much: change comes from cash alone")]
    ChangeFromCashAlone {
        /// By how much, in minor units.
        excess_minor: i64,
    },
    /// Stored value needs a member.
    #[error("stored value belongs to a member, and the sale has none")]
    BalanceNeedsMember,
    /// The member's stored value does not cover the tender.
    #[error("the member's balance is short of {missing_minor}")]
    BalanceShort {
        /// What is missing, in minor units.
        missing_minor: i64,
    },
    /// Goods without a sale to show for them come back only if somebody who may has agreed.
    #[error("a return without a sale needs approval")]
    ReturnNeedsApproval,
}
