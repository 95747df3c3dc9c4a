//! The words that the program brings; the owner makes them the shop's own.

use super::{MessageChannel, Occasion, OccasionTerms, Wording};

pub(super) fn usual(occasion: Occasion) -> OccasionTerms {
    let (zh, en) = match occasion {
        Occasion::Earned => (
            ("您有一笔新佣金", "{姓名}您好，{日期}您获得佣金 {金额}（{单号}），以月结单为准。{店名}"),
            ("You earned commission", "Hello {member}, on {date} you earned {amount} ({from}). The month's statement decides. {shop}"),
        ),
        Occasion::Matured => (
            ("佣金可以提取了", "{姓名}您好，{月份} 的佣金 {金额} 现在可以提取。{店名}"),
            ("Your commission can be paid out", "Hello {member}, {amount} of your commission for {month} can be paid out now. {shop}"),
        ),
        Occasion::Statement => (
            ("{月份} 佣金月结单", "{姓名}您好，您 {月份} 的月结单 {单号} 已出，应付 {金额}。{店名}"),
            ("Your statement for {month}", "Hello {member}, your statement {from} for {month} is ready: {amount} is payable. {shop}"),
        ),
        Occasion::Payout => (
            ("提现 {单号}：{状态}", "{姓名}您好，您的提现 {单号}（{金额}）状态：{状态}。{店名}"),
            ("Payout {from}: {state}", "Hello {member}, your payout {from} of {amount} is now: {state}. {shop}"),
        ),
        Occasion::Points => (
            ("积分即将到期", "{姓名}您好，您有 {积分} 积分将于 {到期日} 到期，请及时使用。{店名}"),
            ("Points run out soon", "Hello {member}, {points} of your points run out on {until}. Use them in time. {shop}"),
        ),
        Occasion::Level => (
            ("恭喜升级为{等级}", "{姓名}您好，恭喜您成为{等级}会员。{店名}"),
            ("You reached {level}", "Hello {member}, congratulations: you reached the level {level}. {shop}"),
        ),
    };
    let wording = |(subject, text): (&str, &str)| Wording { subject: subject.into(), text: text.into() };
    // A statement says what can be paid out, so that few shops want to say it twice.
    OccasionTerms { on: occasion != Occasion::Matured, channel: MessageChannel::Email, zh: wording(zh), en: wording(en) }
}
