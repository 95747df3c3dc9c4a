//! The sample shop: a tea house with a few dozen products, members in a tree five deep, and three months of sales, made by the real rules.

mod goods;
mod people;

use domain::{
    fact::Fact,
    ids::{EntryId, MemberId, ProductId, SaleId},
    member::{MemberCard, MemberEnrolled},
    plan::Plan,
    plans::PlanActivated,
    pricing::{DraftLine, TenderKind},
    product::{ProductCard, ProductSaved},
    sale::{ChainLink, PlanUsed, SaleContext, SaleDraft, TenderDraft, decide, quote},
    stock::{StockAdjusted, value::Holding},
};

use crate::{
    failure::Failure,
    house::{House, Shop},
    jobs::Progress,
    plans::check,
    sales::price_product,
};

const DAYS: i64 = 92;
const DAY_MS: i64 = 86_400_000;

/// The plan of the sample: two levels by rank.
const PLAN: &str = r#"{"id":"shop","version":1,"currency":"CNY","rounding":{"unit":"0.01"},
"ranks":[{"id":"RANK0"},{"id":"RANK1"},{"id":"RANK2"}],
"rules":[{"id":"RULE","kind":"walk","accrue":"paid","source":{"event":"order","base":"net"},
"path":{"tree":"sponsor","self":false,"hold":"always","pay":{"active":true},"max":2,"index":"depth"},
"rate":{"mode":"absolute","table":{"RANK0":["8%","3%"],"RANK1":["10%","4%"],"RANK2":["12%","5%"]}}}],"limits":[]}"#;

/// A plain sequence of numbers, the same every time: the sample is the same shop for everybody.
struct Dice(u64);

impl Dice {
    /// A number from 0 to `below` − 1.
    fn roll(&mut self, below: u64) -> u64 {
        // Knuth's MMIX generator; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn pick(&mut self, below: usize) -> usize {
        usize::try_from(self.roll(u64::try_from(below.max(1)).unwrap_or(1))).unwrap_or(0)
    }
}

struct Placed {
    member: MemberId,
    sponsor: Option<usize>,
    rank: Option<String>,
}

/// Fills the shop, in one transaction.
pub async fn fill(house: &House, shop: &Shop, progress: &Progress) -> Result<(), Failure> {
    let mut writing = shop.books.write().await?;
    let outcome = fill_in(house, shop, progress, &mut writing).await;
    house.finish(writing, outcome).await
}

async fn fill_in(house: &House, shop: &Shop, progress: &Progress, writing: &mut books::Writing<'_>) -> Result<(), Failure> {
    let now_ms = house.world.now_ms();
    let began_ms = now_ms - DAYS * DAY_MS;
    let at = |at_ms: i64, fact: Fact| books::NewEntry {
        id: house.world.new_id(),
        at_ms,
        business_date: crate::world::business_date(at_ms, &shop.zone),
        actor: None,
        rules: None,
        fact,
    };
    let began = crate::world::business_date(began_ms, &shop.zone);
    let chinese = shop.info.language.starts_with("zh");
    let rule = if chinese { "销售提成" } else { "Sales commission" };
    let plain = PLAN.replace("CNY", &shop.info.currency).replace("RULE", rule);
    let named = people::RANKS.iter().enumerate().fold(plain, |text, (place, rank)| text.replace(&format!("RANK{place}"), rank.name(chinese)));
    let text = named;
    let plan = Plan::parse(&text).map_err(|error| Failure::Broken { trace: error.to_string() })?;
    let text = plan.to_json();
    let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
    let used = PlanUsed { version: 1, hash: hash.get(..8).unwrap_or(&hash).to_owned() };
    let bound_ppm = check(&plan, "none")?.bound_ppm;
    let activated = PlanActivated {
        version: 1,
        effective_from: began.clone(),
        plan: text,
        hash,
        bound_ppm,
        acknowledged: Vec::new(),
        acknowledgements: Vec::new(),
        simulated: None,
    };
    writing.record(at(began_ms, activated.into())).await?;

    let mut products: Vec<ProductId> = Vec::new();
    for (place, good) in goods::GOODS.iter().enumerate() {
        let product: ProductId = house.world.new_id();
        let card = card(place, good, chinese);
        let cost_minor = card.cost_minor;
        writing.record(at(began_ms, ProductSaved { product, card }.into())).await?;
        writing.record(at(began_ms, StockAdjusted::opening(product, good.stock * 1000, cost_minor).into())).await?;
        products.push(product);
    }
    let members = enrol(house, writing, &at, began_ms, &began, chinese).await?;

    let shelf_rows = writing.reads().shelf(&products).await?;
    let shelf = shelf_rows.iter().map(|row| (row.product.to_string(), price_product(row, None))).collect();
    let names = shelf_rows.iter().map(|row| (row.product.to_string(), (row.product, row.card.code.clone(), row.card.name.clone()))).collect();
    let rules = shop.settings().await.price_rules(shop.info.minor_digits, None);
    let mut holdings = writing.reads().holdings(&products).await?;
    let mut dice = Dice(20_260_101);
    let mut counter = 0;
    for day in 0..DAYS {
        progress.at("sample_sales", day, DAYS);
        for _ in 0..5 + dice.roll(8) {
            counter += 1;
            let minute = i64::try_from(dice.roll(600)).unwrap_or(0);
            // Between nine in the morning and seven in the evening of that day, and never later than now.
            let at_ms = (began_ms + day * DAY_MS - began_ms.rem_euclid(DAY_MS) + DAY_MS / 24 + minute * 60_000).min(now_ms);
            let today = crate::world::business_date(at_ms, &shop.zone);
            let buyer = (dice.roll(10) < 7).then(|| dice.pick(members.len()));
            let chain = chain_of(&members, buyer);
            let sale: SaleId = house.world.new_id();
            let lines = (0..1 + dice.pick(4)).map(|_| DraftLine {
                product: products[dice.pick(products.len())].to_string(),
                qty_milli: 1000 * (1 + i64::try_from(dice.roll(3)).unwrap_or(0)),
                ..DraftLine::default()
            });
            let mut draft = SaleDraft {
                sale,
                lines: lines.collect(),
                discounts: Vec::new(),
                points: 0,
                member: buyer.map(|place| members[place].member),
                tenders: Vec::new(),
                approval: None,
                salesperson: None,
            };
            let number = format!("1{}-{counter:06}", shop.books.chain_letter());
            let member = buyer.map(|_| domain::pricing::PriceMember::default());
            let context = SaleContext {
                rules: &rules,
                shelf: &shelf,
                names: &names,
                member: member.as_ref(),
                chain: &chain,
                plan: Some((&plan, used.clone())),
                promotions: &[],
                labels: &[],
                holdings: &holdings,
                location: None,
                vouchers: &std::collections::BTreeMap::new(),
                today: &today,
                number: &number,
                till: "1",
                approved_by: None,
                shift: None,
                shift_required: false,
                lots: None,
                points_usable_from: None,
                points_good_until: None,
            };
            let priced = quote(&draft, &context).map_err(Failure::refused)?.quote;
            let kind = [TenderKind::Cash, TenderKind::Wechat, TenderKind::Alipay][dice.pick(3)];
            draft.tenders.push(TenderDraft { kind, amount_minor: priced.due_minor, reference: None });
            let sold = decide(&draft, &context).map_err(Failure::refused)?;
            for line in &sold.lines {
                holdings.entry(line.product).or_insert_with(Holding::default).leave(line.qty_milli);
            }
            writing.record(books::NewEntry { id: EntryId(sale.0), ..at(at_ms, sold.into()) }).await?;
        }
    }
    Ok(())
}

async fn enrol(
    house: &House,
    writing: &mut books::Writing<'_>,
    at: &(impl Fn(i64, Fact) -> books::NewEntry + Sync),
    began_ms: i64,
    joined: &str,
    chinese: bool,
) -> Result<Vec<Placed>, Failure> {
    let mut members: Vec<Placed> = Vec::new();
    for (place, person) in people::PEOPLE.iter().enumerate() {
        let member: MemberId = house.world.new_id();
        let sponsor = person.sponsor;
        let rank = Some(person.rank.name(chinese).to_owned());
        let card = MemberCard {
            name: if chinese { person.name } else { person.name_en }.to_owned(),
            phone: Some(format!("+86138{:08}", 10_000_000 + place * 7919)),
            level: None,
            rank: rank.clone(),
            active: person.active,
            note: None,
            birthday: None,
            contact: None,
        };
        let number = format!("M{:06}", place + 1);
        let sponsor_id = sponsor.map(|place| members[place].member);
        writing.record(at(began_ms, MemberEnrolled { member, number, card, sponsor: sponsor_id, joined: joined.to_owned() }.into())).await?;
        members.push(Placed { member, sponsor, rank });
    }
    Ok(members)
}

fn chain_of(members: &[Placed], buyer: Option<usize>) -> Vec<ChainLink> {
    let mut chain = Vec::new();
    let mut place = buyer;
    while let Some(at) = place {
        chain.push(ChainLink { member: members[at].member, rank: members[at].rank.clone(), active: people::PEOPLE[at].active });
        place = members[at].sponsor;
    }
    chain
}

fn card(place: usize, good: &goods::Good, chinese: bool) -> ProductCard {
    let (name, name_2) = if chinese { (good.name, good.name_en) } else { (good.name_en, good.name) };
    ProductCard {
        code: format!("{:04}", place + 1),
        barcode: Some(barcode(place)),
        name: name.to_owned(),
        name_2: Some(name_2.to_owned()),
        category: Some(if chinese { good.category } else { good.category_en }.to_owned()),
        price_minor: good.price_minor,
        cost_minor: Some(good.price_minor * 55 / 100),
        tax: None,
        no_commission: good.no_commission,
        min_milli: Some(5000),
    }
}

/// An EAN-13 of the range that GS1 leaves to a shop's own use (prefix 200), with its check digit.
fn barcode(place: usize) -> String {
    let body = format!("200{:09}", place + 1);
    let weighed = |(at, digit): (usize, u8)| u32::from(digit - b'0') * if at % 2 == 0 { 1 } else { 3 };
    let sum: u32 = body.bytes().enumerate().map(weighed).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_a_shop_that_the_rules_would_take() {
        assert!(goods::GOODS.len() >= 24);
        for place in 0..goods::GOODS.len() {
            assert_eq!(domain::product::check_barcode(&barcode(place)), Ok(()));
        }
        let depth = |mut place: usize| {
            let mut depth = 0;
            while let Some(above) = people::PEOPLE[place].sponsor {
                assert!(above < place, "a sponsor joins before the member");
                (place, depth) = (above, depth + 1);
            }
            depth
        };
        assert!((0..people::PEOPLE.len()).map(depth).max() >= Some(5));
    }
}
