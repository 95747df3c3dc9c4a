//! What follows from an entry: its postings and balances, and every table that a screen reads. A projection accepts every fact.

mod balances;
mod close;
mod levels;
mod parties;
mod parts;
mod payouts;
mod placement;
mod points;
mod prices;
mod risk;
mod sales;
mod shifts;
mod stock;
mod tasks;
mod tree;
mod vouchers;

use std::collections::{BTreeMap, BTreeSet};

use domain::{fact::Fact, ledger::Posting, person::PersonChanged};

use crate::{batch::Batch, entry::Entry, keys::KeyedPosting, query::Topic};

/// Writes the movements and moves the balances, each balance by one guarded statement.
pub fn post(batch: &mut Batch, number: i64, postings: &[Posting], keyed: &[KeyedPosting]) {
    if keyed.is_empty() {
        return;
    }
    batch.statement("INSERT INTO postings (entry, line, unit, debit, credit, amount) VALUES");
    let mut moved: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for (line, (unit, debit, credit, amount)) in (0i64..).zip(keyed) {
        batch.row("(?, ?, ?, ?, ?, ?)").bind(number).bind(line).bind(*unit).bind(*debit).bind(*credit).bind(*amount);
        *moved.entry((*debit, *unit)).or_default() += amount;
        *moved.entry((*credit, *unit)).or_default() -= amount;
    }
    batch.statement("INSERT INTO balances (account, unit, amount) VALUES");
    for ((account, unit), amount) in moved {
        batch.row("(?, ?, ?)").bind(account).bind(unit).bind(amount);
    }
    batch.end("ON CONFLICT (account, unit) DO UPDATE SET amount = amount + excluded.amount");
    shelve(batch, postings);
}

/// What is on hand of each product at all places together, repeated on the product for lists that sort by it.
pub fn shelve(batch: &mut Batch, postings: &[Posting]) {
    let mut moved: BTreeMap<uuid::Uuid, i64> = BTreeMap::new();
    for Posting(unit, debit, credit, amount) in postings {
        let Some(product) = unit.1.filter(|_| unit.0 == "stock") else { continue };
        if debit.is_place() {
            *moved.entry(product).or_default() += amount;
        }
        if credit.is_place() {
            *moved.entry(product).or_default() -= amount;
        }
    }
    for (product, by) in moved.into_iter().filter(|(_, by)| *by != 0) {
        batch.statement("UPDATE products SET stock_milli = stock_milli + ? WHERE id = ?").bind(by).bind(product.as_bytes().to_vec());
    }
}

/// Brings every projection up to the fact.
pub fn project(batch: &mut Batch, number: i64, entry: &Entry, fact: &Fact, topics: &mut BTreeSet<Topic>) {
    match fact {
        Fact::ShopOpened(shop) => {
            batch
                .statement("INSERT OR IGNORE INTO shop (key, name, currency, minor_digits, language, time_zone, sample) VALUES (1, ?, ?, ?, ?, ?, ?)")
                .bind(shop.name.clone())
                .bind(shop.currency.clone())
                .bind(i64::from(shop.minor_digits))
                .bind(shop.language.clone())
                .bind(shop.time_zone.clone())
                .bind(shop.sample);
            topics.insert(Topic::Settings);
        }
        Fact::SettingChanged(setting) => {
            batch
                .statement("INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                .bind(setting.name.clone())
                .bind(setting.value.clone());
            topics.insert(Topic::Settings);
        }
        Fact::PersonAdded(person) => {
            batch
                .statement("INSERT OR IGNORE INTO people (id, name, role, pin_hash) VALUES (?, ?, ?, ?)")
                .bind(person.person.bytes().to_vec())
                .bind(person.name.clone())
                .bind(person.role.word())
                .bind(person.pin_hash.clone());
            topics.insert(Topic::People);
        }
        Fact::PersonChanged(changed) => {
            change_person(batch, changed);
            topics.insert(Topic::People);
        }
        Fact::PinRefused(_) => {}
        Fact::ProductSaved(saved) => {
            parties::product(batch, saved);
            topics.insert(Topic::Products);
        }
        Fact::ProductArchived(archived) => {
            batch.statement("UPDATE products SET archived = ? WHERE id = ?").bind(archived.archived).bind(archived.product.bytes().to_vec());
            topics.insert(Topic::Products);
        }
        Fact::StockReceived(received) => {
            if let Some(cost) = received.cost_minor {
                batch.statement("UPDATE products SET cost_minor = ? WHERE id = ?").bind(cost).bind(received.product.bytes().to_vec());
            }
            topics.insert(Topic::Products);
        }
        Fact::StockAdjusted(_) => {
            topics.insert(Topic::Products);
        }
        Fact::MemberEnrolled(enrolled) => {
            parties::enrolled(batch, enrolled);
            topics.insert(Topic::Members);
        }
        Fact::MemberChanged(changed) => {
            if let Some(given) = &changed.rank_given {
                close::given(batch, number, changed, given);
            }
            parties::changed(batch, changed);
            topics.insert(Topic::Members);
        }
        Fact::MemberErased(erased) => {
            parties::erased(batch, &entry.6, erased);
            topics.insert(Topic::Members);
        }
        Fact::MemberMerged(merged) => {
            parties::merged(batch, number, merged);
            topics.insert(Topic::Members);
        }
        Fact::MergeFollowed(followed) => {
            points::followed(batch, number, entry, followed);
            topics.insert(Topic::Members);
        }
        Fact::SponsorMoved(moved) => {
            parties::moved(batch, number, &entry.6, moved);
            topics.insert(Topic::Members);
        }
        Fact::MemberPlaced(placed) => {
            placement::placed(batch, number, entry, placed);
            topics.insert(Topic::Members);
        }
        Fact::LegsCarried(carried) => {
            placement::legs(batch, carried);
            topics.insert(Topic::Month);
        }
        Fact::PlanActivated(plan) => {
            batch
                .statement("INSERT OR IGNORE INTO plans (version, effective_from, plan, hash, bound_ppm, entry) VALUES (?, ?, ?, ?, ?, ?)")
                .bind(i64::from(plan.version))
                .bind(plan.effective_from.clone())
                .bind(plan.plan.clone())
                .bind(plan.hash.clone())
                .bind(plan.bound_ppm)
                .bind(number);
            topics.insert(Topic::Plan);
        }
        Fact::SaleRecorded(sale) => {
            sales::recorded(batch, number, entry, sale);
            points::sold(batch, number, entry, sale);
            shifts::takings(batch, number, entry, sale.shift, &sale.kept());
            prices::used(batch, number, sale);
            topics.extend([Topic::Sales, Topic::Products, Topic::Members, Topic::Month]);
            if sale.tenders.iter().any(|tender| tender.voucher.is_some()) {
                topics.insert(Topic::Vouchers);
            }
            if sale.shift.is_some() {
                topics.insert(Topic::Shifts);
            }
        }
        Fact::SaleImported(sale) => {
            sales::imported(batch, number, entry, sale);
            topics.extend([Topic::Sales, Topic::Members, Topic::Month]);
        }
        Fact::MonthClosed(closed) => {
            close::closed(batch, number, entry, closed);
            topics.insert(Topic::Month);
        }
        Fact::MonthReopened(reopened) => {
            close::reopened(batch, number, reopened);
            topics.insert(Topic::Month);
        }
        Fact::PeriodEarned(earned) => {
            close::earned(batch, number, earned);
            topics.extend([Topic::Month, Topic::Members]);
        }
        Fact::RanksDecided(decided) => {
            close::ranks(batch, number, decided);
            topics.insert(Topic::Members);
        }
        Fact::StatementsIssued(issued) => {
            close::statements(batch, number, issued);
            topics.extend([Topic::Month, Topic::Members, Topic::Payouts]);
        }
        Fact::ShiftOpened(opened) => {
            shifts::opened(batch, entry, opened);
            topics.insert(Topic::Shifts);
        }
        Fact::CashMoved(moved) => {
            shifts::moved(batch, number, entry, moved);
            topics.insert(Topic::Shifts);
        }
        Fact::ShiftClosed(closed) => {
            shifts::closed(batch, number, entry, closed);
            topics.insert(Topic::Shifts);
        }
        Fact::SaleReturned(back) => {
            sales::returned(batch, number, entry, back);
            vouchers::returned(batch, number, entry, back);
            points::returned(batch, number, entry, back);
            shifts::takings(batch, number, entry, back.shift, &back.kept());
            topics.extend([Topic::Sales, Topic::Products, Topic::Members, Topic::Month]);
            if back.refunds.iter().any(|refund| refund.voucher.is_some()) {
                topics.insert(Topic::Vouchers);
            }
            if back.shift.is_some() {
                topics.insert(Topic::Shifts);
            }
        }
        Fact::PricesSet(set) => {
            prices::set(batch, number, set);
            topics.insert(Topic::Products);
        }
        Fact::PromotionSaved(saved) => {
            prices::promotion(batch, number, saved);
            topics.insert(Topic::Promotions);
        }
        Fact::SupplierSaved(saved) => {
            stock::supplier(batch, saved);
            topics.insert(Topic::Stock);
        }
        Fact::LocationSaved(saved) => {
            stock::location(batch, saved);
            topics.insert(Topic::Stock);
        }
        Fact::GoodsReceived(goods) => {
            stock::received(batch, number, entry, goods);
            topics.extend([Topic::Products, Topic::Stock]);
        }
        Fact::StockTransferred(moved) => {
            stock::transferred(batch, number, entry, moved);
            topics.extend([Topic::Products, Topic::Stock]);
        }
        Fact::StockCounted(counted) => {
            stock::counted(batch, number, entry, counted);
            topics.extend([Topic::Products, Topic::Stock]);
        }
        Fact::StockRevalued(_) => {
            topics.extend([Topic::Products, Topic::Stock]);
        }
        Fact::PointsGiven(given) => {
            points::given(batch, number, entry, given);
            topics.insert(Topic::Members);
        }
        Fact::PointsAged(aged) => {
            points::aged(batch, number, entry, aged);
            topics.insert(Topic::Members);
        }
        Fact::PointsAwarded(awarded) => {
            points::awarded(batch, number, entry, awarded);
            topics.insert(Topic::Members);
        }
        Fact::PayeeSaved(saved) => {
            payouts::payee(batch, number, saved);
            topics.insert(Topic::Payouts);
        }
        Fact::PayoutsRequested(requested) => {
            payouts::requested(batch, number, entry, requested);
            topics.insert(Topic::Payouts);
        }
        Fact::PayoutsMoved(moved) => {
            payouts::moved(batch, number, entry, moved);
            topics.insert(Topic::Payouts);
        }
        Fact::PayoutsHeld(held) => {
            payouts::held(batch, number, held);
            topics.insert(Topic::Payouts);
        }
        Fact::BalanceToppedUp(top_up) => {
            balances::topped_up(batch, number, entry, top_up);
            topics.extend([Topic::Members, Topic::Shifts]);
        }
        Fact::BalanceOpened(_) => {
            topics.insert(Topic::Members);
        }
        Fact::TopUpRefunded(refund) => {
            balances::refunded(batch, number, entry, refund);
            topics.extend([Topic::Members, Topic::Shifts]);
        }
        Fact::VoucherIssued(issued) => {
            vouchers::issued(batch, number, entry, issued);
            topics.extend([Topic::Vouchers, Topic::Shifts]);
        }
        Fact::VoucherChanged(changed) => {
            vouchers::changed(batch, number, entry, changed);
            topics.insert(Topic::Vouchers);
        }
        Fact::MembersTagged(tagged) => {
            parties::tagged(batch, tagged);
            topics.insert(Topic::Members);
        }
        Fact::TaskSettled(settled) => {
            tasks::settled(batch, number, entry, settled);
            topics.insert(Topic::Sync);
        }
        Fact::GrowthMoved(moved) => {
            levels::moved(batch, number, entry, moved);
            topics.insert(Topic::Members);
        }
        Fact::LevelChanged(changed) => {
            levels::changed(batch, number, entry, changed);
            points::gifts(batch, number, entry, changed);
            topics.insert(Topic::Members);
        }
        Fact::StatementJudged(judged) => {
            risk::judged(batch, number, entry, judged);
            topics.insert(Topic::Month);
        }
        Fact::CommissionHeld(held) => {
            risk::held(batch, number, entry, held);
            topics.extend([Topic::Month, Topic::Payouts]);
        }
    }
}

fn change_person(batch: &mut Batch, changed: &PersonChanged) {
    batch
        .statement(
            "UPDATE people SET name = coalesce(?, name), role = coalesce(?, role), pin_hash = coalesce(?, pin_hash), archived = coalesce(?, archived)
             WHERE id = ?",
        )
        .bind(changed.name.clone())
        .bind(changed.role.map(domain::person::Role::word))
        .bind(changed.pin_hash.clone())
        .bind(changed.archived)
        .bind(changed.person.bytes().to_vec());
}

/// Keeps the counter behind numbers such as `1A-000042`: the prefix names it, the digits move it, and it never goes back.
fn count_up(batch: &mut Batch, counter: &str, number: &str) {
    if let Some((prefix, value)) = number.rsplit_once('-').and_then(|(prefix, digits)| Some((prefix, digits.parse::<i64>().ok()?))) {
        batch
            .statement("INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)")
            .bind(format!("{counter}:{prefix}"))
            .bind(value);
    }
}
