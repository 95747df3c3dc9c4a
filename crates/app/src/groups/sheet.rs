//! The member list as a sheet, with the titles under which an import of members finds its columns again.

use std::path::PathBuf;

use books::query::{GroupBounds, Window};
use paper::{
    receipt::Language,
    sheet_out::{Cell, ColumnKind, SheetColumn, SheetOut},
};

use super::MembersExport;
use crate::{
    failure::{DoorRefusal, Failure},
    house::Shop,
    jobs::Progress,
    month_sheet::format_of,
    upkeep::Exported,
};

const ROWS: i64 = 200;

pub async fn write(shop: &Shop, draft: &MembersExport, bounds: &GroupBounds, told: &Progress) -> Result<Exported, Failure> {
    let refused = |reason: String| Failure::from(DoorRefusal::File { path: draft.path.clone(), reason });
    let file = PathBuf::from(&draft.path);
    let format = format_of(&file).ok_or_else(|| refused("the name must end in .xlsx or .csv".into()))?;
    let chinese = shop.language().await == Language::ZhCn;
    let title = |zh: &str, en: &str| if chinese { zh.to_owned() } else { en.to_owned() };
    let money = ColumnKind::Money { digits: shop.info.minor_digits };
    let column = |zh: &str, en: &str, kind, total| SheetColumn { title: title(zh, en), kind, total };
    let columns = vec![
        column("会员编号", "Number", ColumnKind::Text, false),
        column("姓名", "Name", ColumnKind::Text, false),
        column("手机号", "Phone", ColumnKind::Text, false),
        column("推荐人编号", "Sponsor", ColumnKind::Text, false),
        column("会员等级", "Level", ColumnKind::Text, false),
        column("分销等级", "Rank", ColumnKind::Text, false),
        column("入会日期", "Joined", ColumnKind::Text, false),
        column("储值本金", "Stored value", money, false),
        column("储值赠送", "Stored bonus", money, false),
        column("积分", "Points", ColumnKind::Integer, false),
        column("生日", "Birthday", ColumnKind::Text, false),
        column("标签", "Tags", ColumnKind::Text, false),
        column("购买次数", "Purchases", ColumnKind::Integer, false),
        column("累计净额", "Net of all", money, false),
        column("最近购买", "Last purchase", ColumnKind::Text, false),
        column("状态", "State", ColumnKind::Text, false),
        column("备注", "Note", ColumnKind::Text, false),
    ];
    let mut sheet = SheetOut::create(&file, format, &title("会员", "Members"), columns).map_err(|fault| refused(fault.to_string()))?;
    let (mut offset, mut total) = (0, 1);
    while offset < total {
        let page = shop.books.members(&draft.filter, bounds, Window { offset, limit: ROWS }).await?;
        total = page.count;
        for row in page.rows {
            let cells = [
                Cell::Text(row.number),
                Cell::Text(row.card.name),
                Cell::Text(row.card.phone.unwrap_or_default()),
                Cell::Text(row.sponsor.map(|sponsor| sponsor.number).unwrap_or_default()),
                Cell::Text(row.card.level.unwrap_or_default()),
                Cell::Text(row.card.rank.unwrap_or_default()),
                Cell::Text(row.joined),
                Cell::Number(row.balance_minor - row.bonus_minor),
                Cell::Number(row.bonus_minor),
                Cell::Number(row.points + row.points_locked),
                Cell::Text(row.card.birthday.unwrap_or_default()),
                Cell::Text(row.tags.join(", ")),
                Cell::Number(row.purchases),
                Cell::Number(row.net_minor),
                Cell::Text(row.last_bought.unwrap_or_default()),
                Cell::Text(if row.card.active { String::new() } else { title("冻结", "frozen") }),
                Cell::Text(row.card.note.unwrap_or_default()),
            ];
            sheet.row(&cells).map_err(|fault| refused(fault.to_string()))?;
        }
        offset += ROWS;
        told.at("writing", offset.min(total), total);
        if told.stopped() {
            return Err(refused("stopped".into()));
        }
    }
    sheet.finish(&title("合计", "Total")).map_err(|fault| refused(fault.to_string()))?;
    Ok(Exported { path: draft.path.clone(), rows: Some(total) })
}
