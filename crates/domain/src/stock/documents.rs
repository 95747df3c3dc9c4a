//! Documents of the back room: deliveries, transfers, counts; suppliers and the places where goods lie.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{MOST_MILLI, StockRefusal, value::Holding};
use crate::{
    fact::Posts,
    ids::{LocationId, ProductId, SupplierId},
    ledger::{Account, Posting, Unit},
    share::portion,
};

/// A supplier came to be known, changed, or is no longer used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierSaved {
    /// The supplier.
    pub supplier: SupplierId,
    /// The card as it stands from now on.
    pub card: SupplierCard,
}
impl Posts for SupplierSaved {}

/// What the shop notes of a supplier.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct SupplierCard {
    /// Name.
    pub name: String,
    /// Whom to talk to.
    #[serde(default)]
    pub contact: Option<String>,
    /// Telephone, as typed.
    #[serde(default)]
    pub phone: Option<String>,
    /// Free text.
    #[serde(default)]
    pub note: Option<String>,
    /// True once it is no longer offered.
    #[serde(default)]
    pub archived: bool,
}

/// A place for goods came to be, got another name, or is no longer used. The nil id names the shop floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationSaved {
    /// The place.
    pub location: LocationId,
    /// Its name.
    pub name: String,
    /// True once it is no longer offered.
    #[serde(default)]
    pub archived: bool,
}
impl Posts for LocationSaved {}

/// A delivery came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GoodsReceived {
    /// Number of the document.
    pub number: String,
    /// Who delivered.
    #[serde(default)]
    pub supplier: Option<SupplierId>,
    /// The supplier's own number: delivery note or invoice.
    #[serde(default)]
    pub reference: Option<String>,
    /// Where the goods were put; absent for the shop floor.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// What came.
    pub lines: Vec<ReceivedLine>,
    /// Free text.
    #[serde(default)]
    pub note: Option<String>,
}

/// One product of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceivedLine {
    /// The product.
    pub product: ProductId,
    /// Its code then.
    pub code: String,
    /// Its name then.
    pub name: String,
    /// Thousandths of a piece, above zero.
    pub qty_milli: i64,
    /// What the whole line cost, in minor units.
    pub cost_minor: i64,
    /// The part of it for goods that had been sold before they were booked in.
    #[serde(default)]
    pub late_minor: i64,
}

impl Posts for GoodsReceived {
    fn postings(&self) -> Vec<Posting> {
        let at = Account::stock_at(self.location);
        let mut postings = Vec::with_capacity(self.lines.len() * 2);
        for line in &self.lines {
            postings.extend(Posting::moving(Unit::stock(line.product), at.clone(), Account::suppliers(), line.qty_milli));
            let kept = line.cost_minor - line.late_minor;
            postings.extend(Posting::moving(Unit::money(), Account::stock_value(line.product), Account::stock_payable(), kept));
            postings.extend(Posting::moving(Unit::money(), Account::stock_cost(), Account::stock_payable(), line.late_minor));
        }
        postings
    }
}

/// Goods went from one place to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StockTransferred {
    /// Number of the document.
    pub number: String,
    /// Whence; absent for the shop floor.
    #[serde(default)]
    pub from: Option<LocationId>,
    /// Whither; absent for the shop floor.
    #[serde(default)]
    pub to: Option<LocationId>,
    /// What went.
    pub lines: Vec<MovedLine>,
    /// Free text.
    #[serde(default)]
    pub note: Option<String>,
}

/// One product of a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MovedLine {
    /// The product.
    pub product: ProductId,
    /// Its code then.
    pub code: String,
    /// Its name then.
    pub name: String,
    /// Thousandths of a piece, above zero.
    pub qty_milli: i64,
}

impl Posts for StockTransferred {
    fn postings(&self) -> Vec<Posting> {
        let (from, to) = (Account::stock_at(self.from), Account::stock_at(self.to));
        let move_line = |line: &MovedLine| Posting::moving(Unit::stock(line.product), to.clone(), from.clone(), line.qty_milli);
        self.lines.iter().filter_map(move_line).collect()
    }
}

/// A place was counted: one document for all differences. What was counted right stands in it too, as proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StockCounted {
    /// Number of the document.
    pub number: String,
    /// Which place; absent for the shop floor.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// What was counted.
    pub lines: Vec<CountedLine>,
    /// Free text.
    #[serde(default)]
    pub note: Option<String>,
}

/// One product of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountedLine {
    /// The product.
    pub product: ProductId,
    /// Its code then.
    pub code: String,
    /// Its name then.
    pub name: String,
    /// What the books said at the moment of its last scan, in thousandths.
    pub expected_milli: i64,
    /// What was there.
    pub counted_milli: i64,
    /// Highest number of the journal that stood at that moment: what was sold later is not counted twice.
    pub seen: i64,
    /// By how much the value moves, in minor units.
    #[serde(default)]
    pub value_minor: i64,
}

impl CountedLine {
    /// What the stock moves by.
    pub fn by_milli(&self) -> i64 {
        self.counted_milli - self.expected_milli
    }
}

impl Posts for StockCounted {
    fn postings(&self) -> Vec<Posting> {
        let (at, found) = (Account::stock_at(self.location), Account::stock_adjusted("count"));
        let mut postings = Vec::new();
        for line in &self.lines {
            postings.extend(Posting::moving(Unit::stock(line.product), at.clone(), found.clone(), line.by_milli()));
            postings.extend(Posting::moving(Unit::money(), Account::stock_value(line.product), found.clone(), line.value_minor));
        }
        postings
    }
}

/// What the goods of one product are worth was set right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StockRevalued {
    /// The product.
    pub product: ProductId,
    /// Minor units; below zero where they are worth less.
    pub by_minor: i64,
    /// Why, as typed.
    #[serde(default)]
    pub note: Option<String>,
}

impl Posts for StockRevalued {
    fn postings(&self) -> Vec<Posting> {
        let account = Account::stock_adjusted("value");
        Posting::moving(Unit::money(), Account::stock_value(self.product), account, self.by_minor).into_iter().collect()
    }
}

/// Decides a delivery: `held` is what is on hand of each line's product, in the order of the lines, before it. Two lines of one product are
/// worked out one after the other.
///
/// # Errors
/// [`StockRefusal`]
pub fn receive_goods(mut goods: GoodsReceived, holding: impl Fn(ProductId) -> Holding) -> Result<GoodsReceived, StockRefusal> {
    check_quantities(goods.lines.iter().map(|line| line.qty_milli))?;
    if goods.lines.iter().any(|line| line.cost_minor < 0) {
        return Err(StockRefusal::CostBelowZero);
    }
    if goods.lines.iter().any(|line| line.cost_minor > crate::pricing::LARGEST_MINOR) {
        return Err(StockRefusal::TooMuch);
    }
    let mut held = std::collections::BTreeMap::new();
    for line in &mut goods.lines {
        let held = held.entry(line.product).or_insert_with(|| holding(line.product));
        line.late_minor = held.arrive(line.qty_milli, line.cost_minor).late_minor;
    }
    goods.reference = tidy(goods.reference);
    goods.note = tidy(goods.note);
    Ok(goods)
}

/// Decides a transfer.
///
/// # Errors
/// [`StockRefusal`]
pub fn transfer(mut transferred: StockTransferred) -> Result<StockTransferred, StockRefusal> {
    if transferred.from == transferred.to {
        return Err(StockRefusal::SamePlace);
    }
    check_quantities(transferred.lines.iter().map(|line| line.qty_milli))?;
    transferred.note = tidy(transferred.note);
    Ok(transferred)
}

/// Decides a count: works out by how much the value moves, product by product. `holding` is what is on hand now, `cost` what one piece costs
/// where there is no average.
///
/// # Errors
/// [`StockRefusal`]
pub fn count(
    mut counted: StockCounted,
    holding: impl Fn(ProductId) -> Holding,
    cost: impl Fn(ProductId) -> i64,
) -> Result<StockCounted, StockRefusal> {
    if counted.lines.is_empty() {
        return Err(StockRefusal::NoLines);
    }
    for line in &mut counted.lines {
        if line.counted_milli < 0 {
            return Err(StockRefusal::CountedBelowZero);
        }
        if line.counted_milli >= MOST_MILLI {
            return Err(StockRefusal::TooMuch);
        }
        line.value_minor = holding(line.product).set_right(line.by_milli(), cost(line.product));
    }
    counted.note = tidy(counted.note);
    Ok(counted)
}

/// What a whole line costs at this cost of one, rounded once. `None` beyond what the books hold.
pub fn line_cost(unit_minor: i64, qty_milli: i64) -> Option<i64> {
    portion(unit_minor, qty_milli.into(), 1000)
}

fn check_quantities(quantities: impl ExactSizeIterator<Item = i64>) -> Result<(), StockRefusal> {
    if quantities.len() == 0 {
        return Err(StockRefusal::NoLines);
    }
    for qty in quantities {
        match qty {
            0 => return Err(StockRefusal::NoQuantity),
            i64::MIN..0 => return Err(StockRefusal::ReceivedBelowZero),
            MOST_MILLI.. => return Err(StockRefusal::TooMuch),
            _ => {}
        }
    }
    Ok(())
}

/// Trims a text; nothing where nothing is left.
pub fn tidy(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A count taken while goods are sold: whatever is sold before, between and after the scans, the shelf ends at what is really there.
    #[test]
    fn a_count_holds_whatever_is_sold_meanwhile() {
        for really in 0..4i64 {
            for booked in -2..5i64 {
                for sold_after in 0..=really {
                    for cost in [0i64, 700] {
                        let product = ProductId(uuid::Uuid::nil());
                        let line = CountedLine {
                            product,
                            code: "T1".into(),
                            name: "茶".into(),
                            expected_milli: booked * 1000,
                            counted_milli: really * 1000,
                            seen: 1,
                            value_minor: 0,
                        };
                        let counted = StockCounted { number: "1A-C000001".into(), location: None, lines: vec![line], note: None };
                        // The books went on by what was sold after the scan.
                        let now = Holding { qty_milli: (booked - sold_after) * 1000, value_minor: (booked - sold_after).max(0) * cost };
                        let posted = count(counted, |_| now, |_| cost).unwrap();
                        let after = Holding {
                            qty_milli: now.qty_milli + posted.lines[0].by_milli(),
                            value_minor: now.value_minor + posted.lines[0].value_minor,
                        };
                        assert_eq!(after.qty_milli, (really - sold_after) * 1000);
                        assert_eq!(after.value_minor, (really - sold_after) * cost, "{really} {booked} {sold_after}");
                        let moved: i64 = posted.postings().iter().filter(|posting| posting.0.0 == "stock").map(|posting| posting.3).sum();
                        assert_eq!(moved, (really - booked).abs() * 1000);
                    }
                }
            }
        }
    }

    #[test]
    fn each_rule_in_the_order_it_speaks() {
        let moved = |lines: &[i64], to: u128| {
            let line = |qty: &i64| MovedLine { product: ProductId(uuid::Uuid::nil()), code: String::new(), name: String::new(), qty_milli: *qty };
            let to = (to > 0).then(|| LocationId(uuid::Uuid::from_u128(to)));
            transfer(StockTransferred { number: String::new(), from: None, to, lines: lines.iter().map(line).collect(), note: None })
        };
        assert_eq!(moved(&[1000], 0), Err(StockRefusal::SamePlace));
        assert_eq!(moved(&[], 1), Err(StockRefusal::NoLines));
        assert_eq!(moved(&[1000, 0], 1), Err(StockRefusal::NoQuantity));
        assert_eq!(moved(&[1000, -1], 1), Err(StockRefusal::ReceivedBelowZero));
        assert_eq!(moved(&[MOST_MILLI], 1), Err(StockRefusal::TooMuch));
        assert_eq!(moved(&[1000, 2000], 1).map(|moved| moved.postings().len()), Ok(2));
    }
}
