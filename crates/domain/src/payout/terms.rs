//! What the shop sets for payouts: bounds, fee, days, who approves, and the channels with the files they take.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::person::Role;

/// The terms of payouts. The defaults pay everything without a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PayoutTerms {
    /// Nothing below this is paid out, in minor units.
    pub minimum_minor: i64,
    /// Nothing above this at once; 0 for any amount.
    pub maximum_minor: i64,
    /// The fee as a share of the amount, in millionths.
    pub fee_ppm: i64,
    /// The fee is at least this, where there is one.
    pub fee_least_minor: i64,
    /// Amounts from here …
    pub free_from_minor: i64,
    /// … up to here cost no fee; 0 as the end for no such band.
    pub free_to_minor: i64,
    /// Days of the month on which members may ask; empty for every day.
    pub days: Vec<u8>,
    /// Least role that approves.
    pub approves: Role,
    /// Amounts above this need a second person; absent: none do.
    pub second_above_minor: Option<i64>,
    /// True: where the law taxes commission by person, no payout without the number of an identity document.
    pub identity: bool,
    /// The ways money takes, in order.
    pub channels: Vec<Channel>,
}

impl Default for PayoutTerms {
    fn default() -> Self {
        Self {
            minimum_minor: 1,
            maximum_minor: 0,
            fee_ppm: 0,
            fee_least_minor: 0,
            free_from_minor: 0,
            free_to_minor: 0,
            days: Vec::new(),
            approves: Role::Manager,
            second_above_minor: None,
            identity: true,
            channels: Channel::usual(),
        }
    }
}

impl PayoutTerms {
    /// The fee on an amount, rounded half up, never more than the amount.
    pub fn fee_minor(&self, amount_minor: i64) -> i64 {
        let free = self.free_to_minor > 0 && (self.free_from_minor..=self.free_to_minor).contains(&amount_minor);
        if free || self.fee_ppm == 0 && self.fee_least_minor == 0 {
            return 0;
        }
        let share = (i128::from(amount_minor) * i128::from(self.fee_ppm) + 500_000) / 1_000_000;
        i64::try_from(share).unwrap_or(amount_minor).max(self.fee_least_minor).clamp(0, amount_minor.max(0))
    }

    /// The channel of this id.
    pub fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.id == id)
    }
}

/// A way that money takes to a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Channel {
    /// Names it in the books.
    pub id: String,
    /// As shown.
    pub name: String,
    /// What it is.
    pub kind: ChannelKind,
    /// The file it takes.
    pub template: Template,
    /// Points for one whole unit of money, where it gives points.
    #[serde(default)]
    pub points_per_unit: i64,
}

/// What a channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// To an account at a bank.
    Bank,
    /// To an account at a payment service.
    Wallet,
    /// Cash from the safe.
    Cash,
    /// To the member's stored value: it stays in the shop.
    Balance,
    /// To the member's points: it stays in the shop and is no money any more.
    Points,
}

impl ChannelKind {
    /// True where nothing leaves the shop: an approved amount has arrived.
    pub fn stays_here(self) -> bool {
        matches!(self, Self::Balance | Self::Points)
    }

    /// True where somebody outside is paid, who has an account there.
    pub fn wants_account(self) -> bool {
        matches!(self, Self::Bank | Self::Wallet)
    }
}

/// The file that a channel takes, column by column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Template {
    /// Its format.
    pub format: BatchFormat,
    /// Titles with what stands under them.
    pub columns: Vec<(String, Column)>,
}

/// Format of a batch file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BatchFormat {
    /// A workbook.
    Xlsx,
    /// CSV in UTF-8.
    Csv,
    /// CSV in GB18030, as older Chinese banks want it.
    CsvGb18030,
}

/// What stands in a column of a batch file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Counted from 1.
    Row,
    /// The payout's number: by it the result finds its way back.
    Number,
    /// Name of the account's holder.
    Holder,
    /// The account.
    Account,
    /// The bank.
    Bank,
    /// What is sent, after the fee.
    Amount,
    /// The member's number and the month.
    Note,
}

impl Channel {
    /// Whole points for an amount, the rest of a point falls away; `digits` are those of the currency.
    pub fn points(&self, net_minor: i64, digits: u8) -> i64 {
        let points = i128::from(net_minor.max(0)) * i128::from(self.points_per_unit.max(0)) / 10_i128.pow(u32::from(digits));
        i64::try_from(points).unwrap_or(i64::MAX)
    }

    /// The channels of a new shop: bank, Alipay, WeChat, stored value and cash.
    pub fn usual() -> Vec<Self> {
        let columns = |titles: &[(&str, Column)]| titles.iter().map(|(title, column)| ((*title).to_owned(), *column)).collect::<Vec<_>>();
        let channel = |id: &str, name: &str, kind, format, titles: &[(&str, Column)]| Self {
            id: id.to_owned(),
            name: name.to_owned(),
            kind,
            template: Template { format, columns: columns(titles) },
            points_per_unit: 0,
        };
        vec![
            channel(
                "bank",
                "银行转账 Bank",
                ChannelKind::Bank,
                BatchFormat::Xlsx,
                &[
                    ("序号", Column::Row),
                    ("收款人账号", Column::Account),
                    ("收款人户名", Column::Holder),
                    ("开户行", Column::Bank),
                    ("金额", Column::Amount),
                    ("用途", Column::Note),
                    ("商户订单号", Column::Number),
                ],
            ),
            channel(
                "alipay",
                "支付宝 Alipay",
                ChannelKind::Wallet,
                BatchFormat::Csv,
                &[
                    ("商户订单号", Column::Number),
                    ("收款方账号", Column::Account),
                    ("收款方姓名", Column::Holder),
                    ("金额", Column::Amount),
                    ("备注", Column::Note),
                ],
            ),
            channel(
                "wechat",
                "微信 WeChat",
                ChannelKind::Wallet,
                BatchFormat::Csv,
                &[
                    ("商家明细单号", Column::Number),
                    ("收款用户openid", Column::Account),
                    ("收款用户姓名", Column::Holder),
                    ("转账金额", Column::Amount),
                    ("转账备注", Column::Note),
                ],
            ),
            channel("balance", "储值 Stored value", ChannelKind::Balance, BatchFormat::Xlsx, &[("单号", Column::Number), ("金额", Column::Amount)]),
            channel(
                "cash",
                "现金 Cash",
                ChannelKind::Cash,
                BatchFormat::Xlsx,
                &[("序号", Column::Row), ("单号", Column::Number), ("姓名", Column::Holder), ("金额", Column::Amount), ("备注", Column::Note)],
            ),
        ]
    }
}
