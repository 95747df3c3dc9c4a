//! The words printed on A4, in each language the shop prints in.

use std::{collections::BTreeMap, sync::LazyLock};

use paper::receipt::Language;

type Texts = BTreeMap<String, String>;

static ZH_CN: LazyLock<Texts> = LazyLock::new(|| read(include_str!("../../locales/zh-CN.json")));
static EN: LazyLock<Texts> = LazyLock::new(|| read(include_str!("../../locales/en.json")));

fn read(json: &str) -> Texts {
    serde_json::from_str(json).unwrap_or_default()
}

/// The words of one language.
#[derive(Clone, Copy)]
pub(crate) struct Words(&'static Texts);

impl Words {
    pub(crate) fn of(language: Language) -> Self {
        Self(match language {
            Language::ZhCn => &ZH_CN,
            Language::En => &EN,
        })
    }

    /// The word of this name.
    pub(crate) fn say(self, name: &str) -> &'static str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The phrase with its placeholders replaced, `{1}` by the first value and so on.
    pub(crate) fn say_with(self, name: &str, values: &[&str]) -> String {
        let phrase = self.say(name).to_owned();
        values.iter().enumerate().fold(phrase, |phrase, (place, value)| phrase.replace(&format!("{{{}}}", place + 1), value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_words_and_placeholders() {
        assert!(!EN.is_empty() && EN.keys().eq(ZH_CN.keys()), "{:?} {:?}", EN.keys(), ZH_CN.keys());
        let holes = |text: &str| (1..4).map(|place| text.contains(&format!("{{{place}}}"))).collect::<Vec<_>>();
        for (name, text) in EN.iter() {
            assert!(!text.is_empty() && !ZH_CN[name].is_empty(), "{name}");
            assert_eq!(holes(text), holes(&ZH_CN[name]), "{name}");
        }
    }
}
