//! The files between the shop and whoever pays: a batch goes out by the channel's template, what became of each line is read back and matched.

use std::{collections::HashMap, path::Path};

use books::query::{BatchRow, PayoutFilter, PayoutRow, Window};
use domain::{
    ids::BatchId,
    payout::{BatchFormat, Channel, Column, PayoutBatch, PayoutRefusal, PayoutState, PayoutStep, PayoutsMoved},
};
use paper::{
    amount::scaled,
    sheet_in::{SheetIn, SheetOptions},
    sheet_out::{Cell, ColumnKind, SheetColumn, SheetFormat, SheetOut},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::moves::{approved, of_batch, settle, step};
use crate::{
    failure::{DoorRefusal, Failure, not_found},
    house::Shop,
    menu::Call,
};

/// Payouts in one entry.
const PART: usize = 200;

/// A batch to send.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SendDraft {
    /// Everything approved of this channel.
    pub channel: String,
    /// Where the file goes.
    pub path: String,
}

/// A batch whose file is to be written once more.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BatchFileDraft {
    /// Which.
    pub batch: BatchId,
    /// Where the file goes.
    pub path: String,
}

/// A result file to read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ResultDraft {
    /// The file.
    pub path: String,
    /// False only looks; true records what was found.
    pub apply: bool,
}

/// What a result file says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ResultTold {
    /// Lines read.
    pub lines: i64,
    /// Lines whose payout was paid.
    pub paid: i64,
    /// What arrived, in minor units.
    pub paid_minor: i64,
    /// Lines whose payout failed.
    pub failed: i64,
    /// What goes back to what is payable, in minor units.
    pub failed_minor: i64,
    /// Each line that is not simply paid.
    pub odd: Vec<ResultLine>,
}

/// A line of a result file that wants an eye.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ResultLine {
    /// Line of the file.
    #[ts(type = "number")]
    pub line: u64,
    /// The payout's number, as read.
    pub number: String,
    /// Whose, where it is known.
    pub name: String,
    /// What is odd.
    pub oddity: Oddity,
    /// What the file says.
    pub said: String,
}

/// What is odd about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Oddity {
    /// The bank said no: payable again.
    Failed,
    /// No payout has this number.
    Unknown,
    /// The amount is not what was sent: left as it is.
    Amount,
    /// It is not waiting for a result any more.
    Over,
    /// The file does not say what became of it yet: left as it is.
    Undecided,
}

/// Sends everything that is approved of a channel as one batch and writes its file. The books go first: a file that could not be written is
/// written again, and nothing is sent twice.
pub async fn send_payouts(call: &Call<'_>, draft: SendDraft) -> Result<BatchRow, Failure> {
    let shop = call.shop()?;
    let terms = shop.settings().await.payouts.clone();
    let channel = terms.channel(&draft.channel);
    let channel = channel.ok_or_else(|| Failure::refused(PayoutRefusal::NoChannel { channel: draft.channel.clone() }))?;
    if channel.kind.stays_here() {
        return Err(Failure::refused(PayoutRefusal::StaysHere { channel: channel.name.clone() }));
    }
    let batch: BatchId = call.house.world.new_id();
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let rows = approved(&mut writing, &channel.id).await?;
        if rows.is_empty() {
            return Err(not_found("approved payout"));
        }
        let number = format!("B-{:05}", writing.next_number("payout_batch:B").await?);
        let steps: Vec<PayoutStep> = rows.iter().map(|row| step(row, "", "")).collect();
        for part in steps.chunks(PART) {
            let sent = PayoutBatch { batch, number: number.clone(), channel: channel.id.clone() };
            writing
                .record(call.entry(PayoutsMoved { to: PayoutState::Sent, steps: part.to_vec(), batch: Some(sent), cash: false, balance: false })?)
                .await?;
        }
        Ok(rows)
    }
    .await;
    let rows = call.house.finish(writing, outcome).await?;
    write(shop, channel, &rows, Path::new(&draft.path)).await?;
    let found = shop.books.payout_batches(Window { offset: 0, limit: 20 }).await?.rows.into_iter().find(|row| row.batch == batch);
    found.ok_or_else(|| not_found("batch"))
}

/// Writes a batch's file once more, from what was sent with it.
pub async fn write_batch(call: &Call<'_>, draft: BatchFileDraft) -> Result<(), Failure> {
    let shop = call.shop()?;
    let terms = shop.settings().await.payouts.clone();
    let rows = of_batch(shop, draft.batch).await?;
    let channel = rows.first().map(|row| row.payee.channel.clone()).ok_or_else(|| not_found("batch"))?;
    let channel = terms.channel(&channel).ok_or_else(|| Failure::refused(PayoutRefusal::NoChannel { channel: channel.clone() }))?;
    write(shop, channel, &rows, Path::new(&draft.path)).await
}

async fn write(shop: &Shop, channel: &Channel, rows: &[PayoutRow], path: &Path) -> Result<(), Failure> {
    let refused = |fault: &dyn std::fmt::Display| Failure::from(DoorRefusal::File { path: path.display().to_string(), reason: fault.to_string() });
    let digits = shop.info.minor_digits;
    let format = match channel.template.format {
        BatchFormat::Xlsx => SheetFormat::Xlsx,
        BatchFormat::Csv => SheetFormat::Csv,
        BatchFormat::CsvGb18030 => SheetFormat::CsvGb18030,
    };
    let kind = |column: Column| match column {
        Column::Row => ColumnKind::Integer,
        Column::Amount => ColumnKind::Money { digits },
        Column::Number | Column::Holder | Column::Account | Column::Bank | Column::Note => ColumnKind::Text,
    };
    let columns = channel.template.columns.iter().map(|(title, column)| SheetColumn { title: title.clone(), kind: kind(*column), total: false });
    let mut sheet = SheetOut::create(path, format, &channel.id, columns.collect()).map_err(|fault| refused(&fault))?;
    for (place, row) in (1i64..).zip(rows) {
        let cell = |column: &Column| match column {
            Column::Row => Cell::Number(place),
            Column::Number => Cell::Text(row.number.clone()),
            Column::Holder => Cell::Text(if row.payee.holder.is_empty() { row.name.clone() } else { row.payee.holder.clone() }),
            Column::Account => Cell::Text(row.payee.account.clone()),
            Column::Bank => Cell::Text(row.payee.bank.clone()),
            Column::Amount => Cell::Number(row.amount_minor - row.fee_minor),
            Column::Note => Cell::Text([row.member_number.as_str(), row.month.as_deref().unwrap_or_default()].join(" ").trim().to_owned()),
        };
        let cells: Vec<Cell> = channel.template.columns.iter().map(|(_, column)| cell(column)).collect();
        sheet.row(&cells).map_err(|fault| refused(&fault))?;
    }
    sheet.finish("").map_err(|fault| refused(&fault))?;
    Ok(())
}

/// Reads what became of payouts and, where asked to, records it: each line stands for itself, so that one that means nothing stops no other.
/// Reading the same file twice changes nothing.
pub async fn payout_result(call: &Call<'_>, draft: ResultDraft) -> Result<ResultTold, Failure> {
    let shop = call.shop()?;
    let terms = shop.settings().await.payouts.clone();
    let path = draft.path.clone();
    let lines = tokio::task::spawn_blocking(move || read(Path::new(&path))).await.map_err(|error| Failure::Broken { trace: error.to_string() })??;
    let digits = shop.info.minor_digits;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let filter = PayoutFilter { states: vec![PayoutState::Sent], ..PayoutFilter::default() };
        let sent = writing.reads().payouts_in(&filter).await?;
        let mut waiting: HashMap<&str, &PayoutRow> = sent.iter().map(|row| (row.number.as_str(), row)).collect();
        let mut told = ResultTold::default();
        let (mut paid, mut failed) = (Vec::new(), Vec::new());
        for line in lines {
            told.lines += 1;
            let mut odd = |oddity, name: &str| {
                told.odd.push(ResultLine { line: line.line, number: line.number.clone(), name: name.to_owned(), oddity, said: line.said.clone() });
            };
            let Some(row) = waiting.get(line.number.as_str()).copied() else {
                match writing.reads().payout_numbered(&line.number).await? {
                    Some(row) => odd(Oddity::Over, &row.name),
                    None => odd(Oddity::Unknown, ""),
                }
                continue;
            };
            let net = row.amount_minor - row.fee_minor;
            if line.amount.as_deref().is_some_and(|amount| !same_amount(amount, net, digits)) {
                odd(Oddity::Amount, &row.name);
                continue;
            }
            match line.done {
                Some(true) => {
                    told.paid += 1;
                    told.paid_minor += net;
                    paid.push(step(row, "", &line.reference));
                }
                Some(false) => {
                    odd(Oddity::Failed, &row.name);
                    told.failed += 1;
                    told.failed_minor += row.amount_minor;
                    failed.push(step(row, &line.said, &line.reference));
                }
                None => {
                    odd(Oddity::Undecided, &row.name);
                    continue;
                }
            }
            waiting.remove(line.number.as_str());
        }
        if draft.apply {
            settle(call, &mut writing, &terms, PayoutState::Paid, &sent, paid).await?;
            settle(call, &mut writing, &terms, PayoutState::Failed, &sent, failed).await?;
        }
        Ok(told)
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// A line of a result file as it was read.
struct Line {
    line: u64,
    number: String,
    amount: Option<String>,
    /// Arrived, did not, or not said.
    done: Option<bool>,
    said: String,
    reference: String,
}

/// Titles under which banks and services say things, in lower case.
const NUMBER: [&str; 8] = ["商户订单号", "商家明细单号", "单号", "商家订单号", "流水号", "number", "payout", "order no"];
const STATUS: [&str; 8] = ["状态", "明细状态", "交易状态", "处理结果", "结果", "转账状态", "status", "result"];
const REASON: [&str; 7] = ["失败原因", "原因", "备注说明", "错误描述", "reason", "failure reason", "error"];
const AMOUNT: [&str; 5] = ["金额", "转账金额", "交易金额", "amount", "net amount"];
const REFERENCE: [&str; 7] = ["支付宝流水号", "微信明细单号", "银行流水号", "交易流水号", "流水", "reference", "transaction id"];
const YES: [&str; 9] = ["成功", "已成功", "转账成功", "交易成功", "已支付", "已到账", "success", "paid", "ok"];
const NO: [&str; 9] = ["失败", "已失败", "转账失败", "交易失败", "退票", "拒绝", "fail", "failed", "rejected"];

fn read(path: &Path) -> Result<Vec<Line>, Failure> {
    let refused = |reason: String| Failure::from(DoorRefusal::File { path: path.display().to_string(), reason });
    let sheet = SheetIn::open(path, &SheetOptions::default()).map_err(|fault| refused(fault.to_string()))?;
    let titles: Vec<String> = sheet.header().iter().map(|title| title.trim().to_lowercase()).collect();
    let place = |names: &[&str]| names.iter().find_map(|name| titles.iter().position(|title| title == name));
    let missing = |what: &str| refused(format!("no column says the {what}"));
    let number = place(&NUMBER).ok_or_else(|| missing("number of the payout"))?;
    let status = place(&STATUS).ok_or_else(|| missing("result"))?;
    let (reason, amount, reference) = (place(&REASON), place(&AMOUNT), place(&REFERENCE));
    let mut lines = Vec::new();
    for row in sheet {
        let row = row.map_err(|fault| refused(fault.to_string()))?;
        let cell = |place: usize| row.cells.get(place).map(|text| text.trim().to_owned()).unwrap_or_default();
        let word = cell(status).to_lowercase();
        let done = if YES.contains(&word.as_str()) {
            Some(true)
        } else if NO.contains(&word.as_str()) || word.starts_with("失败") || word.starts_with("fail") {
            Some(false)
        } else {
            None
        };
        let why = reason.map(&cell).unwrap_or_default();
        let said = if why.is_empty() { cell(status) } else { why };
        lines.push(Line {
            line: row.number,
            number: cell(number),
            amount: amount.map(&cell).filter(|text| !text.is_empty()),
            done,
            said,
            reference: reference.map(&cell).unwrap_or_default(),
        });
    }
    Ok(lines)
}

/// True where a written amount is this one, whatever grouping, sign of the currency and idle zeros it has.
fn same_amount(written: &str, minor: i64, digits: u8) -> bool {
    scaled(written.trim().trim_end_matches('元').trim(), digits).is_ok_and(|read| i128::from(read) == i128::from(minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_the_same_however_it_is_written() {
        for (written, same) in [("12.30", true), ("¥12.3", true), ("1,230", false), ("12.31", false), ("12", false)] {
            assert_eq!(same_amount(written, 1230, 2), same, "{written}");
        }
        assert!(same_amount("1,200.00 元", 120_000, 2));
        assert!(same_amount("1200", 120_000, 2));
    }
}
