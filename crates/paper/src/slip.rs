//! The report of a shift on paper: X while it is open, Z at its end.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    layout::{PaperWidth, Row, page},
    words::{Language, Word},
};

/// Everything that a shift's report shows. Amounts are in minor units of one currency with `digits` decimals.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ShiftSlip {
    /// Language of the printed words.
    pub language: Language,
    /// Decimals of the currency.
    pub digits: u8,
    /// True on a reprint.
    pub copy: bool,
    /// Name of the shop.
    pub shop: String,
    /// Name of the till.
    pub till: String,
    /// Number of the Z report; absent on an X report.
    pub number: Option<String>,
    /// When and by whom it was opened.
    pub opened: (String, String),
    /// When and by whom it was closed; on an X report, now and for whom.
    pub until: (String, String),
    /// Receipts.
    pub receipts: i64,
    /// Net of goods.
    pub net_minor: i64,
    /// Discounts given.
    pub discount_minor: i64,
    /// Tax.
    pub tax_minor: i64,
    /// What came in for stored value and vouchers, less what went back of it.
    pub owed_minor: i64,
    /// The drawer; absent where whoever reads is to count blind.
    pub drawer: Option<DrawerSlip>,
    /// Other tenders.
    pub tenders: Vec<TenderSlip>,
    /// Why counted and expected differ.
    pub reason: Option<String>,
}

/// What went through the drawer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct DrawerSlip {
    /// Put in at first.
    pub float_minor: i64,
    /// Kept of what customers handed over.
    pub taken_minor: i64,
    /// Given back for returns, below zero.
    pub given_minor: i64,
    /// Cash in and out: word of the way, reason, amount with its sign.
    pub moves: Vec<CashSlip>,
    /// What should be in it.
    pub expected_minor: i64,
    /// What was counted, on a Z report.
    pub counted_minor: Option<i64>,
    /// The pieces counted: value, how many.
    pub pieces: Vec<(i64, i64)>,
}

/// Cash in or out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CashSlip {
    /// Into the drawer, out of it, or into the safe.
    pub way: CashSlipWay,
    /// Why.
    pub reason: String,
    /// How much, below zero where it left the drawer.
    pub amount_minor: i64,
}

/// Which way cash went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CashSlipWay {
    /// Into the drawer.
    In,
    /// Out of it.
    Out,
    /// Into the safe.
    Safe,
}

/// Another tender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TenderSlip {
    /// Its name in the shop's language.
    pub name: String,
    /// What the sales say, returns taken off.
    pub expected_minor: i64,
    /// What was counted, where it was.
    pub counted_minor: Option<i64>,
}

/// Lays the report out for paper of that width, ending with a cut.
pub fn shift_rows(slip: &ShiftSlip, width: PaperWidth) -> Vec<Row> {
    let mut page = page(width, slip.language, slip.digits);
    page.centered(&slip.shop, page.large());
    page.centered(page.say(if slip.number.is_some() { Word::ZReport } else { Word::XReport }), page.bold());
    if slip.copy {
        page.centered(page.say(Word::Copy), page.bold());
    }
    if let Some(number) = &slip.number {
        page.wrapped(&page.say_with(Word::Number, number));
    }
    page.wrapped(&page.say_with(Word::Till, &slip.till));
    page.columns(&page.say_with(Word::Opened, &slip.opened.0), &slip.opened.1, page.plain());
    page.columns(&page.say_with(Word::Until, &slip.until.0), &slip.until.1, page.plain());
    page.rule('-');
    page.columns(page.say(Word::Receipts), &slip.receipts.to_string(), page.plain());
    page.amount(Word::NetSales, slip.net_minor);
    if slip.discount_minor != 0 {
        page.amount(Word::Discount, -slip.discount_minor);
    }
    if slip.tax_minor != 0 {
        page.amount(Word::TaxTotal, slip.tax_minor);
    }
    if slip.owed_minor != 0 {
        page.amount(Word::Owed, slip.owed_minor);
    }
    page.rule('-');
    match &slip.drawer {
        Some(drawer) => page.drawer(drawer),
        None => page.wrapped(page.say(Word::CountFirst)),
    }
    for tender in &slip.tenders {
        page.columns(&tender.name, &page.money(tender.expected_minor), page.plain());
        if let Some(counted) = tender.counted_minor {
            page.amount(Word::Counted, counted);
            page.amount(Word::Difference, counted - tender.expected_minor);
        }
    }
    if let Some(reason) = &slip.reason {
        page.wrapped(&page.say_with(Word::Reason, reason));
    }
    page.rule('=');
    page.end()
}

impl crate::layout::Page {
    fn amount(&mut self, word: Word, minor: i64) {
        self.columns(self.say(word), &self.money(minor), self.plain());
    }

    fn drawer(&mut self, drawer: &DrawerSlip) {
        self.centered(self.say(Word::Drawer), self.bold());
        self.amount(Word::Float, drawer.float_minor);
        self.amount(Word::CashKept, drawer.taken_minor);
        if drawer.given_minor != 0 {
            self.amount(Word::CashBack, drawer.given_minor);
        }
        for moved in &drawer.moves {
            let word = match moved.way {
                CashSlipWay::In => Word::PaidIn,
                CashSlipWay::Out => Word::PaidOut,
                CashSlipWay::Safe => Word::ToSafe,
            };
            let name = format!("{} {}", self.say(word), moved.reason);
            self.columns(name.trim_end(), &self.money(moved.amount_minor), self.plain());
        }
        self.columns(self.say(Word::Expected), &self.money(drawer.expected_minor), self.bold());
        if let Some(counted) = drawer.counted_minor {
            for (value, pieces) in &drawer.pieces {
                self.columns(&format!("  {} x {pieces}", self.money(*value)), &self.money(value * pieces), self.plain());
            }
            self.columns(self.say(Word::Counted), &self.money(counted), self.bold());
            self.columns(self.say(Word::Difference), &self.money(counted - drawer.expected_minor), self.bold());
        }
        self.rule('-');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{escpos, reader};

    fn z() -> ShiftSlip {
        ShiftSlip {
            digits: 2,
            shop: "青禾茶舍".into(),
            till: "1".into(),
            number: Some("Z1A-000001".into()),
            opened: ("2026-03-10 09:00".into(), "王芳".into()),
            until: ("2026-03-10 21:00".into(), "李静".into()),
            receipts: 2,
            net_minor: 15_000,
            drawer: Some(DrawerSlip {
                float_minor: 30_000,
                taken_minor: 10_000,
                given_minor: 0,
                moves: vec![CashSlip { way: CashSlipWay::Out, reason: "快递费".into(), amount_minor: -1200 }],
                expected_minor: 38_800,
                counted_minor: Some(38_300),
                pieces: vec![(10_000, 3), (100, 83)],
            }),
            tenders: vec![TenderSlip { name: "微信支付".into(), expected_minor: 5000, counted_minor: Some(5000) }],
            reason: Some("找错零".into()),
            ..ShiftSlip::default()
        }
    }

    fn paper(slip: &ShiftSlip) -> String {
        reader::plain_text(&reader::read(&escpos::bytes(&shift_rows(slip, PaperWidth::Paper58))), 32)
    }

    #[test]
    fn the_paper_says_expected_counted_and_the_difference() {
        let zh = paper(&z());
        for said in ["Z1A-000001", "388.00", "383.00", "-5.00", "找错零", "快递费", "100.00 x 3", "微信支付"] {
            assert!(zh.contains(said), "{said}\n{zh}");
        }
        let en = paper(&ShiftSlip { language: Language::En, ..z() });
        assert!(en.contains("Expected") && en.contains("Difference"), "{en}");
        let blind = paper(&ShiftSlip { drawer: None, number: None, ..z() });
        assert!(!blind.contains("388.00"), "who counts blind does not see what is expected\n{blind}");
    }
}
