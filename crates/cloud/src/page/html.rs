//! The page's markup and its words. Every text that came from a shop is escaped by the template.

use domain::money::format_decimal;
use maud::{DOCTYPE, Markup, html};
use uuid::Uuid;

use super::figures::{Figures, Till};

/// A language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// 简体中文
    Chinese,
    /// English
    English,
}

impl Lang {
    /// Reads a language tag.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag.split('-').next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// Its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    fn say(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}

/// What the form says of the try before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Password or code.
    Wrong,
    /// Too many tries.
    Wait,
}

fn frame(lang: Lang, shop: Uuid, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="stylesheet" href="/page/style.css";
            }
            body {
                main { (body) }
                nav aria-label=(lang.say("语言", "Language")) {
                    @for (other, name) in [(Lang::Chinese, "中文"), (Lang::English, "English")] {
                        @if other == lang { span lang=(other.tag()) aria-current="true" { (name) } }
                        @else { a lang=(other.tag()) href=(format!("/page/{shop}?lang={}", other.tag())) { (name) } }
                    }
                }
            }
        }
    }
}

/// The way in.
pub fn form(lang: Lang, shop: Uuid, notice: Option<Notice>) -> Markup {
    let title = lang.say("榕店", "Banyan");
    let body = html! {
        h1 { (title) }
        @match notice {
            Some(Notice::Wrong) => p .notice role="alert" {
                (lang.say("密码或动态码不对。每个动态码只能用一次：请等下一个。", "The password or the code is wrong. A code opens once: wait for the next one."))
            }
            Some(Notice::Wait) => p .notice role="alert" {
                (lang.say("试错太多次。请等十五分钟。", "Too many wrong tries. Wait fifteen minutes."))
            }
            None => {}
        }
        form method="post" action=(format!("/page/{shop}/in")) {
            label for="password" { (lang.say("密码", "Password")) }
            input #password name="password" type="password" autocomplete="current-password" maxlength="200" required autofocus;
            label for="code" { (lang.say("验证器上的六位动态码", "Six-digit code of your authenticator")) }
            input #code name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="9" required;
            button { (lang.say("登录", "Sign in")) }
        }
    };
    frame(lang, shop, title, &body)
}

/// The figures.
pub fn figures(lang: Lang, shop: Uuid, figures: &Figures, proof: &str) -> Markup {
    let money = |minor: i64| grouped(&format_decimal(minor, figures.digits));
    let sum = |of: fn(&Till) -> i64| figures.tills.iter().map(of).fold(0, i64::saturating_add);
    let held = sum(|till| till.held);
    let body = html! {
        header {
            h1 { (figures.name) }
            p { (figures.today) " " (figures.time) " · " (figures.currency) }
        }
        @if held > 0 {
            p .notice role="status" {
                @match lang {
                    Lang::Chinese => { (held) " 条记录等待您处理：请在程序的“设置 → 多台收银”里查看。" }
                    Lang::English => { "Entries that wait for you: " (held) ". See Settings → Tills in the program." }
                }
            }
        }
        section {
            h2 { (lang.say("今日销售", "Sales today")) }
            table {
                thead { tr {
                    th scope="col" { (lang.say("收银台", "Till")) }
                    th scope="col" .figure { (lang.say("销售", "Sales")) }
                    th scope="col" .figure { (lang.say("退货", "Returns")) }
                    th scope="col" .figure { (lang.say("净额", "Net")) }
                } }
                tbody {
                    @for till in &figures.tills { tr {
                        th scope="row" { (name_of(till)) }
                        td .figure { (till.today.sales) }
                        td .figure { (till.today.returns) }
                        td .figure { (money(till.today.net_minor)) }
                    } }
                }
                tfoot { tr {
                    th scope="row" { (lang.say("合计", "Total")) }
                    td .figure { (sum(|till| till.today.sales)) }
                    td .figure { (sum(|till| till.today.returns)) }
                    td .figure #today { (money(sum(|till| till.today.net_minor))) }
                } }
            }
        }
        section {
            h2 { (lang.say("本月", "This month")) " " (&figures.today[..7]) }
            dl {
                div { dt { (lang.say("销售净额", "Net sales")) } dd #month { (money(figures.month.net_minor)) } }
                div { dt { (lang.say("佣金", "Commission earned")) } dd #commission { (exact(figures.earned_micro, figures.digits)) } }
                div { dt { (lang.say("销售单数", "Sales")) } dd { (figures.month.sales) } }
                div { dt { (lang.say("退货单数", "Returns")) } dd { (figures.month.returns) } }
            }
        }
        section {
            h2 { (lang.say("收银台", "Tills")) }
            ul { @for till in &figures.tills { (till_card(lang, till)) } }
        }
        form method="post" action=(format!("/page/{shop}/out")) {
            input type="hidden" name="proof" value=(proof);
            button .quiet { (lang.say("退出", "Sign out")) }
        }
    };
    frame(lang, shop, &figures.name, &body)
}

fn name_of(till: &Till) -> String {
    format!("{} ({})", till.row.name, till.row.till)
}

fn till_card(lang: Lang, till: &Till) -> Markup {
    let ceiling = match till.row.ceiling.as_str() {
        "owner" => lang.say("店主", "Everything, as the owner’s"),
        "manager" => lang.say("后台", "Back office"),
        _ => lang.say("收银", "Till"),
    };
    html! {
        li {
            strong { (name_of(till)) }
            @match till.row.state.as_str() {
                "active" => {}
                "locked" => span .seal { (lang.say("已锁定", "Locked")) },
                _ => span .seal { (lang.say("已移除", "Taken out")) },
            }
            p { (ceiling) " · " (lang.say("最近在线 ", "last seen ")) (till.seen) }
            @if till.behind > 0 { p { (lang.say("待取条数：", "Entries it has not fetched: ")) (till.behind) } }
            @if till.held > 0 { p .wait { (lang.say("等待店主处理：", "Waiting for the owner: ")) (till.held) } }
        }
    }
}

/// Thousands apart, and a true minus.
fn grouped(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("−", rest));
    let (whole, after) = rest.split_once('.').map_or((rest, String::new()), |(whole, after)| (whole, format!(".{after}")));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + &after
}

/// Millionths of a minor unit, to the last of them that is not zero.
fn exact(micro: i64, digits: u8) -> String {
    let text = format_decimal(micro, digits + 6);
    let zeros = text.chars().rev().take_while(|digit| *digit == '0').count().min(6);
    grouped(text[..text.len() - zeros].trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_whole() {
        assert_eq!(["0.00", "999.50", "1000.00", "-1234567.89", "12345"].map(grouped), ["0.00", "999.50", "1,000.00", "−1,234,567.89", "12,345"]);
        assert_eq!(exact(123_450_000_000, 2), "1,234.50");
        assert_eq!(exact(123_456_700_000, 2), "1,234.567");
        assert_eq!(exact(-1, 2), "−0.00000001");
        assert_eq!((exact(0, 2), exact(0, 0)), ("0.00".into(), "0".into()));
        assert_eq!(exact(5_000_000, 0), "5");
    }

    #[test]
    fn a_hostile_name_is_only_a_name() {
        let text =
            frame(Lang::English, Uuid::nil(), "<script>alert(1)</script>\"", &html! { p title="\"><img>" { "</title><img src=x onerror=y>" } })
                .into_string();
        assert!(!text.contains("<script") && !text.contains("<img"), "{text}");
    }
}
