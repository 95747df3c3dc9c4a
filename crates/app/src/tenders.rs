//! The tenders of the shop as data: the first seven, and those that the owner adds.

use std::collections::BTreeSet;

use domain::pricing::{TenderKind, TenderRules};
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

/// The largest number of tenders: nine have a key, the others are chosen by pointer or arrow.
const MOST: usize = 30;

/// One way to pay as the shop takes it. Facts name it by its code for ever; everything else may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TenderTerms {
    /// Code in facts: never changed, never given to another.
    pub code: String,
    /// Name on screen and paper; empty for the program's own word, which the first seven have.
    pub name: String,
    /// The name where the other language is shown; empty for the same.
    pub name_2: String,
    /// True where more may be handed over than is due: the rest is given back in cash.
    pub gives_change: bool,
    /// True where it is taken only with the reference of the outside payment.
    pub needs_reference: bool,
    /// True where it lies in the drawer, which therefore opens.
    pub opens_drawer: bool,
    /// True where its slips are counted at the shift's end, in a shop that counts them.
    pub counted: bool,
    /// The digit that takes it with Alt at the till; absent: its place among the offered ones.
    pub key: Option<u8>,
    /// True where it is not offered any more.
    pub archived: bool,
}

/// How it may stand in the books: the whole of it, or, as earlier versions wrote it, the code of an offered one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Code(String),
    Terms(Fields),
}

#[derive(Deserialize)]
struct Fields {
    code: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    name_2: String,
    #[serde(default)]
    gives_change: bool,
    #[serde(default)]
    needs_reference: bool,
    #[serde(default)]
    opens_drawer: bool,
    #[serde(default)]
    counted: bool,
    #[serde(default)]
    key: Option<u8>,
    #[serde(default)]
    archived: bool,
}

impl<'de> Deserialize<'de> for TenderTerms {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Kept::deserialize(deserializer)? {
            Kept::Code(code) => Self::plain(&code),
            Kept::Terms(Fields { code, name, name_2, gives_change, needs_reference, opens_drawer, counted, key, archived }) => {
                Self { code, name, name_2, gives_change, needs_reference, opens_drawer, counted, key, archived }
            }
        })
    }
}

impl TenderTerms {
    /// One of the first seven as it comes, or a new one, offered.
    pub fn plain(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: String::new(),
            name_2: String::new(),
            gives_change: code == "cash",
            needs_reference: false,
            opens_drawer: matches!(code, "cash" | "voucher"),
            counted: !matches!(code, "balance" | "voucher"),
            key: None,
            archived: false,
        }
    }

    /// Its name in a language.
    pub fn named(&self, chinese: bool) -> String {
        let own = if chinese || self.name_2.trim().is_empty() { &self.name } else { &self.name_2 };
        if own.trim().is_empty() { word(&self.code, chinese) } else { own.trim().to_owned() }
    }
}

/// The program's own word for a tender; the code where it has none.
fn word(code: &str, chinese: bool) -> String {
    let (zh, en) = match code {
        "cash" => ("现金", "Cash"),
        "card" => ("银行卡", "Card"),
        "wechat" => ("微信支付", "WeChat Pay"),
        "alipay" => ("支付宝", "Alipay"),
        "transfer" => ("转账", "Transfer"),
        "balance" => ("储值", "Stored value"),
        "voucher" => ("代金券", "Voucher"),
        other => (other, other),
    };
    if chinese { zh.to_owned() } else { en.to_owned() }
}

/// Why the tenders are not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(crate) enum TenderRefusal {
    /// No code, or one of other signs.
    #[error("{tender} is no code of a tender: one to sixteen small letters, digits and low lines")]
    UnknownTender { tender: String },
    /// The code stands twice.
    #[error("tender {tender} stands twice")]
    TenderTwice { tender: String },
    /// One that the shop added has no name.
    #[error("tender {tender} needs a name")]
    TenderName { tender: String },
    /// Two offered tenders have one key.
    #[error("key {key} is given twice")]
    TenderKey { key: u8 },
    /// Nothing could be paid.
    #[error("at least one tender must be offered")]
    NoTender,
    /// Too many of them.
    #[error("there is room for {most} tenders")]
    TooManyTenders { most: usize },
}

/// Puts those in that every shop has, and those that were there before: a tender that facts name is put away, never forgotten. Cash gives change
/// whatever is asked, stored value and vouchers of the shop never do.
pub fn complete(asked: Vec<TenderTerms>, before: &[TenderTerms]) -> Vec<TenderTerms> {
    let first = TenderKind::ALL.iter().map(|kind| TenderTerms::plain(kind.name()));
    let mut all = asked;
    for missing in before.iter().cloned().chain(first) {
        if !all.iter().any(|terms| terms.code == missing.code) {
            all.push(TenderTerms { archived: true, ..missing });
        }
    }
    for terms in &mut all {
        match terms.code.as_str() {
            "cash" => (terms.gives_change, terms.needs_reference, terms.opens_drawer) = (true, false, true),
            "balance" => (terms.gives_change, terms.needs_reference, terms.opens_drawer, terms.counted) = (false, false, false, false),
            "voucher" => (terms.gives_change, terms.needs_reference, terms.counted) = (false, false, false),
            _ => {}
        }
    }
    all
}

/// Whether these can be the shop's tenders.
///
/// # Errors
/// [`TenderRefusal`]
pub(crate) fn check(tenders: &[TenderTerms]) -> Result<(), TenderRefusal> {
    let mut codes = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for terms in tenders {
        let tender = terms.code.clone();
        let kind = TenderKind::named(&terms.code).ok_or_else(|| TenderRefusal::UnknownTender { tender: tender.clone() })?;
        if !codes.insert(&terms.code) {
            return Err(TenderRefusal::TenderTwice { tender });
        }
        if terms.name.trim().is_empty() && !TenderKind::ALL.contains(&kind) {
            return Err(TenderRefusal::TenderName { tender });
        }
        if let Some(key) = terms.key.filter(|_| !terms.archived)
            && (!(1..=9).contains(&key) || !keys.insert(key))
        {
            return Err(TenderRefusal::TenderKey { key });
        }
    }
    if tenders.len() > MOST {
        return Err(TenderRefusal::TooManyTenders { most: MOST });
    }
    if tenders.iter().all(|terms| terms.archived) { Err(TenderRefusal::NoTender) } else { Ok(()) }
}

/// What pricing asks of them.
pub fn rules(tenders: &[TenderTerms]) -> TenderRules {
    let those = |wanted: fn(&TenderTerms) -> bool| {
        tenders.iter().filter(move |terms| wanted(terms)).filter_map(|terms| TenderKind::named(&terms.code)).filter(|kind| *kind != TenderKind::Cash)
    };
    TenderRules { give_change: those(|terms| terms.gives_change).collect(), need_reference: those(|terms| terms.needs_reference).collect() }
}

/// The tender's name on paper and in sheets; the program's word, or the code, for one that is not known here.
pub fn name_of(tenders: &[TenderTerms], code: &str, chinese: bool) -> String {
    tenders.iter().find(|terms| terms.code == code).map_or_else(|| word(code, chinese), |terms| terms.named(chinese))
}

/// Whether a tender lies in the drawer.
pub fn opens_drawer(tenders: &[TenderTerms], code: &str) -> bool {
    tenders.iter().find(|terms| terms.code == code).map_or(code == "cash", |terms| terms.opens_drawer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(tenders: &[TenderTerms], archived: bool) -> Vec<&str> {
        tenders.iter().filter(|terms| terms.archived == archived).map(|terms| terms.code.as_str()).collect()
    }

    #[test]
    fn what_earlier_versions_wrote_keeps_its_meaning() {
        let old: Vec<TenderTerms> = serde_json::from_str(r#"["cash","wechat"]"#).expect("read");
        let all = complete(old, &[]);
        assert_eq!(codes(&all, false), ["cash", "wechat"]);
        assert_eq!(codes(&all, true), ["card", "alipay", "transfer", "balance", "voucher"]);
        let kept = serde_json::to_string(&all).expect("written");
        assert_eq!(serde_json::from_str::<Vec<TenderTerms>>(&kept).expect("read"), all);
        assert!(check(&all).is_ok());
        assert!(rules(&all).is_plain());
    }

    #[test]
    fn one_that_was_there_is_put_away_and_never_forgotten() {
        let mall = TenderTerms { name: "商场券".into(), name_2: "Mall voucher".into(), gives_change: true, ..TenderTerms::plain("mall") };
        let before = complete(vec![TenderTerms::plain("cash"), mall.clone()], &[]);
        assert_eq!((name_of(&before, "mall", true), name_of(&before, "mall", false)), ("商场券".into(), "Mall voucher".into()));
        assert!(rules(&before).gives_change(TenderKind::named("mall").expect("a code")));
        let after = complete(vec![TenderTerms::plain("cash")], &before);
        assert!(after.contains(&TenderTerms { archived: true, ..mall }));
    }

    #[test]
    fn each_refusal() {
        let said = |change: fn(&mut Vec<TenderTerms>)| {
            let mut tenders = complete(vec![TenderTerms::plain("cash"), TenderTerms::plain("card")], &[]);
            change(&mut tenders);
            check(&tenders).expect_err("refused").to_string()
        };
        assert!(said(|all| all[1].code = "K!".into()).contains("no code"));
        assert_eq!(said(|all| all[1].code = "cash".into()), "tender cash stands twice");
        assert_eq!(said(|all| all[1].code = "mall".into()), "tender mall needs a name");
        assert_eq!(said(|all| (all[0].key, all[1].key) = (Some(2), Some(2))), "key 2 is given twice");
        assert_eq!(said(|all| all[0].key = Some(0)), "key 0 is given twice");
        assert_eq!(said(|all| all.iter_mut().for_each(|terms| terms.archived = true)), "at least one tender must be offered");
    }
}
