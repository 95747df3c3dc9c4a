//! Keys by which a Chinese name is found on a keyboard: full pinyin and initials, with the readings that surnames take.

use pinyin::ToPinyin;

/// Lower-case keys of a name; letters and digits that are not Chinese stand for themselves, everything else is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchKeys {
    /// `ouyangxiaohe` for 欧阳小禾.
    pub full: String,
    /// `oyxh` for 欧阳小禾.
    pub initials: String,
}

/// Surnames whose reading differs from the common one (《汉语大词典》 surname readings).
const SURNAMES: &[(&str, &[&str])] = &[
    ("尉迟", &["yu", "chi"]),
    ("万俟", &["mo", "qi"]),
    ("单于", &["chan", "yu"]),
    ("澹台", &["tan", "tai"]),
    ("长孙", &["zhang", "sun"]),
    ("单", &["shan"]),
    ("仇", &["qiu"]),
    ("解", &["xie"]),
    ("查", &["zha"]),
    ("曾", &["zeng"]),
    ("区", &["ou"]),
    ("朴", &["piao"]),
    ("任", &["ren"]),
    ("华", &["hua"]),
    ("盖", &["ge"]),
    ("乐", &["yue"]),
    ("翟", &["zhai"]),
    ("冼", &["xian"]),
    ("缪", &["miao"]),
    ("洗", &["xian"]),
    ("重", &["chong"]),
    ("覃", &["qin"]),
    ("员", &["yun"]),
    ("尹", &["yin"]),
];

/// The keys of a name.
pub fn search_keys(name: &str) -> SearchKeys {
    let mut keys = SearchKeys { full: String::new(), initials: String::new() };
    let mut rest = name.trim();
    // A surname counts only where a given name of one or two characters follows: 单 of 单人床 is no surname.
    let letters = rest.chars().count();
    if (2..=4).contains(&letters)
        && let Some((surname, readings)) = SURNAMES.iter().find(|(surname, _)| rest.starts_with(surname) && letters <= surname.chars().count() + 2)
    {
        readings.iter().for_each(|reading| keys.push(reading));
        rest = &rest[surname.len()..];
    }
    let mut in_word = false;
    for letter in rest.chars() {
        match letter.to_pinyin() {
            Some(reading) => {
                keys.push(reading.plain());
                in_word = false;
            }
            None if letter.is_alphanumeric() => {
                let lower: String = letter.to_lowercase().collect();
                keys.full.push_str(&lower);
                if !in_word || letter.is_ascii_digit() {
                    keys.initials.push_str(&lower);
                }
                in_word = true;
            }
            None => in_word = false,
        }
    }
    keys
}

impl SearchKeys {
    fn push(&mut self, reading: &str) {
        let reading = reading.replace('ü', "v");
        self.full.push_str(&reading);
        self.initials.extend(reading.chars().next());
    }
}

#[cfg(test)]
mod tests {
    use super::search_keys;

    #[test]
    fn names_by_the_keys_a_clerk_types() {
        for (name, full, initials) in [
            ("欧阳小禾", "ouyangxiaohe", "oyxh"),
            ("单雄信", "shanxiongxin", "sxx"),
            ("尉迟恭", "yuchigong", "ycg"),
            ("吕布", "lvbu", "lb"),
            ("有机山茶油 500ml", "youjishanchayou500ml", "yjscy500"),
            ("Anna Karenina", "annakarenina", "ak"),
            ("", "", ""),
        ] {
            let keys = search_keys(name);
            assert_eq!((keys.full.as_str(), keys.initials.as_str()), (full, initials), "{name}");
        }
    }
}
