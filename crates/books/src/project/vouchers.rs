//! Vouchers as they came to be, and what was changed of them.

use domain::{
    ids::VoucherId,
    returns::SaleReturned,
    voucher::{VoucherChanged, VoucherHow, VoucherIssued},
};

use super::balances::takings;
use crate::{batch::Batch, entry::Entry};

struct Row<'a> {
    voucher: VoucherId,
    code: &'a str,
    how: VoucherHow,
    number: &'a str,
    member: Option<&'a [u8]>,
    amount_minor: i64,
    expires: Option<&'a String>,
    reason: Option<&'a String>,
}

pub fn issued(batch: &mut Batch, number: i64, entry: &Entry, issued: &VoucherIssued) {
    let member = issued.member.as_ref();
    let row = Row {
        voucher: issued.voucher,
        code: &issued.code,
        how: issued.how,
        number: &issued.number,
        member: member.map(domain::ids::MemberId::bytes),
        amount_minor: issued.amount_minor,
        expires: issued.expires.as_ref(),
        reason: issued.reason.as_ref(),
    };
    insert(batch, number, entry, &row);
    takings(batch, number, entry, issued.shift, &issued.kept());
    super::count_up(batch, "receipt", &issued.number);
}

/// Vouchers that were made for goods that came back.
pub fn returned(batch: &mut Batch, number: i64, entry: &Entry, back: &SaleReturned) {
    let made = back.refunds.iter().find_map(|refund| refund.voucher.as_ref().filter(|voucher| voucher.made).map(|voucher| (voucher, refund)));
    if let Some((voucher, refund)) = made {
        let row = Row {
            voucher: voucher.voucher,
            code: &voucher.code,
            how: VoucherHow::Returned,
            number: &back.number,
            member: back.member.as_ref().map(domain::ids::MemberId::bytes),
            amount_minor: refund.amount_minor,
            expires: voucher.expires.as_ref(),
            reason: back.reason.as_ref(),
        };
        insert(batch, number, entry, &row);
    }
}

fn insert(batch: &mut Batch, number: i64, entry: &Entry, row: &Row<'_>) {
    batch
        .statement(
            "INSERT INTO vouchers (entry, id, code, how, number, member, person, business_date, at_ms, amount_minor, expires, reason)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(number)
        .bind(row.voucher.bytes().to_vec())
        .bind(row.code.to_owned())
        .bind(row.how.word())
        .bind(row.number.to_owned())
        .bind(row.member.map(<[u8]>::to_vec))
        .bind(entry.7.map(|person| person.bytes().to_vec()))
        .bind(entry.6.clone())
        .bind(entry.5.0)
        .bind(row.amount_minor)
        .bind(row.expires.cloned())
        .bind(row.reason.cloned());
}

pub fn changed(batch: &mut Batch, number: i64, entry: &Entry, changed: &VoucherChanged) {
    batch
        .statement("INSERT INTO voucher_changes (entry, voucher, person, expires, blocked, reason) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(number)
        .bind(changed.voucher.bytes().to_vec())
        .bind(entry.7.map(|person| person.bytes().to_vec()))
        .bind(changed.expires.clone())
        .bind(changed.blocked)
        .bind(changed.reason.clone());
    batch
        .statement("UPDATE vouchers SET expires = coalesce(?, expires), blocked = coalesce(?, blocked) WHERE id = ?")
        .bind(changed.expires.clone())
        .bind(changed.blocked)
        .bind(changed.voucher.bytes().to_vec());
}
