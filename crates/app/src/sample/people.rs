//! Who shops at the sample shop, and who brought whom.

/// A member of the sample; `sponsor` is a place in the list, always an earlier one.
pub struct Person {
    pub name: &'static str,
    pub name_en: &'static str,
    pub sponsor: Option<usize>,
    pub rank: Rank,
    pub active: bool,
}

const fn person(name: &'static str, name_en: &'static str, sponsor: Option<usize>, rank: Rank, active: bool) -> Person {
    Person { name, name_en, sponsor, rank, active }
}

/// A distribution rank of the sample, in both languages.
#[derive(Debug, Clone, Copy)]
pub struct Rank {
    zh: &'static str,
    en: &'static str,
}

impl Rank {
    /// Its name.
    pub fn name(self, chinese: bool) -> &'static str {
        if chinese { self.zh } else { self.en }
    }
}

const PLAIN: Rank = Rank { zh: "普通", en: "Member" };
const SILVER: Rank = Rank { zh: "银牌", en: "Silver" };
const GOLD: Rank = Rank { zh: "金牌", en: "Gold" };

/// Lowest first.
pub const RANKS: [Rank; 3] = [PLAIN, SILVER, GOLD];

/// In the order they joined.
pub const PEOPLE: &[Person] = &[
    person("罗丽", "Li Luo", None, GOLD, true),
    person("林雨桐", "Yutong Lin", Some(0), GOLD, true),
    person("徐子涵", "Zihan Xu", Some(1), SILVER, true),
    person("马子涵", "Zihan Ma", Some(2), PLAIN, false),
    person("孙洋", "Yang Sun", Some(3), PLAIN, true),
    person("黄静", "Jing Huang", Some(4), PLAIN, true),
    person("欧阳小禾", "Xiaohe Ouyang", Some(5), PLAIN, true),
    person("张洋", "Yang Zhang", Some(2), SILVER, true),
    person("何思远", "Siyuan He", Some(2), PLAIN, true),
    person("吴秀英", "Xiuying Wu", Some(6), PLAIN, true),
    person("刘雨桐", "Yutong Liu", Some(0), PLAIN, true),
    person("杨艳", "Yan Yang", Some(1), PLAIN, true),
    person("陈思远", "Siyuan Chen", Some(8), SILVER, true),
    person("朱伟", "Wei Zhu", Some(1), PLAIN, true),
    person("单秀英", "Xiuying Shan", Some(5), PLAIN, true),
    person("郭艳", "Yan Guo", Some(9), PLAIN, true),
    person("徐勇", "Yong Xu", Some(1), PLAIN, true),
    person("罗思远", "Siyuan Luo", Some(16), SILVER, false),
    person("张秀英", "Xiuying Zhang", Some(6), PLAIN, true),
    person("周思远", "Siyuan Zhou", Some(1), PLAIN, true),
    person("曾秀英", "Xiuying Zeng", None, GOLD, true),
    person("李洋", "Yang Li", Some(2), PLAIN, true),
    person("欧阳子涵", "Zihan Ouyang", Some(13), SILVER, true),
    person("吴小禾", "Xiaohe Wu", Some(13), PLAIN, true),
    person("单勇", "Yong Shan", Some(2), PLAIN, true),
    person("王子涵", "Zihan Wang", Some(7), PLAIN, true),
    person("孙静", "Jing Sun", Some(2), PLAIN, true),
    person("罗娜", "Na Luo", Some(17), SILVER, true),
    person("林伟", "Wei Lin", Some(13), PLAIN, true),
    person("赵洋", "Yang Zhao", Some(1), PLAIN, true),
    person("陈强", "Qiang Chen", Some(26), PLAIN, true),
    person("胡小禾", "Xiaohe Hu", Some(18), PLAIN, true),
    person("林秀英", "Xiuying Lin", Some(7), SILVER, true),
    person("杨子涵", "Zihan Yang", Some(14), PLAIN, true),
    person("胡磊", "Lei Hu", Some(3), PLAIN, true),
    person("陈雨桐", "Yutong Chen", Some(25), PLAIN, true),
    person("郭磊", "Lei Guo", Some(3), PLAIN, true),
    person("曾雨桐", "Yutong Zeng", Some(14), SILVER, true),
    person("孙小禾", "Xiaohe Sun", Some(2), PLAIN, true),
    person("黄敏", "Min Huang", Some(35), PLAIN, true),
    person("张静", "Jing Zhang", Some(8), PLAIN, true),
    person("单强", "Qiang Shan", None, PLAIN, true),
    person("王思远", "Siyuan Wang", Some(18), SILVER, true),
    person("马静", "Jing Ma", Some(26), PLAIN, true),
    person("周洋", "Yang Zhou", Some(9), PLAIN, true),
    person("王敏", "Min Wang", Some(34), PLAIN, true),
    person("朱勇", "Yong Zhu", Some(7), PLAIN, true),
    person("罗艳", "Yan Luo", Some(36), SILVER, true),
    person("陈伟", "Wei Chen", Some(19), PLAIN, true),
    person("高小禾", "Xiaohe Gao", Some(35), PLAIN, true),
    person("胡娜", "Na Hu", Some(43), PLAIN, true),
    person("林小禾", "Xiaohe Lin", Some(11), PLAIN, true),
    person("李丽", "Li Li", Some(6), SILVER, true),
    person("张丽", "Li Zhang", Some(37), PLAIN, true),
    person("高静", "Jing Gao", Some(36), PLAIN, true),
    person("刘艳", "Yan Liu", Some(40), PLAIN, true),
    person("罗伟", "Wei Luo", Some(12), PLAIN, true),
    person("刘芳", "Fang Liu", Some(23), SILVER, true),
    person("马敏", "Min Ma", Some(6), PLAIN, true),
    person("郭娜", "Na Guo", Some(35), PLAIN, true),
    person("孙芳", "Fang Sun", Some(45), PLAIN, true),
    person("罗小禾", "Xiaohe Luo", Some(4), PLAIN, true),
    person("陈磊", "Lei Chen", Some(36), SILVER, true),
    person("孙勇", "Yong Sun", Some(3), PLAIN, true),
];
