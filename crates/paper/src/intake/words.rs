//! Remarks in words, for the sheet that a person opens beside their own file to mend it.

use super::{Remark, Verdict};
use crate::{columns::Field, receipt::Language};

/// Titles of the sheet of remarks: row, result, reason.
pub fn titles(language: Language) -> [&'static str; 3] {
    match language {
        Language::ZhCn => ["行", "结果", "原因"],
        Language::En => ["Row", "Result", "Reason"],
    }
}

/// Name of the sheet of remarks.
pub fn title(language: Language) -> &'static str {
    match language {
        Language::ZhCn => "导入提示",
        Language::En => "Remarks",
    }
}

/// What became of the row.
pub fn result(verdict: Verdict, language: Language) -> &'static str {
    match (verdict, language) {
        (Verdict::Fixable, Language::ZhCn) => "已采用",
        (Verdict::Fixable, Language::En) => "taken",
        (Verdict::Rejected, Language::ZhCn) => "未导入",
        (Verdict::Rejected, Language::En) => "not taken",
    }
}

/// A field as the columns of the import name it.
pub fn field_name(field: Field, language: Language) -> &'static str {
    let (chinese, english) = match field {
        Field::Code => ("商品编码", "Product code"),
        Field::Barcode => ("条码", "Barcode"),
        Field::Name => ("名称", "Name or description"),
        Field::Category => ("分类", "Category"),
        Field::Price => ("售价", "Selling price"),
        Field::Cost => ("成本", "Cost"),
        Field::Tax => ("税类", "Tax class"),
        Field::Stock => ("库存", "Stock"),
        Field::NoCommission => ("不计佣金", "No commission"),
        Field::Number => ("会员编号", "Member number"),
        Field::Phone => ("电话", "Phone"),
        Field::Sponsor => ("推荐人编号", "Sponsor's number"),
        Field::Level => ("会员等级", "Level"),
        Field::Rank => ("分销等级", "Rank"),
        Field::Joined => ("入会日期", "Joined"),
        Field::StoredValue => ("储值本金", "Stored value, paid in"),
        Field::StoredBonus => ("储值赠送", "Stored value, given"),
        Field::Points => ("积分", "Points"),
        Field::Invoice => ("销售单号", "Number of the sale"),
        Field::Date => ("日期", "Date"),
        Field::Customer => ("买家会员编号", "Member number of the buyer"),
        Field::Quantity => ("数量", "Quantity"),
        Field::UnitPrice => ("单价", "Unit price"),
    };
    match language {
        Language::ZhCn => chinese,
        Language::En => english,
    }
}

/// The remark as a sentence that says what is wrong and what was made of it.
pub fn reason(remark: &Remark, language: Language) -> String {
    match language {
        Language::ZhCn => chinese(remark),
        Language::En => english(remark),
    }
}

fn chinese(remark: &Remark) -> String {
    let name = |field: &Field| field_name(*field, Language::ZhCn);
    match remark {
        Remark::Missing { field } => format!("{}为空。", name(field)),
        Remark::NotANumber { field, text } => format!("{}：“{text}”不是数字。", name(field)),
        Remark::Rounded { field, text } => format!("{}：“{text}”小数位过多，已四舍五入。", name(field)),
        Remark::TooLarge { field, text } => format!("{}：“{text}”过大。", name(field)),
        Remark::BelowZero { field, text } => format!("{}：“{text}”小于零。", name(field)),
        Remark::NotADate { text } => format!("“{text}”不是日期。"),
        Remark::AmbiguousDate { text } => format!("“{text}”分不清日和月，请在导入时选择顺序。"),
        Remark::NotYesOrNo { text } => format!("“{text}”既不是“是”也不是“否”，按“否”处理。"),
        Remark::NameMissing => "名称为空，以编码或编号代替。".into(),
        Remark::BarcodeShape { barcode } => format!("“{barcode}”不是条码，按无条码导入。"),
        Remark::BarcodeCheckDigit { barcode, expected } => format!("条码 {barcode} 的末位应为 {expected}，按无条码导入。"),
        Remark::PhoneShape { phone } => format!("“{phone}”不是电话号码，按无电话导入。"),
        Remark::Duplicate { field, value, first_row } => format!("{}：“{value}”与第 {first_row} 行重复。", name(field)),
        Remark::UnknownSponsor { number } => format!("没有编号为 {number} 的会员可作推荐人。"),
        Remark::SponsorCycle { numbers, .. } => format!("推荐人形成循环：{}。", numbers.join(" › ")),
        Remark::DuplicateLine { first_row } => format!("与第 {first_row} 行相同，两行都保留。"),
        Remark::OtherTime { first_row } => format!("与同一销售的第 {first_row} 行时间不同，以首行为准。"),
        Remark::OtherCustomer { first_row } => format!("与同一销售的第 {first_row} 行会员不同，以首行为准。"),
        Remark::InvoiceIncomplete { rejected_row } => format!("同一销售的第 {rejected_row} 行不能导入，整笔销售均不导入。"),
        Remark::LostDigits { field } => format!("{}：表格软件丢失了末尾几位数字。请将该列设为文本格式后重新保存。", name(field)),
        Remark::Undecodable { field } => format!("{}：有些字符无法识别，请在导入时换一种编码。", name(field)),
        Remark::CellError { field } => format!("{}：单元格显示错误，按空白处理。", name(field)),
    }
}

fn english(remark: &Remark) -> String {
    let name = |field: &Field| field_name(*field, Language::En);
    match remark {
        Remark::Missing { field } => format!("{} is empty.", name(field)),
        Remark::NotANumber { field, text } => format!("{}: “{text}” is no number.", name(field)),
        Remark::Rounded { field, text } => format!("{}: “{text}” has too many decimals and is rounded.", name(field)),
        Remark::TooLarge { field, text } => format!("{}: “{text}” is too large.", name(field)),
        Remark::BelowZero { field, text } => format!("{}: “{text}” is below zero.", name(field)),
        Remark::NotADate { text } => format!("“{text}” is no date."),
        Remark::AmbiguousDate { text } => format!("“{text}” may be day and month or month and day: choose the order when you import."),
        Remark::NotYesOrNo { text } => format!("“{text}” is neither yes nor no and is taken as no."),
        Remark::NameMissing => "The name is empty; the code or number stands in.".into(),
        Remark::BarcodeShape { barcode } => format!("“{barcode}” is no barcode; taken without it."),
        Remark::BarcodeCheckDigit { barcode, expected } => {
            format!("The last digit of barcode {barcode} should be {expected}; taken without it.")
        }
        Remark::PhoneShape { phone } => format!("“{phone}” is no telephone number; taken without it."),
        Remark::Duplicate { field, value, first_row } => format!("{}: “{value}” stands in row {first_row} already.", name(field)),
        Remark::UnknownSponsor { number } => format!("No member has the number {number} of the sponsor."),
        Remark::SponsorCycle { numbers, .. } => format!("The sponsors lead round in a circle: {}.", numbers.join(" › ")),
        Remark::DuplicateLine { first_row } => format!("The same as row {first_row}; both are kept."),
        Remark::OtherTime { first_row } => format!("Another time than row {first_row} of the same sale; the first counts."),
        Remark::OtherCustomer { first_row } => format!("Another buyer than row {first_row} of the same sale; the first counts."),
        Remark::InvoiceIncomplete { rejected_row } => {
            format!("Row {rejected_row} of the same sale is not taken, and half a sale neither.")
        }
        Remark::LostDigits { field } => {
            format!("{}: the spreadsheet lost the last digits of this number. Format the column as text and save it again.", name(field))
        }
        Remark::Undecodable { field } => format!("{}: some characters cannot be read. Try another encoding when you import.", name(field)),
        Remark::CellError { field } => format!("{}: the cell shows an error and is taken as empty.", name(field)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_is_a_sentence_in_the_language_asked_for() {
        let remark = Remark::Duplicate { field: Field::Code, value: "T1".into(), first_row: 4 };
        assert_eq!(reason(&remark, Language::ZhCn), "商品编码：“T1”与第 4 行重复。");
        assert_eq!(reason(&remark, Language::En), "Product code: “T1” stands in row 4 already.");
        let circle = Remark::SponsorCycle { numbers: vec!["M2".into(), "M1".into(), "M2".into()], rows: vec![2, 3] };
        assert_eq!(reason(&circle, Language::En), "The sponsors lead round in a circle: M2 › M1 › M2.");
    }
}
