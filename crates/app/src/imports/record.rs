//! Recording what was judged, in one transaction. Products are known by code, members by number, sales by system and number.

use std::collections::HashMap;
use std::sync::Arc;

use books::{NewEntry, Writing};
use domain::{
    fact::Fact,
    ids::{MemberId, PersonId, ProductId, SaleId},
    import::SaleImported,
    member::{MemberCard, MemberChanged, MemberEnrolled},
    plan::Plan,
    product::{ProductCard, ProductSaved},
    sale::{ChainLink, PlanUsed, earnings_of},
    stock::StockAdjusted,
};
use paper::intake::{members::MemberRecord, products::ProductRecord, sales::SaleRecord};

use super::{ImportDraft, ImportReport, Judged};
use crate::{
    failure::{DoorRefusal, Failure},
    house::{House, Shop},
    jobs::Progress,
};

/// Records everything, or on a dry run only counts what it would do.
pub async fn record(
    house: &Arc<House>,
    shop: &Shop,
    actor: Option<PersonId>,
    draft: &ImportDraft,
    judged: Judged,
    dry: bool,
    told: &Progress,
) -> Result<ImportReport, Failure> {
    let mut report = judged.report();
    let mut writing = shop.books.write().await?;
    let mut run = Run { house, shop, actor, draft, told, report: &mut report, dry };
    let outcome = match judged {
        Judged::Products(intake) => run.products(&mut writing, intake.records).await,
        Judged::Members(intake) => run.members(&mut writing, intake.records).await,
        Judged::Sales(intake, _) => run.sales(&mut writing, intake.records).await,
    };
    if dry {
        writing.abandon().await?;
        outcome?;
    } else {
        house.finish(writing, outcome).await?;
    }
    Ok(report)
}

struct Run<'a> {
    house: &'a House,
    shop: &'a Shop,
    actor: Option<PersonId>,
    draft: &'a ImportDraft,
    told: &'a Progress,
    report: &'a mut ImportReport,
    dry: bool,
}

impl Run<'_> {
    async fn put(&self, writing: &mut Writing<'_>, fact: impl Into<Fact>) -> Result<(), Failure> {
        if !self.dry {
            writing.record(self.house.entry(self.shop, self.actor, fact)).await?;
        }
        Ok(())
    }

    /// Says how far it is; a person's stop undoes everything.
    fn step(&self, done: usize, total: usize) -> Result<(), Failure> {
        if done.is_multiple_of(200) {
            self.told.at(
                if self.dry { "comparing" } else { "recording" },
                i64::try_from(done).unwrap_or(i64::MAX),
                i64::try_from(total).unwrap_or(i64::MAX),
            );
            if self.told.stopped() {
                return Err(DoorRefusal::Busy { what: "stopped".into() }.into());
            }
        }
        Ok(())
    }

    async fn products(&mut self, writing: &mut Writing<'_>, records: Vec<(u64, ProductRecord)>) -> Result<(), Failure> {
        let taxes = self.shop.settings().await.taxes.clone();
        let total = records.len();
        for (done, (_, mut record)) in records.into_iter().enumerate() {
            self.step(done, total)?;
            record.card.tax = record.card.tax.filter(|tax| taxes.contains_key(tax));
            match writing.product_by_code(&record.card.code).await? {
                Some(product) => {
                    let card = keeping(writing.reads().shelf(&[product]).await?.pop().map(|row| row.card), record.card);
                    match card {
                        Some(card) => {
                            self.put(writing, ProductSaved { product, card }).await?;
                            self.report.changed += 1;
                        }
                        None => self.report.already += 1,
                    }
                }
                None => {
                    let product: ProductId = self.house.world.new_id();
                    if let Some(barcode) = record.card.barcode.clone() {
                        let (_, taken) = writing.product_takers(product, &record.card.code, Some(&barcode)).await?;
                        record.card.barcode = if taken.is_some() { None } else { Some(barcode) };
                    }
                    let cost_minor = record.card.cost_minor;
                    self.put(writing, ProductSaved { product, card: record.card }).await?;
                    if let Some(by_milli) = record.stock_milli.filter(|stock| *stock != 0) {
                        self.put(writing, StockAdjusted::opening(product, by_milli, cost_minor)).await?;
                    }
                    self.report.added += 1;
                }
            }
        }
        Ok(())
    }

    async fn members(&mut self, writing: &mut Writing<'_>, records: Vec<(u64, MemberRecord)>) -> Result<(), Failure> {
        let total = records.len();
        let today = self.house.today(self.shop);
        // A sponsor may stand below its member in the file: everyone is placed only once the sponsor is.
        let ids: HashMap<String, MemberId> = records.iter().map(|(_, record)| (record.number.clone(), self.house.world.new_id())).collect();
        let mut placed: HashMap<String, MemberId> = HashMap::new();
        let mut waiting: HashMap<String, Vec<MemberRecord>> = HashMap::new();
        let mut ready: Vec<MemberRecord> = Vec::new();
        for (_, record) in records.into_iter().rev() {
            match record.sponsor.clone().filter(|sponsor| ids.contains_key(sponsor)) {
                Some(sponsor) => waiting.entry(sponsor).or_default().push(record),
                None => ready.push(record),
            }
        }
        let mut done = 0;
        while let Some(record) = ready.pop() {
            self.step(done, total)?;
            done += 1;
            ready.extend(waiting.remove(&record.number).unwrap_or_default());
            let member = self.member(writing, &record, &ids, &placed, &today).await?;
            placed.insert(record.number.clone(), member);
        }
        Ok(())
    }

    async fn member(
        &mut self,
        writing: &mut Writing<'_>,
        record: &MemberRecord,
        ids: &HashMap<String, MemberId>,
        placed: &HashMap<String, MemberId>,
        today: &str,
    ) -> Result<MemberId, Failure> {
        let mut card = record.card.clone();
        if let Some(member) = writing.member_by_number(&record.number).await? {
            // A rank that a close worked out is not one given by hand.
            let by_hand = writing.rank_by_hand(member).await?;
            let before = writing.reads().member(member).await?.map(|row| MemberCard { rank: by_hand, ..row.card });
            if card.phone.is_some() && writing.member_takers(member, card.phone.as_deref(), &record.number).await?.0.is_some() {
                card.phone = before.as_ref().and_then(|before| before.phone.clone());
            }
            match before {
                Some(before) if before == merged(&before, &card) => self.report.already += 1,
                Some(before) => {
                    self.put(writing, MemberChanged { member, card: merged(&before, &card), rank_given: None }).await?;
                    self.report.changed += 1;
                }
                None => self.report.already += 1,
            }
            return Ok(member);
        }
        let member = ids.get(&record.number).copied().unwrap_or_else(|| self.house.world.new_id());
        if card.phone.is_some() && writing.member_takers(member, card.phone.as_deref(), &record.number).await?.0.is_some() {
            card.phone = None;
        }
        let sponsor = match &record.sponsor {
            Some(number) => match placed.get(number) {
                Some(sponsor) => Some(*sponsor),
                None => writing.member_by_number(number).await?,
            },
            None => None,
        };
        let joined = record.joined.clone().unwrap_or_else(|| today.to_owned());
        self.put(writing, MemberEnrolled { member, number: record.number.clone(), card, sponsor, joined }).await?;
        self.report.added += 1;
        Ok(member)
    }

    async fn sales(&mut self, writing: &mut Writing<'_>, records: Vec<(u64, SaleRecord)>) -> Result<(), Failure> {
        let total = records.len();
        let system = if self.draft.system.trim().is_empty() { "file".to_owned() } else { self.draft.system.trim().to_owned() };
        let mut known = KnownParties::default();
        let mut plans: HashMap<String, Option<(Plan, PlanUsed)>> = HashMap::new();
        for (done, (_, record)) in records.into_iter().enumerate() {
            self.step(done, total)?;
            if writing.was_imported(&system, &record.number).await? {
                self.report.already += 1;
                continue;
            }
            self.sale(writing, &system, record, &mut known, &mut plans).await?;
            self.report.added += 1;
        }
        Ok(())
    }

    async fn sale(
        &mut self,
        writing: &mut Writing<'_>,
        system: &str,
        record: SaleRecord,
        known: &mut KnownParties,
        plans: &mut HashMap<String, Option<(Plan, PlanUsed)>>,
    ) -> Result<(), Failure> {
        let mut lines = record.lines;
        for line in lines.iter_mut().filter(|line| line.kind.is_goods_sold() || line.kind == domain::import::ImportedKind::Cancellation) {
            line.product = Some(self.product(writing, known, &line.code, &line.name, line.unit_micro).await?);
        }
        let member = match &record.customer {
            Some(number) => Some(self.customer(writing, known, number, &record.date).await?),
            None => None,
        };
        let sale: SaleId = self.house.world.new_id();
        let mut imported = SaleImported {
            sale,
            number: record.number,
            source: system.to_owned(),
            made_at_ms: record.made_at_ms,
            member,
            lines,
            net_minor: record.net_minor,
            net_micro: record.net_micro,
            plan: None,
            chain: Vec::new(),
            earned: Vec::new(),
        };
        if self.draft.earn && !self.dry {
            self.earn(writing, known, plans, &mut imported, &record.date).await?;
        }
        let entry = NewEntry { id: domain::ids::EntryId(sale.0), business_date: record.date, ..self.house.entry(self.shop, self.actor, imported) };
        if !self.dry {
            writing.record(entry).await?;
        }
        Ok(())
    }

    async fn earn(
        &self,
        writing: &mut Writing<'_>,
        known: &mut KnownParties,
        plans: &mut HashMap<String, Option<(Plan, PlanUsed)>>,
        sale: &mut SaleImported,
        date: &str,
    ) -> Result<(), Failure> {
        let Some(member) = sale.member else { return Ok(()) };
        if !plans.contains_key(date) {
            let row = writing.reads().plan_on(date).await?;
            let plan = row.map(|row| {
                let plan = Plan::parse(&row.plan).map_err(|error| Failure::Broken { trace: format!("plan version {}: {error}", row.version) })?;
                Ok::<_, Failure>((plan, PlanUsed { version: row.version, hash: row.hash.get(..8).unwrap_or(&row.hash).to_owned() }))
            });
            plans.insert(date.to_owned(), plan.transpose()?);
        }
        let Some(Some((plan, used))) = plans.get(date) else { return Ok(()) };
        let chain = match known.chains.get(&member) {
            Some(chain) => chain.clone(),
            None => {
                let chain: Vec<ChainLink> = writing.reads().chain(member).await?.into_iter().map(|above| above.link).collect();
                known.chains.insert(member, chain.clone());
                chain
            }
        };
        let pieces = sale.lines.iter().filter(|line| line.kind.is_goods_sold()).map(|line| line.qty_milli).sum();
        sale.earned = earnings_of(plan, &sale.sale.to_string(), sale.base_minor(), pieces, Default::default(), &chain).map_err(Failure::refused)?;
        sale.plan = Some(used.clone());
        sale.chain = chain;
        Ok(())
    }

    async fn product(
        &mut self,
        writing: &mut Writing<'_>,
        known: &mut KnownParties,
        code: &str,
        name: &str,
        unit_micro: i64,
    ) -> Result<ProductId, Failure> {
        if let Some(product) = known.products.get(code) {
            return Ok(*product);
        }
        let product = match writing.product_by_code(code).await? {
            Some(product) => product,
            None => {
                let product: ProductId = self.house.world.new_id();
                let name = if name.trim().is_empty() { code.to_owned() } else { name.trim().to_owned() };
                let price_minor = (unit_micro.max(0) + 500_000) / 1_000_000;
                let card = ProductCard { code: code.to_owned(), name, price_minor, ..ProductCard::default() };
                self.put(writing, ProductSaved { product, card }).await?;
                self.report.made_products += 1;
                product
            }
        };
        known.products.insert(code.to_owned(), product);
        Ok(product)
    }

    async fn customer(&mut self, writing: &mut Writing<'_>, known: &mut KnownParties, number: &str, date: &str) -> Result<MemberId, Failure> {
        if let Some(member) = known.members.get(number) {
            return Ok(*member);
        }
        let member = match writing.member_by_number(number).await? {
            Some(member) => member,
            None => {
                let member: MemberId = self.house.world.new_id();
                let card = MemberCard { name: number.to_owned(), active: true, ..MemberCard::default() };
                self.put(writing, MemberEnrolled { member, number: number.to_owned(), card, sponsor: None, joined: date.to_owned() }).await?;
                self.report.made_members += 1;
                member
            }
        };
        known.members.insert(number.to_owned(), member);
        Ok(member)
    }
}

/// What the file named already, so that the books are asked once for each.
#[derive(Default)]
struct KnownParties {
    products: HashMap<String, ProductId>,
    members: HashMap<String, MemberId>,
    chains: HashMap<MemberId, Vec<ChainLink>>,
}

/// The card after the import, `None` where it stands so already. What the sheet does not say stays.
fn keeping(before: Option<ProductCard>, sheet: ProductCard) -> Option<ProductCard> {
    let Some(before) = before else { return Some(sheet) };
    let after = ProductCard {
        code: sheet.code,
        barcode: sheet.barcode.or(before.barcode.clone()),
        name: sheet.name,
        name_2: sheet.name_2.or(before.name_2.clone()),
        category: sheet.category.or(before.category.clone()),
        price_minor: sheet.price_minor,
        cost_minor: sheet.cost_minor.or(before.cost_minor),
        tax: sheet.tax.or(before.tax.clone()),
        no_commission: sheet.no_commission,
        min_milli: before.min_milli,
    };
    (after != before).then_some(after)
}

fn merged(before: &MemberCard, sheet: &MemberCard) -> MemberCard {
    MemberCard {
        name: sheet.name.clone(),
        phone: sheet.phone.clone().or(before.phone.clone()),
        level: sheet.level.clone().or(before.level.clone()),
        rank: sheet.rank.clone().or(before.rank.clone()),
        active: sheet.active,
        note: sheet.note.clone().or(before.note.clone()),
    }
}
