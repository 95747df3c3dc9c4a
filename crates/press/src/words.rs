//! The words printed on pages, in each language.

use std::sync::LazyLock;

use serde_json::{Map, Value};

/// A language of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    ZhCn,
    /// English.
    En,
}

type Words = Map<String, Value>;

static ZH_CN: LazyLock<Words> = LazyLock::new(|| read(include_str!("../locales/zh-CN.json")));
static EN: LazyLock<Words> = LazyLock::new(|| read(include_str!("../locales/en.json")));

fn read(json: &str) -> Words {
    serde_json::from_str(json).unwrap_or_default()
}

impl Language {
    pub(crate) fn words(self) -> &'static Words {
        match self {
            Self::ZhCn => &ZH_CN,
            Self::En => &EN,
        }
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::ZhCn => "zh",
            Self::En => "en",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_words_and_every_word_of_the_templates() {
        let names = |words: &Words| words.keys().cloned().collect::<std::collections::BTreeSet<_>>();
        let (zh, en) = (names(&ZH_CN), names(&EN));
        assert_eq!(zh, en);
        assert!(ZH_CN.values().chain(EN.values()).all(|text| text.as_str().is_some_and(|text| !text.is_empty())));
        let templates = [
            include_str!("../templates/page.typ"),
            include_str!("../templates/sale.typ"),
            include_str!("../templates/statement.typ"),
            include_str!("../templates/month.typ"),
        ];
        let mut used = std::collections::BTreeSet::new();
        for part in templates.iter().flat_map(|text| text.split("#w.").skip(1).chain(text.split("[w.").skip(1)).chain(text.split(" w.").skip(1))) {
            used.insert(part.chars().take_while(|ch| ch.is_ascii_lowercase() || *ch == '_').collect::<String>());
        }
        assert!(!used.is_empty());
        let missing: Vec<&String> = used.iter().filter(|word| !zh.contains(*word)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
