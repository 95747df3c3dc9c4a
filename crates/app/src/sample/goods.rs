//! What the sample shop sells.

/// A product of the sample.
pub struct Good {
    pub name: &'static str,
    pub name_en: &'static str,
    pub category: &'static str,
    pub category_en: &'static str,
    pub price_minor: i64,
    pub stock: i64,
    pub no_commission: bool,
}

const fn good(name: &'static str, name_en: &'static str, category: (&'static str, &'static str), price_minor: i64, stock: i64) -> Good {
    Good { name, name_en, category: category.0, category_en: category.1, price_minor, stock, no_commission: price_minor < 100 }
}

/// In the order of their codes.
pub const GOODS: &[Good] = &[
    good("西湖龙井 100g", "West Lake Longjing 100 g", ("绿茶", "Green tea"), 12800, 160),
    good("碧螺春 100g", "Biluochun 100 g", ("绿茶", "Green tea"), 9800, 197),
    good("信阳毛尖 100g", "Xinyang Maojian 100 g", ("绿茶", "Green tea"), 8800, 234),
    good("黄山毛峰 100g", "Huangshan Maofeng 100 g", ("绿茶", "Green tea"), 7600, 271),
    good("太平猴魁 50g", "Taiping Houkui 50 g", ("绿茶", "Green tea"), 10800, 168),
    good("祁门红茶 100g", "Keemun black tea 100 g", ("红茶", "Black tea"), 8600, 205),
    good("正山小种 100g", "Lapsang Souchong 100 g", ("红茶", "Black tea"), 9200, 242),
    good("滇红金针 100g", "Dianhong golden needle 100 g", ("红茶", "Black tea"), 11600, 279),
    good("金骏眉 50g", "Jin Jun Mei 50 g", ("红茶", "Black tea"), 16800, 176),
    good("铁观音 250g", "Tieguanyin 250 g", ("乌龙茶", "Oolong"), 15800, 213),
    good("大红袍 100g", "Da Hong Pao 100 g", ("乌龙茶", "Oolong"), 13800, 250),
    good("凤凰单丛 100g", "Phoenix Dancong 100 g", ("乌龙茶", "Oolong"), 14200, 287),
    good("东方美人 75g", "Oriental Beauty 75 g", ("乌龙茶", "Oolong"), 17800, 184),
    good("白毫银针 50g", "Silver Needle 50 g", ("白茶", "White tea"), 13600, 221),
    good("白牡丹 100g", "White Peony 100 g", ("白茶", "White tea"), 9600, 258),
    good("寿眉茶饼 350g", "Shou Mei cake 350 g", ("白茶", "White tea"), 12600, 295),
    good("普洱熟饼 357g", "Ripe pu'er cake 357 g", ("普洱", "Pu'er"), 16600, 192),
    good("普洱生饼 357g", "Raw pu'er cake 357 g", ("普洱", "Pu'er"), 18800, 229),
    good("小青柑 250g", "Tangerine pu'er 250 g", ("普洱", "Pu'er"), 9900, 266),
    good("茉莉花茶 100g", "Jasmine tea 100 g", ("花茶", "Flower tea"), 5800, 163),
    good("杭白菊 50g", "Chrysanthemum 50 g", ("花茶", "Flower tea"), 3600, 200),
    good("玫瑰花茶 50g", "Rose buds 50 g", ("花茶", "Flower tea"), 3900, 237),
    good("桂花乌龙 100g", "Osmanthus oolong 100 g", ("花茶", "Flower tea"), 6800, 274),
    good("紫砂壶 200ml", "Yixing teapot 200 ml", ("茶具", "Teaware"), 38800, 171),
    good("白瓷盖碗", "White porcelain gaiwan", ("茶具", "Teaware"), 8800, 208),
    good("青瓷品茗杯", "Celadon tasting cup", ("茶具", "Teaware"), 4500, 245),
    good("玻璃公道杯", "Glass sharing pitcher", ("茶具", "Teaware"), 3800, 282),
    good("竹茶盘", "Bamboo tea tray", ("茶具", "Teaware"), 15900, 179),
    good("茶漏", "Tea strainer", ("茶具", "Teaware"), 1500, 216),
    good("便携旅行茶具", "Travel tea set", ("茶具", "Teaware"), 12900, 253),
    good("绿豆糕 200g", "Mung bean cake 200 g", ("茶点", "Tea snacks"), 2800, 290),
    good("桂花糕 200g", "Osmanthus cake 200 g", ("茶点", "Tea snacks"), 2600, 187),
    good("核桃酥 250g", "Walnut shortbread 250 g", ("茶点", "Tea snacks"), 3200, 224),
    good("有机山茶油 500ml", "Organic camellia oil 500 ml", ("食品", "Food"), 12800, 261),
    good("云南小粒咖啡 250g", "Yunnan coffee 250 g", ("食品", "Food"), 4600, 298),
    good("环保购物袋", "Shopping bag", ("其他", "Other"), 50, 195),
];
