//! The language of the system, for the first screen of all: the one that asks which language to use.

/// What runs before the screens so that they see the languages of the person's session. WebKitGTK tells them only a
/// language whose locale is installed; a shop's machine often has the setting without the locale. The other systems'
/// web views ask the system, so nothing runs there.
#[must_use]
pub fn of_session() -> String {
    if !cfg!(target_os = "linux") {
        return String::new();
    }
    let wanted = preferred(|name| std::env::var(name).ok());
    if wanted.is_empty() {
        return String::new();
    }
    let list = serde_json::Value::from(wanted);
    format!("{{ const languages = Object.freeze({list});\n{} }}", include_str!("language.js"))
}

/// The languages a session prefers, best first, as `zh-CN`. `LANGUAGE` is a list and goes before the locale, which is the
/// first that is set of `LC_ALL`, `LC_MESSAGES` and `LANG`; the locales `C` and `POSIX` name no language, and switch the
/// list off (gettext's rule).
fn preferred(variable: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    let Some(language) = locale.as_deref().and_then(tag) else {
        return Vec::new();
    };
    let mut wanted: Vec<String> = set("LANGUAGE").unwrap_or_default().split(':').filter_map(tag).collect();
    wanted.push(language);
    let mut seen = Vec::new();
    wanted.retain(|one| {
        !seen.contains(one) && {
            seen.push(one.clone());
            true
        }
    });
    wanted
}

/// `zh-CN` of `zh_CN.UTF-8@pinyin`.
fn tag(locale: &str) -> Option<String> {
    let name = locale.split(['.', '@']).next().unwrap_or_default();
    let names_one = !name.is_empty() && name != "C" && name != "POSIX";
    names_one.then(|| name.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::preferred;

    fn told(set: &[(&str, &str)]) -> Vec<String> {
        preferred(|name| set.iter().find(|(one, _)| *one == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_list_goes_before_the_locale() {
        assert_eq!(told(&[("LANG", "zh_CN.UTF-8")]), ["zh-CN"]);
        assert_eq!(told(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_GB")]), ["en-GB"]);
        assert_eq!(told(&[("LANG", "zh_CN.UTF-8"), ("LANGUAGE", "en:zh_CN")]), ["en", "zh-CN"]);
    }

    #[test]
    fn no_language_is_passed_on_where_none_is_set() {
        assert_eq!(told(&[]), [""; 0]);
        assert_eq!(told(&[("LANG", "C.UTF-8"), ("LANGUAGE", "en")]), [""; 0]);
        assert_eq!(told(&[("LANG", ""), ("LC_ALL", "POSIX")]), [""; 0]);
    }
}
