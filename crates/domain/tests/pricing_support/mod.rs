//! Words for pricing tests: products, lines, and the laws that every quote obeys.
#![allow(dead_code, unused_imports)]

pub mod cases;

use std::collections::BTreeMap;

use banyan_domain::{
    money::{parse_decimal, parse_rate_ppm},
    share::portion,
};

pub use banyan_domain::pricing::*;

/// Minor units of a two-decimal amount.
pub fn yuan(text: &str) -> i64 {
    parse_decimal(text, 2).unwrap()
}

/// Millionths of a rate.
pub fn rate(text: &str) -> i64 {
    parse_rate_ppm(text).unwrap()
}

/// A small shop under test: what it sells, to whom, and what is on the ticket.
pub struct World {
    pub rules: PriceRules,
    pub products: BTreeMap<String, PriceProduct>,
    pub member: Option<PriceMember>,
    pub draft: SaleDraftPrices,
    pub today: String,
}

impl Default for World {
    /// Two decimals, no tax, no points, nobody, nothing.
    fn default() -> Self {
        let rules = PriceRules {
            minor_digits: 2,
            cash_rounding_minor: 0,
            taxes: BTreeMap::new(),
            points: None,
            coupons: BTreeMap::new(),
            discount_limit_ppm: None,
            tenders: TenderRules::default(),
        };
        Self { rules, products: BTreeMap::new(), member: None, draft: SaleDraftPrices::default(), today: String::new() }
    }
}

impl World {
    /// A shop where this much is on the ticket: `(product, price, pieces)`.
    pub fn selling(lines: &[(&str, &str, &str)]) -> Self {
        let mut world = Self::default();
        for (id, price, qty) in lines {
            world = world.line(id, price, qty);
        }
        world
    }

    /// One more line.
    pub fn line(mut self, id: &str, price: &str, qty: &str) -> Self {
        let product = PriceProduct { id: id.into(), price_minor: yuan(price), ..Default::default() };
        self.products.entry(id.into()).or_insert(product);
        self.draft.lines.push(DraftLine { product: id.into(), qty_milli: parse_decimal(qty, 3).unwrap(), ..Default::default() });
        self
    }

    /// The product has this tax, in the price or on top.
    pub fn tax(mut self, id: &str, percent: &str, included: bool) -> Self {
        let name = format!("{percent} {included}");
        let class = TaxClass { rate_ppm: rate(percent).try_into().unwrap(), included };
        self.rules.taxes.insert(name.clone(), class);
        self.product(id).tax = Some(name);
        self
    }

    pub fn product(&mut self, id: &str) -> &mut PriceProduct {
        self.products.get_mut(id).unwrap()
    }

    /// A member with so many points buys.
    pub fn member(mut self, points: i64) -> Self {
        self.member = Some(PriceMember { points, ..Default::default() });
        self
    }

    /// Points: the amount that earns one, the value of one, step, largest share.
    pub fn points(mut self, earn_per: &str, value: &str, step: i64, max_share: &str) -> Self {
        self.rules.points = Some(PointsRules {
            earn_per_minor: yuan(earn_per),
            value_micro: parse_decimal(value, 8).unwrap(),
            step,
            max_share_ppm: rate(max_share),
            ..Default::default()
        });
        self
    }

    pub fn spend(mut self, points: i64) -> Self {
        self.draft.points = points;
        self
    }

    pub fn discount(mut self, kind: DiscountKind, max: Option<&str>, category: Option<&str>, products: &[&str]) -> Self {
        let on = Eligible { category: category.map(str::to_owned), products: products.iter().map(|id| (*id).to_owned()).collect() };
        self.draft.discounts.push(OrderDiscount { kind, max_minor: max.map(yuan), on });
        self
    }

    pub fn off(self, text: &str) -> Self {
        self.discount(DiscountKind::Plain(off(text)), None, None, &[])
    }

    /// The shop gives out a coupon, and it is on the ticket.
    pub fn coupon(mut self, code: &str, off_text: &str, max: Option<&str>) -> Self {
        let (off, max_minor) = (off(off_text), max.map(yuan));
        let coupon = Coupon { off, over_minor: 0, max_minor, on: Eligible::default(), left: None, from: None, to: None };
        self.rules.coupons.insert(code.into(), coupon);
        self.discount(DiscountKind::Coupon(code.into()), None, None, &[])
    }

    pub fn line_off(mut self, line: usize, text: &str) -> Self {
        self.draft.lines[line].discount = Some(off(text));
        self
    }

    pub fn pay(mut self, kind: TenderKind, amount: &str) -> Self {
        self.draft.tenders.push(Tender { kind, amount_minor: yuan(amount) });
        self
    }

    pub fn quote(&self) -> Result<Quote, PriceRefusal> {
        let quote = price(&self.rules, &self.products, self.member.as_ref(), &self.draft, &self.today)?;
        obeys_the_laws(&quote, &self.draft);
        Ok(quote)
    }

    pub fn settle(&self) -> Result<(), PriceRefusal> {
        settle(&self.rules, self.member.as_ref(), &self.draft, &self.quote()?)
    }
}

/// `"10%"` or `"2.00"`.
pub fn off(text: &str) -> Off {
    if text.ends_with('%') { Off::PercentPpm(rate(text)) } else { Off::AmountMinor(yuan(text)) }
}

/// Every law that holds for any quote whatever.
pub fn obeys_the_laws(quote: &Quote, draft: &SaleDraftPrices) {
    let sum = |figure: fn(&LineQuote) -> i64| quote.lines.iter().map(figure).sum::<i64>();
    assert_eq!(quote.lines.len(), draft.lines.len());
    for line in &quote.lines {
        assert_eq!(line.net_minor, line.gross_minor - line.discount_minor - line.points_offset_minor, "{line:?}");
        assert!(line.line_discount_minor <= line.discount_minor);
        for figure in [
            line.unit_minor,
            line.gross_minor,
            line.discount_minor,
            line.line_discount_minor,
            line.points_offset_minor,
            line.net_minor,
            line.tax_minor,
            line.points_earned,
            line.points_spent,
        ] {
            assert!(figure >= 0, "{line:?}");
        }
        assert!(line.commission_base_minor == line.net_minor || line.commission_base_minor == 0);
        assert!(!line.tax_included || line.tax_minor <= line.net_minor);
        if line.gift {
            assert_eq!((line.gross_minor, line.net_minor, line.tax_minor, line.points_earned, line.points_offset_minor), (0, 0, 0, 0, 0));
        }
    }
    assert_eq!(quote.goods_minor, sum(|line| line.net_minor));
    assert_eq!(quote.tax_minor, sum(|line| line.tax_minor));
    assert_eq!(quote.tax_on_top_minor, sum(|line| if line.tax_included { 0 } else { line.tax_minor }));
    assert_eq!(quote.due_minor, quote.goods_minor + quote.tax_on_top_minor);
    assert_eq!(quote.points_offset_minor, sum(|line| line.points_offset_minor));
    assert_eq!(quote.points_spent, sum(|line| line.points_spent));
    assert_eq!(quote.points_earned, sum(|line| line.points_earned));
    let by_line = sum(|line| line.line_discount_minor);
    let by_order: i64 = quote.discounts.iter().map(|discount| discount.amount_minor).sum();
    assert_eq!(sum(|line| line.discount_minor), by_line + by_order);
    for discount in &quote.discounts {
        assert_eq!(discount.amount_minor, discount.parts_minor.iter().sum::<i64>());
        assert!(discount.parts_minor.iter().all(|part| *part >= 0));
    }
    let handed: i64 = draft.tenders.iter().map(|tender| tender.amount_minor).sum();
    let cash: i64 = draft.tenders.iter().filter(|tender| tender.kind == TenderKind::Cash).map(|tender| tender.amount_minor).sum();
    let kept: i64 = quote.kept.iter().map(|row| row.amount_minor).sum();
    assert_eq!((quote.paid_minor, kept), (handed, handed - quote.change_minor));
    assert!((0..=cash).contains(&quote.change_minor), "change comes from cash alone");
    assert!(quote.missing_minor == 0 || quote.change_minor == 0);
    if quote.missing_minor == 0 && handed - cash <= quote.due_minor {
        assert_eq!(kept, quote.due_minor + quote.cash_rounding_minor);
    }
    assert!(2 * quote.cash_rounding_minor.abs() <= quote.cash_step_minor.max(1));
}

/// Returns one asked quantity after another, checks every return against the law, and answers the last one.
pub fn return_all(sold: &Sold, steps: &[ReturnedQty]) -> Vec<ReturnQuote> {
    let mut already: Vec<ReturnedQty> = Vec::new();
    let mut answers = Vec::new();
    let mut total = vec![[0i64; 5]; sold.lines.len()];
    let mut gone = vec![0i64; sold.lines.len()];
    let mut handed = 0i64;
    for step in steps {
        let answer = take_back(sold, &already, std::slice::from_ref(step)).unwrap();
        already.push(*step);
        gone[step.line] += step.qty_milli;
        for line in &answer.lines {
            let figures = [line.refund_minor, line.tax_minor, line.commission_base_minor, line.points_taken, line.points_given];
            assert!(figures.iter().all(|figure| *figure >= 0));
            for (total, figure) in total[line.line].iter_mut().zip(figures) {
                *total += figure;
            }
        }
        for (line, figures) in sold.lines.iter().enumerate() {
            let whole = [figures.due_minor, figures.tax_minor, figures.commission_base_minor, figures.points_earned, figures.points_spent];
            let expected = whole.map(|amount| portion(amount, gone[line].into(), figures.qty_milli.into()).unwrap());
            assert_eq!(total[line], expected, "line {line} after {already:?}");
        }
        assert_eq!(answer.refund_minor, answer.lines.iter().map(|line| line.refund_minor).sum::<i64>());
        assert_eq!(answer.points_taken, answer.lines.iter().map(|line| line.points_taken).sum::<i64>());
        let paid_out: i64 = answer.refunds.iter().map(|row| row.amount_minor).sum();
        assert!(answer.refunds.iter().all(|row| row.amount_minor > 0));
        if !sold.kept.is_empty() {
            assert_eq!(paid_out, answer.refund_minor + answer.cash_rounding_minor);
        }
        handed += paid_out;
        answers.push(answer);
    }
    if gone.iter().zip(&sold.lines).all(|(gone, line)| *gone == line.qty_milli) {
        assert_eq!(handed, sold.kept.iter().map(|row| row.amount_minor).sum::<i64>(), "the tenders get back what they gave");
    }
    answers
}
