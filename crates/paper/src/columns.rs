//! Which column of a sheet is what, guessed from the titles in Chinese and English, for a person to correct.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{amount::half_width, sheet_in::SheetRow};

/// What a sheet is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// One product a row.
    Products,
    /// One member a row.
    Members,
    /// One line of a sale a row.
    Sales,
}

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Product code.
    Code,
    /// Barcode.
    Barcode,
    /// Name of a product or member.
    Name,
    /// Category.
    Category,
    /// List price.
    Price,
    /// Purchase cost.
    Cost,
    /// Tax class.
    Tax,
    /// Pieces in stock.
    Stock,
    /// Pays no commission.
    NoCommission,
    /// Member number.
    Number,
    /// Telephone.
    Phone,
    /// The sponsor's member number.
    Sponsor,
    /// Member level.
    Level,
    /// Distribution rank.
    Rank,
    /// Day of joining.
    Joined,
    /// Stored value that was paid in and not spent.
    StoredValue,
    /// Stored value that was given and not spent.
    StoredBonus,
    /// Points that may be spent.
    Points,
    /// Number of the sale.
    Invoice,
    /// Day, or day and time, of the sale.
    Date,
    /// The buyer's member number.
    Customer,
    /// Pieces sold.
    Quantity,
    /// Price of one piece.
    UnitPrice,
}

impl SheetKind {
    /// The fields of such a sheet; those without which it cannot be read come with true.
    pub fn fields(self) -> &'static [(Field, bool)] {
        match self {
            Self::Products => &[
                (Field::Code, true),
                (Field::Barcode, false),
                (Field::Name, true),
                (Field::Category, false),
                (Field::Price, true),
                (Field::Cost, false),
                (Field::Tax, false),
                (Field::Stock, false),
                (Field::NoCommission, false),
            ],
            Self::Members => &[
                (Field::Number, true),
                (Field::Name, false),
                (Field::Phone, false),
                (Field::Sponsor, false),
                (Field::Level, false),
                (Field::Rank, false),
                (Field::Joined, false),
                (Field::StoredValue, false),
                (Field::StoredBonus, false),
                (Field::Points, false),
            ],
            Self::Sales => &[
                (Field::Invoice, true),
                (Field::Date, true),
                (Field::Customer, false),
                (Field::Code, true),
                (Field::Name, false),
                (Field::Quantity, true),
                (Field::UnitPrice, true),
            ],
        }
    }

    /// Titles of the field in such a sheet, in one form: small letters, no blanks or signs. The likelier first.
    fn titles(self, field: Field) -> &'static [&'static str] {
        match field {
            Field::Code => {
                &["商品编码", "商品编号", "商品代码", "货号", "编码", "编号", "款号", "stockcode", "productcode", "itemcode", "sku", "code", "item"]
            }
            Field::Barcode => &["条码", "条形码", "商品条码", "国际条码", "barcode", "ean", "ean13", "upc", "gtin"],
            Field::Name if self == Self::Members => {
                &["会员姓名", "姓名", "会员名称", "名称", "客户名称", "name", "membername", "customername", "fullname"]
            }
            Field::Name => &["商品名称", "品名", "货品名称", "名称", "商品", "description", "productname", "itemname", "name", "product"],
            Field::Category => &["分类", "类别", "商品分类", "品类", "大类", "category", "department", "group"],
            Field::Price => &["零售价", "售价", "销售价", "单价", "价格", "标价", "price", "retailprice", "unitprice", "listprice", "sellingprice"],
            Field::Cost => &["成本", "成本价", "进价", "进货价", "采购价", "cost", "costprice", "purchaseprice"],
            Field::Tax => &["税类", "税率", "税种", "税目", "tax", "taxclass", "taxrate", "vat"],
            Field::Stock => &["库存", "库存数量", "库存量", "现存量", "数量", "stock", "onhand", "inventory", "quantity", "qty"],
            Field::NoCommission => &["不计佣金", "无佣金", "不参与分销", "不返佣", "nocommission", "excludefromcommission"],
            Field::Number => &[
                "会员编号",
                "会员号",
                "会员卡号",
                "卡号",
                "编号",
                "会员id",
                "客户编号",
                "number",
                "memberno",
                "membernumber",
                "memberid",
                "customerid",
                "customer",
                "id",
                "no",
            ],
            Field::Phone => &["手机", "手机号", "手机号码", "电话", "联系电话", "电话号码", "phone", "mobile", "telephone", "tel", "cellphone"],
            Field::Sponsor => &[
                "推荐人",
                "推荐人编号",
                "推荐人卡号",
                "上级",
                "上级编号",
                "邀请人",
                "介绍人",
                "sponsor",
                "sponsorid",
                "sponsorno",
                "referrer",
                "upline",
                "invitedby",
                "parent",
            ],
            Field::Level => &["会员等级", "等级", "会员级别", "级别", "level", "memberlevel", "tier"],
            Field::Rank => &["分销等级", "分销级别", "职级", "rank", "grade"],
            Field::Joined => &[
                "入会日期",
                "加入日期",
                "注册日期",
                "开卡日期",
                "入会时间",
                "注册时间",
                "joined",
                "joindate",
                "joinedon",
                "registered",
                "since",
                "date",
            ],
            Field::StoredValue => {
                &["储值余额", "储值本金", "本金余额", "储值", "账户余额", "余额", "本金", "storedvalue", "storedbalance", "balance", "wallet"]
            }
            Field::StoredBonus => &["赠送余额", "储值赠送", "赠金余额", "赠金", "赠送金额", "storedbonus", "bonusbalance", "bonus"],
            Field::Points => &["积分", "可用积分", "积分余额", "剩余积分", "points", "pointsbalance", "loyaltypoints"],
            Field::Invoice => &[
                "单号",
                "销售单号",
                "订单号",
                "小票号",
                "流水号",
                "单据编号",
                "订单编号",
                "invoiceno",
                "invoice",
                "invoicenumber",
                "receiptno",
                "receipt",
                "orderno",
                "orderid",
                "ordernumber",
            ],
            Field::Date => &[
                "日期",
                "销售日期",
                "时间",
                "销售时间",
                "下单时间",
                "交易时间",
                "开单日期",
                "invoicedate",
                "date",
                "datetime",
                "saledate",
                "orderdate",
                "time",
                "soldat",
            ],
            Field::Customer => &[
                "会员编号",
                "会员号",
                "会员卡号",
                "会员",
                "客户编号",
                "客户",
                "顾客",
                "customerid",
                "customer",
                "customerno",
                "memberid",
                "memberno",
                "member",
            ],
            Field::Quantity => &["数量", "销售数量", "件数", "quantity", "qty", "pieces", "units"],
            Field::UnitPrice => &["单价", "售价", "销售单价", "成交价", "unitprice", "price"],
        }
    }
}

/// Column of each field, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Mapping(pub BTreeMap<Field, usize>);

impl Mapping {
    /// Fields that the sheet must have and this mapping does not name.
    pub fn missing(&self, kind: SheetKind) -> Vec<Field> {
        let needed = kind.fields().iter().filter(|(_, needed)| *needed);
        needed.map(|(field, _)| *field).filter(|field| !self.0.contains_key(field)).collect()
    }

    /// The row's text for the field, trimmed; empty where the row or the mapping has none.
    pub fn text<'row>(&self, row: &'row SheetRow, field: Field) -> &'row str {
        let cell = self.0.get(&field).and_then(|column| row.cells.get(*column));
        cell.map_or("", |cell| cell.trim_matches(|ch: char| ch.is_whitespace() || ch == '\u{feff}'))
    }
}

/// Guesses the mapping: first titles that match exactly, then titles that contain a known one. No column is used twice.
pub fn guess(kind: SheetKind, header: &[String]) -> Mapping {
    let titles: Vec<String> = header.iter().map(|title| plain(title)).collect();
    let mut mapping = Mapping::default();
    let matches: [fn(&str, &str) -> bool; 2] =
        [|title, known| title == known, |title, known| known.chars().count() > 1 && !is_short_latin(known) && title.contains(known)];
    for matching in matches {
        for (field, _) in kind.fields() {
            if mapping.0.contains_key(field) {
                continue;
            }
            let free = |column: &usize| !mapping.0.values().any(|taken| taken == column);
            let find = |known: &&str| (0..titles.len()).filter(free).find(|column| matching(&titles[*column], known));
            if let Some(column) = kind.titles(*field).iter().find_map(find) {
                mapping.0.insert(*field, column);
            }
        }
    }
    mapping
}

/// `no` and `id` stand inside too many words to be looked for there.
fn is_short_latin(known: &str) -> bool {
    known.len() <= 4 && known.is_ascii()
}

/// The title in one form: what stands in brackets, blanks and signs are gone, letters are small and of half width.
fn plain(title: &str) -> String {
    let half: String = title.chars().map(half_width).collect();
    let before_bracket = half.split(['(', '[', '【']).next().unwrap_or_default();
    let kept = if before_bracket.trim().is_empty() { half.as_str() } else { before_bracket };
    kept.chars().filter(|ch| ch.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(kind: SheetKind, header: &str) -> Vec<(Field, usize)> {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        guess(kind, &header).0.into_iter().collect()
    }

    #[test]
    fn the_retail_file_and_its_sponsors() {
        assert_eq!(
            guessed(SheetKind::Sales, "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"),
            [
                (Field::Code, 1),
                (Field::Name, 2),
                (Field::Invoice, 0),
                (Field::Date, 4),
                (Field::Customer, 6),
                (Field::Quantity, 3),
                (Field::UnitPrice, 5)
            ]
        );
        assert_eq!(guessed(SheetKind::Members, "customer,sponsor,joined"), [(Field::Number, 0), (Field::Sponsor, 1), (Field::Joined, 2)]);
    }

    #[test]
    fn chinese_sheets_with_units_in_brackets() {
        assert_eq!(
            guessed(SheetKind::Products, "序号,商品编码,条形码,商品名称,分类,零售价（元）,进价(元),库存数量,不计佣金"),
            [
                (Field::Code, 1),
                (Field::Barcode, 2),
                (Field::Name, 3),
                (Field::Category, 4),
                (Field::Price, 5),
                (Field::Cost, 6),
                (Field::Stock, 7),
                (Field::NoCommission, 8)
            ]
        );
        assert_eq!(
            guessed(SheetKind::Members, "会员卡号,姓名,手机号码,推荐人卡号,会员等级,分销等级,注册时间"),
            [(Field::Name, 1), (Field::Number, 0), (Field::Phone, 2), (Field::Sponsor, 3), (Field::Level, 4), (Field::Rank, 5), (Field::Joined, 6)]
        );
        let sales = "销售日期,小票号,货号,品名,数量,成交单价,会员号";
        assert_eq!(guess(SheetKind::Sales, &sales.split(',').map(str::to_owned).collect::<Vec<_>>()).missing(SheetKind::Sales), []);
    }

    #[test]
    fn no_column_is_used_twice() {
        assert_eq!(guessed(SheetKind::Products, "商品条码编码"), [(Field::Code, 0)]);
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(guess(SheetKind::Products, &["Name".into(), "Colour".into()]).missing(SheetKind::Products), [Field::Code, Field::Price]);
    }
}
