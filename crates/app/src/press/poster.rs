//! A member's poster: the referral code to be scanned or named, for the member to hang up or send on.

use domain::{ids::MemberId, referral};
use paper::{
    press::{Letterhead, Paper, Poster, Sheet},
    receipt::Language,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::save;
use crate::{
    erasure::living,
    failure::{Failure, not_found},
    menu::Call,
    receipt::header,
    upkeep::Exported,
};

/// Write a member's poster to a file, `.pdf` or `.png`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PosterPdf {
    /// Whose.
    pub member: MemberId,
    /// Where to.
    pub path: String,
}

/// Writes a member's poster: as PDF to print, or as a picture (`.png`) to send on.
pub async fn press_poster(call: &Call<'_>, wish: PosterPdf) -> Result<Exported, Failure> {
    let shop = call.shop()?;
    let row = shop.books.member(wish.member).await?.ok_or_else(|| not_found("member"))?.row;
    living(row.erased.as_deref())?;
    let settings = shop.settings().await;
    let language = shop.language().await;
    let paper = Paper {
        language,
        currency: shop.info.currency.clone(),
        letterhead: Letterhead { shop: settings.shop_name.clone(), lines: header(&settings, language == Language::ZhCn), ..Letterhead::default() },
        title: format!("{} {}", settings.shop_name, row.number),
        keywords: Vec::new(),
        tagged: true,
        sheet: Sheet::Poster(Poster { name: row.card.name, code: referral::code(wish.member) }),
    };
    save(call.house, paper, wish.path.into()).await
}
