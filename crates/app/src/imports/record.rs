//! Recording what was judged: products are known by code, members by number, sales by system and number.
//!
//! A long import must not keep the tills waiting, so it is written in slices, each a transaction of whole records, with the writer free in between. The
//! first slice notes beside its records what is being brought in and how far it is, and every slice moves that note on in its own transaction; the file
//! itself was copied beside the shop before. After a crash the note and the copy finish the import from exactly where it stood (see
//! [`super::unfinished`]): nothing is added twice, and nothing stays half done. What fits one slice is one transaction and needs no note.

use std::collections::HashMap;
use std::sync::Arc;

use books::NewEntry;
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

use super::{
    ImportDraft, ImportReport, Judged, brought,
    known::{KnownParties, keeping, merged},
    slices::{Pen, SLICE},
    unfinished::{self, Unfinished},
};
use crate::{
    failure::{DoorRefusal, Failure},
    house::{House, Shop},
    jobs::Progress,
};

/// Who brings what in where, and from which record on.
pub struct Task<'a> {
    /// The house.
    pub house: &'a Arc<House>,
    /// The shop.
    pub shop: &'a Shop,
    /// The person.
    pub actor: Option<PersonId>,
    /// The file and how to read it.
    pub draft: &'a ImportDraft,
    /// Only counts.
    pub dry: bool,
    /// Where an interrupted import goes on.
    pub from: Option<&'a Unfinished>,
    /// The job.
    pub told: &'a Progress,
}

/// Records everything, or on a dry run only counts what it would do.
pub async fn record(task: Task<'_>, judged: Judged) -> Result<ImportReport, Failure> {
    let Task { house, shop, actor, draft, dry, from, told } = task;
    let mut report = judged.report();
    let mut note = match from {
        Some(from) => Some(from.clone()),
        None if dry || judged.weight() <= SLICE => None,
        None => Some(Unfinished::begin(shop.books.path(), draft, actor)?),
    };
    if let Some(note) = &note {
        note.figures.put(&mut report);
    }
    let passed = note.as_ref().map_or(0, |note| note.done);
    let mut pen = Pen::new(house, &shop.books, dry);
    let mut run = Run { house, shop, actor, draft, told, report: &mut report, dry, passed, note: note.as_mut() };
    let outcome = match judged {
        Judged::Products(intake) => run.products(&mut pen, intake.records).await,
        Judged::Members(intake) => run.members(&mut pen, intake.records).await,
        Judged::Sales(intake, _) => run.sales(&mut pen, intake.records).await,
    };
    let stands = pen.wrote() || passed > 0;
    match outcome {
        Ok(()) => {}
        // Stopped by a person after slices were written: those records stay, whole, and the report says how many were left.
        Err(Broke::Stopped { left }) if stands => {
            pen.abandon().await?;
            report.left = left;
            if let Some(note) = &note {
                note.figures.put(&mut report);
            }
        }
        Err(Broke::Stopped { .. }) => {
            pen.abandon().await?;
            return Err(unfinished::drop_copy(note.as_ref(), stopped()));
        }
        // The note stands: what is missing is brought in at the next start, or before the next import.
        Err(Broke::Failed(failure)) => {
            pen.abandon().await?;
            return Err(if stands { failure } else { unfinished::drop_copy(note.as_ref(), failure) });
        }
    }
    if note.is_some() {
        pen.now().await?.keep_local(unfinished::NAME, None).await?;
    }
    pen.finish().await?;
    unfinished::forget_copy(note.as_ref());
    Ok(report)
}

fn stopped() -> Failure {
    DoorRefusal::Busy { what: "stopped".into() }.into()
}

/// Why recording ended before its end.
enum Broke {
    /// A person asked for it.
    Stopped {
        /// Records that were not reached.
        left: i64,
    },
    /// It cannot go on.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Broke {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What a product or member weighs in a slice, and a sale beside its lines.
const PARTY: usize = 5;
const SALE: usize = 3;

impl Judged {
    /// What all records weigh together.
    fn weight(&self) -> usize {
        match self {
            Self::Products(intake) => PARTY * intake.records.len(),
            Self::Members(intake) => PARTY * intake.records.len(),
            Self::Sales(intake, _) => intake.records.iter().map(|(_, record)| SALE + record.lines.len()).sum(),
        }
    }
}

pub(super) struct Run<'a> {
    pub(super) house: &'a House,
    pub(super) shop: &'a Shop,
    pub(super) actor: Option<PersonId>,
    draft: &'a ImportDraft,
    told: &'a Progress,
    pub(super) report: &'a mut ImportReport,
    pub(super) dry: bool,
    /// Records that were brought in before a crash.
    passed: usize,
    note: Option<&'a mut Unfinished>,
}

impl Run<'_> {
    async fn put(&self, pen: &mut Pen<'_>, fact: impl Into<Fact>) -> Result<(), Failure> {
        if !self.dry {
            pen.now().await?.record(self.house.entry(self.shop, self.actor, fact)).await?;
        }
        Ok(())
    }

    /// Ends a slice where it is full, says how far it is, and looks whether a person asked for a stop. `done` records are whole.
    async fn step(&mut self, pen: &mut Pen<'_>, done: usize, total: usize) -> Result<bool, Broke> {
        let fresh = pen.is_full();
        if fresh {
            if let Some(note) = &mut self.note {
                note.done = done;
                note.figures.take(self.report);
                pen.now().await?.keep_local(unfinished::NAME, Some(note.text()?)).await?;
            }
            pen.rest().await?;
        }
        if fresh || done.is_multiple_of(200) {
            let step = if self.dry { "comparing" } else { "recording" };
            self.told.at(step, i64::try_from(done).unwrap_or(i64::MAX), i64::try_from(total).unwrap_or(i64::MAX));
        }
        if self.told.stopped() {
            // What the open slice holds is undone with it.
            let whole = self.note.as_ref().map_or(0, |note| note.done);
            return Err(Broke::Stopped { left: i64::try_from(total.saturating_sub(whole)).unwrap_or(i64::MAX) });
        }
        Ok(fresh)
    }

    async fn products(&mut self, pen: &mut Pen<'_>, records: Vec<(u64, ProductRecord)>) -> Result<(), Broke> {
        let taxes = self.shop.settings().await.taxes.clone();
        let total = records.len();
        for (done, (_, mut record)) in records.into_iter().enumerate().skip(self.passed) {
            self.step(pen, done, total).await?;
            pen.weigh(PARTY);
            record.card.tax = record.card.tax.filter(|tax| taxes.contains_key(tax));
            match pen.now().await?.product_by_code(&record.card.code).await? {
                Some(product) => {
                    let card = keeping(pen.now().await?.reads().shelf(&[product]).await?.pop().map(|row| row.card), record.card);
                    match card {
                        Some(card) => {
                            self.put(pen, ProductSaved { product, card }).await?;
                            self.report.changed += 1;
                        }
                        None => self.report.already += 1,
                    }
                }
                None => {
                    let product: ProductId = self.house.world.new_id();
                    if let Some(barcode) = record.card.barcode.clone() {
                        let (_, taken) = pen.now().await?.product_takers(product, &record.card.code, Some(&barcode)).await?;
                        record.card.barcode = if taken.is_some() { None } else { Some(barcode) };
                    }
                    let cost_minor = record.card.cost_minor;
                    self.put(pen, ProductSaved { product, card: record.card }).await?;
                    if let Some(by_milli) = record.stock_milli.filter(|stock| *stock != 0) {
                        self.put(pen, StockAdjusted::opening(product, by_milli, cost_minor)).await?;
                    }
                    self.report.added += 1;
                }
            }
        }
        Ok(())
    }

    async fn members(&mut self, pen: &mut Pen<'_>, records: Vec<(u64, MemberRecord)>) -> Result<(), Broke> {
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
            ready.extend(waiting.remove(&record.number).unwrap_or_default());
            if done < self.passed {
                // It stands since before the crash; whoever it sponsors finds it by its number.
                done += 1;
                continue;
            }
            self.step(pen, done, total).await?;
            pen.weigh(PARTY);
            done += 1;
            let member = self.member(pen, &record, &ids, &placed, &today).await?;
            brought::bring(self, pen, member, record.brought, &today).await?;
            placed.insert(record.number.clone(), member);
        }
        Ok(())
    }

    async fn member(
        &mut self,
        pen: &mut Pen<'_>,
        record: &MemberRecord,
        ids: &HashMap<String, MemberId>,
        placed: &HashMap<String, MemberId>,
        today: &str,
    ) -> Result<MemberId, Failure> {
        let mut card = record.card.clone();
        if let Some(member) = pen.now().await?.member_by_number(&record.number).await? {
            // A rank that a close worked out is not one given by hand.
            let by_hand = pen.now().await?.rank_by_hand(member).await?;
            let before = pen.now().await?.reads().member(member).await?.map(|row| MemberCard { rank: by_hand, ..row.card });
            if card.phone.is_some() && pen.now().await?.member_takers(member, card.phone.as_deref(), &record.number).await?.0.is_some() {
                card.phone = before.as_ref().and_then(|before| before.phone.clone());
            }
            match before {
                Some(before) if before == merged(&before, &card) => self.report.already += 1,
                Some(before) => {
                    self.put(pen, MemberChanged { member, card: merged(&before, &card), rank_given: None }).await?;
                    self.report.changed += 1;
                }
                None => self.report.already += 1,
            }
            return Ok(member);
        }
        let member = ids.get(&record.number).copied().unwrap_or_else(|| self.house.world.new_id());
        if card.phone.is_some() && pen.now().await?.member_takers(member, card.phone.as_deref(), &record.number).await?.0.is_some() {
            card.phone = None;
        }
        let sponsor = match &record.sponsor {
            Some(number) => match placed.get(number) {
                Some(sponsor) => Some(*sponsor),
                None => pen.now().await?.member_by_number(number).await?,
            },
            None => None,
        };
        let joined = record.joined.clone().unwrap_or_else(|| today.to_owned());
        self.put(pen, MemberEnrolled { member, number: record.number.clone(), card, sponsor, joined }).await?;
        self.report.added += 1;
        Ok(member)
    }

    async fn sales(&mut self, pen: &mut Pen<'_>, records: Vec<(u64, SaleRecord)>) -> Result<(), Broke> {
        let total = records.len();
        let system = if self.draft.system.trim().is_empty() { "file".to_owned() } else { self.draft.system.trim().to_owned() };
        let mut known = KnownParties::default();
        let mut plans: HashMap<String, Option<(Plan, PlanUsed)>> = HashMap::new();
        for (done, (_, record)) in records.into_iter().enumerate().skip(self.passed) {
            if self.step(pen, done, total).await? {
                // Between two slices a person may move a sponsor or put a plan into force.
                known.chains.clear();
                plans.clear();
            }
            pen.weigh(SALE + record.lines.len());
            if pen.now().await?.was_imported(&system, &record.number).await? {
                self.report.already += 1;
                continue;
            }
            self.sale(pen, &system, record, &mut known, &mut plans).await?;
            self.report.added += 1;
        }
        Ok(())
    }

    async fn sale(
        &mut self,
        pen: &mut Pen<'_>,
        system: &str,
        record: SaleRecord,
        known: &mut KnownParties,
        plans: &mut HashMap<String, Option<(Plan, PlanUsed)>>,
    ) -> Result<(), Failure> {
        let mut lines = record.lines;
        for line in lines.iter_mut().filter(|line| line.kind.is_goods_sold() || line.kind == domain::import::ImportedKind::Cancellation) {
            line.product = Some(self.product(pen, known, &line.code, &line.name, line.unit_micro).await?);
        }
        let member = match &record.customer {
            Some(number) => Some(self.customer(pen, known, number, &record.date).await?),
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
            self.earn(pen, known, plans, &mut imported, &record.date).await?;
        }
        let entry = NewEntry { id: domain::ids::EntryId(sale.0), business_date: record.date, ..self.house.entry(self.shop, self.actor, imported) };
        if !self.dry {
            pen.now().await?.record(entry).await?;
        }
        Ok(())
    }

    async fn earn(
        &self,
        pen: &mut Pen<'_>,
        known: &mut KnownParties,
        plans: &mut HashMap<String, Option<(Plan, PlanUsed)>>,
        sale: &mut SaleImported,
        date: &str,
    ) -> Result<(), Failure> {
        let Some(member) = sale.member else { return Ok(()) };
        if !plans.contains_key(date) {
            let row = pen.now().await?.reads().plan_on(date).await?;
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
                let chain: Vec<ChainLink> = pen.now().await?.reads().chain(member).await?.into_iter().map(|above| above.link).collect();
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

    async fn product(&mut self, pen: &mut Pen<'_>, known: &mut KnownParties, code: &str, name: &str, unit_micro: i64) -> Result<ProductId, Failure> {
        if let Some(product) = known.products.get(code) {
            return Ok(*product);
        }
        let product = match pen.now().await?.product_by_code(code).await? {
            Some(product) => product,
            None => {
                let product: ProductId = self.house.world.new_id();
                let name = if name.trim().is_empty() { code.to_owned() } else { name.trim().to_owned() };
                let price_minor = (unit_micro.max(0) + 500_000) / 1_000_000;
                let card = ProductCard { code: code.to_owned(), name, price_minor, ..ProductCard::default() };
                self.put(pen, ProductSaved { product, card }).await?;
                self.report.made_products += 1;
                product
            }
        };
        known.products.insert(code.to_owned(), product);
        Ok(product)
    }

    async fn customer(&mut self, pen: &mut Pen<'_>, known: &mut KnownParties, number: &str, date: &str) -> Result<MemberId, Failure> {
        if let Some(member) = known.members.get(number) {
            return Ok(*member);
        }
        let member = match pen.now().await?.member_by_number(number).await? {
            Some(member) => member,
            None => {
                let member: MemberId = self.house.world.new_id();
                let card = MemberCard { name: number.to_owned(), active: true, ..MemberCard::default() };
                self.put(pen, MemberEnrolled { member, number: number.to_owned(), card, sponsor: None, joined: date.to_owned() }).await?;
                self.report.made_members += 1;
                member
            }
        };
        known.members.insert(number.to_owned(), member);
        Ok(member)
    }
}
