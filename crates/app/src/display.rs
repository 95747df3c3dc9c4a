//! The customer display: what the till shows to whoever buys. It is told, never asked: the window it stands in may ask nothing at all.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{failure::Failure, house::Notice, menu::Call};

/// What the customer sees. Every figure is one that the books gave the till; names of members come masked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct CustomerView {
    /// Lines in the order they were scanned; empty while nobody buys.
    pub lines: Vec<CustomerLine>,
    /// What is asked for, in minor units.
    pub due_minor: i64,
    /// What was taken off in all.
    pub off_minor: i64,
    /// Who buys, masked.
    pub member: Option<CustomerMember>,
    /// Handed over so far.
    pub paid_minor: i64,
    /// Given back; present once the sale is taken.
    pub change_minor: Option<i64>,
}

/// One line as the customer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CustomerLine {
    /// Name of the goods.
    pub name: String,
    /// Thousandths of a piece.
    pub qty_milli: i64,
    /// What the line costs, in minor units.
    pub net_minor: i64,
}

/// The buyer as everybody near the till may see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CustomerMember {
    /// Masked name.
    pub name: String,
    /// Points they have.
    pub points: i64,
    /// Points this sale brings.
    pub will_earn: i64,
    /// Stored value they have, in minor units.
    pub balance_minor: i64,
}

/// What the display shows of the shop itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CustomerShop {
    /// The shop's name.
    pub name: String,
    /// Decimals of its currency.
    pub digits: u8,
}

/// Whether the display is to be open.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct DisplayDraft {
    /// Opened.
    pub open: bool,
}

/// Shows the customer where the sale stands.
pub async fn show_customer(call: &Call<'_>, view: CustomerView) -> Result<(), Failure> {
    let shop = call.shop()?;
    let shown = CustomerShop { name: shop.settings().await.shop_name.clone(), digits: shop.info.minor_digits };
    call.house.tell(Notice::Customer { shop: shown, view });
    Ok(())
}

/// Opens the display, or closes it.
pub async fn open_display(call: &Call<'_>, DisplayDraft { open }: DisplayDraft) -> Result<(), Failure> {
    call.shop()?;
    call.house.tell(Notice::Display { open });
    Ok(())
}
