//! Commission statements of a closed month on paper: the figures that the close released, with every amount and its reason, and a hash by which each
//! can be told from a changed one for ever.

use books::{
    Books,
    query::{Released, StatementLine},
};
use domain::{
    close::Statement,
    ids::{MemberId, SaleId},
};
use paper::press::{Paper, Sheet, StatementPaper, StatementPaperLine};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{letterhead, seal, work};
use crate::{
    failure::{Failure, not_found},
    house::Shop,
    menu::Call,
    upkeep::Exported,
};

/// What a statement's keyword in a PDF file begins with; its number and its hash follow, parted by colons.
pub(crate) const KEYWORD: &str = "banyan-statement:";

/// Write one statement to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StatementPdf {
    /// Its number.
    pub number: String,
    /// Where to.
    pub path: String,
}

/// Writes a released statement as a PDF file, signed by this device.
pub async fn press_statement(call: &Call<'_>, wish: StatementPdf) -> Result<Exported, Failure> {
    let shop = call.shop_arc()?;
    let one = paper_of(&shop, &wish.number).await?;
    let paper = bound(&shop, vec![one], true).await;
    let press = call.house.press()?;
    work(move || {
        let bytes = seal::sealed(&shop.books, super::pressed(&*press, &paper)?);
        super::file::write(wish.path.as_ref(), &bytes)?;
        Ok(Exported { path: wish.path, rows: None })
    })
    .await
}

/// Statements under the shop's letterhead, in one document.
pub(super) async fn bound(shop: &Shop, statements: Vec<StatementPaper>, tagged: bool) -> Paper {
    let settings = shop.settings().await;
    let named = match &statements[..] {
        [only] => only.number.clone(),
        _ => statements.first().map(|one| one.month.clone()).unwrap_or_default(),
    };
    Paper {
        language: settings.language,
        currency: shop.info.currency.clone(),
        letterhead: letterhead(&settings),
        title: format!("{} {named}", settings.shop_name),
        keywords: statements.iter().map(|one| format!("{KEYWORD}{}:{}", one.number, one.hash)).collect(),
        tagged,
        sheet: Sheet::Statements(statements),
    }
}

/// A released statement as it stands on paper.
///
/// # Errors
/// `NotFound` where none of this number was released.
pub(super) async fn paper_of(shop: &Shop, number: &str) -> Result<StatementPaper, Failure> {
    let (released, lines) = read(&shop.books, number).await?.ok_or_else(|| not_found("statement"))?;
    let hash = hash_of(&released, &lines)?;
    let Released { month, round, statement, business_date, member_number, name } = released;
    let (adjusted, earned): (Vec<_>, Vec<_>) = lines.into_iter().partition(StatementLine::is_adjustment);
    let (earned, adjusted) = (named(&shop.books, earned).await?, named(&shop.books, adjusted).await?);
    Ok(StatementPaper {
        number: statement.number,
        month,
        round,
        issued: business_date,
        digits: shop.info.minor_digits,
        member: name,
        member_number,
        opening_micro: statement.opening_micro,
        earned_micro: statement.earned_micro,
        adjusted_micro: statement.adjusted_micro,
        payable_minor: statement.payable_minor,
        tax_minor: statement.tax_minor,
        net_minor: statement.payable_minor - statement.tax_minor,
        closing_micro: statement.closing_micro,
        earned,
        adjusted,
        hash,
    })
}

/// The hash of the released statement of this number; nothing where there is none.
pub(super) async fn hash_in_books(books: &Books, number: &str) -> Result<Option<String>, Failure> {
    match read(books, number).await? {
        Some((released, lines)) => Ok(Some(hash_of(&released, &lines)?)),
        None => Ok(None),
    }
}

async fn read(books: &Books, number: &str) -> Result<Option<(Released, Vec<StatementLine>)>, Failure> {
    let Some(released) = books.released(number).await? else { return Ok(None) };
    let lines = books.statement_lines(released.statement.member, &released.month, released.round).await?;
    Ok(Some((released, lines)))
}

/// An amount as the hash covers it: where it stands, by which rule, and its figures.
type Covered<'a> = (SaleId, i64, &'a str, i64, i64, Option<i64>, i64, Option<i64>);

/// BLAKE3 over the statement as its fact has it and over each amount it is made of, in the order of their identities: hexadecimal, the same on every
/// device and after every rebuilding. Names are not covered: a member may marry, the statement stays.
fn hash_of(released: &Released, lines: &[StatementLine]) -> Result<String, Failure> {
    fn covered(one: &StatementLine) -> Covered<'_> {
        let StatementLine { sale, line, rule, depth, base_minor, rate_ppm, amount_micro, before_micro, .. } = one;
        (*sale, *line, rule.as_str(), *depth, *base_minor, *rate_ppm, *amount_micro, *before_micro)
    }
    let mut covered: Vec<Covered<'_>> = lines.iter().map(covered).collect();
    covered.sort();
    let text: (&str, &str, u32, &Statement, Vec<Covered<'_>>) = ("banyan statement 1", &released.month, released.round, &released.statement, covered);
    let bytes = serde_json::to_vec(&text).map_err(|error| Failure::Broken { trace: error.to_string() })?;
    Ok(blake3::hash(&bytes).to_hex().to_string())
}

/// The amounts as they stand on paper; what a rule of the month started from is read out as a receipt's number or a person's name.
async fn named(books: &Books, lines: Vec<StatementLine>) -> Result<Vec<StatementPaperLine>, Failure> {
    let mut named = Vec::with_capacity(lines.len());
    for mut one in lines {
        let ids: Vec<uuid::Uuid> = one.source.iter().flat_map(|source| source.split(['/', ':'])).filter_map(|part| part.parse().ok()).collect();
        for id in ids {
            match books.sale_number(SaleId(id)).await? {
                Some(number) => one.number = number,
                None => one.buyer = books.member_names(&[MemberId(id)]).await?.remove(&MemberId(id)).or(one.buyer),
            }
        }
        named.push(line_of(one)?);
    }
    Ok(named)
}

fn line_of(one: StatementLine) -> Result<StatementPaperLine, Failure> {
    let why = match one.why.as_str() {
        "" => Value::Null,
        text => serde_json::from_str(text).map_err(|error| Failure::Broken { trace: format!("an explanation on {}: {error}", one.number) })?,
    };
    Ok(StatementPaperLine {
        date: one.business_date,
        number: one.number,
        origin: one.origin,
        buyer: one.buyer,
        depth: one.depth,
        rule: one.rule,
        base_minor: one.base_minor,
        rate_ppm: one.rate_ppm,
        amount_micro: one.amount_micro,
        why,
        of_month: one.source.is_some(),
        cut: one.source.is_some_and(|source| source.starts_with("cut:")),
        late: one.late,
        before_micro: one.before_micro,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn released() -> (Released, Vec<StatementLine>) {
        let id = |last: u8| uuid::Uuid::from_bytes([0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, last]);
        let statement = Statement {
            member: domain::ids::MemberId(id(1)),
            number: "2026-03-00001".into(),
            opening_micro: 500_000,
            earned_micro: 70_900_000,
            adjusted_micro: -400_000,
            payable_minor: 71,
            tax_minor: 0,
            closing_micro: 0,
        };
        let line = |line: i64, amount_micro| StatementLine {
            sale: SaleId(id(2)),
            line,
            number: "A-0001".into(),
            business_date: "2026-03-10".into(),
            buyer: None,
            rule: "levels".into(),
            depth: 1,
            base_minor: 1_000,
            rate_ppm: Some(80_000),
            amount_micro,
            source: None,
            late: false,
            origin: None,
            why: String::new(),
            before_micro: None,
        };
        let released = Released {
            month: "2026-03".into(),
            round: 1,
            statement,
            business_date: "2026-04-01".into(),
            member_number: "M1".into(),
            name: "林大".into(),
        };
        (released, vec![line(0, 70_900_000), line(1, -400_000)])
    }

    #[test]
    fn the_hash_of_a_statement_is_the_same_for_ever_and_any_changed_figure_changes_it() {
        let (stands, lines) = released();
        let hash = hash_of(&stands, &lines).unwrap();
        assert_eq!(hash, "cfb3be2af5071d8933455251cb73940e8e6187f4c7b96899a06e0684dd75c713");
        let shuffled: Vec<_> = lines.iter().rev().cloned().collect();
        assert_eq!(hash_of(&stands, &shuffled).unwrap(), hash, "the order in which the books give the amounts is nothing");
        let renamed = Released { name: "林大小姐".into(), ..stands.clone() };
        assert_eq!(hash_of(&renamed, &lines).unwrap(), hash);
        type Change = fn(&mut Released, &mut Vec<StatementLine>);
        let changes: [Change; 14] = [
            |one, _| one.statement.opening_micro += 1,
            |one, _| one.statement.earned_micro += 1,
            |one, _| one.statement.adjusted_micro += 1,
            |one, _| one.statement.payable_minor += 1,
            |one, _| one.statement.tax_minor += 1,
            |one, _| one.statement.closing_micro += 1,
            |one, _| one.statement.number.push('0'),
            |one, _| one.month = "2026-04".into(),
            |one, _| one.round = 2,
            |_, lines| lines[0].amount_micro += 1,
            |_, lines| lines[1].base_minor += 1,
            |_, lines| lines[0].rate_ppm = Some(80_001),
            |_, lines| lines[0].depth += 1,
            |_, lines| drop(lines.pop()),
        ];
        for (place, change) in changes.into_iter().enumerate() {
            let (mut changed, mut lines) = released();
            change(&mut changed, &mut lines);
            assert_ne!(hash_of(&changed, &lines).unwrap(), hash, "change {place}");
        }
    }
}
