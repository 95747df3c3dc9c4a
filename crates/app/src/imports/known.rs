//! What an import knows already, and what a sheet leaves of a card that stands.

use std::collections::HashMap;

use domain::{
    ids::{MemberId, ProductId},
    member::MemberCard,
    product::ProductCard,
    sale::ChainLink,
};

/// What the file named already, so that the books are asked once for each.
#[derive(Default)]
pub struct KnownParties {
    /// Products by code.
    pub products: HashMap<String, ProductId>,
    /// Members by number.
    pub members: HashMap<String, MemberId>,
    /// Everyone above a member.
    pub chains: HashMap<MemberId, Vec<ChainLink>>,
}

/// The card after the import, `None` where it stands so already. What the sheet does not say stays.
pub fn keeping(before: Option<ProductCard>, sheet: ProductCard) -> Option<ProductCard> {
    let Some(before) = before else { return Some(sheet) };
    let after = ProductCard {
        code: sheet.code,
        barcode: sheet.barcode.or(before.barcode.clone()),
        name: sheet.name,
        name_2: sheet.name_2.or(before.name_2.clone()),
        category: sheet.category.or(before.category.clone()),
        price_minor: sheet.price_minor,
        cost_minor: sheet.cost_minor.or(before.cost_minor),
        tax: sheet.tax.or(before.tax.clone()),
        no_commission: sheet.no_commission,
        min_milli: before.min_milli,
    };
    (after != before).then_some(after)
}

/// The card after the import: what the sheet does not say stays.
pub fn merged(before: &MemberCard, sheet: &MemberCard) -> MemberCard {
    MemberCard {
        name: sheet.name.clone(),
        phone: sheet.phone.clone().or(before.phone.clone()),
        level: sheet.level.clone().or(before.level.clone()),
        rank: sheet.rank.clone().or(before.rank.clone()),
        active: sheet.active,
        note: sheet.note.clone().or(before.note.clone()),
        birthday: sheet.birthday.clone().or(before.birthday.clone()),
        contact: sheet.contact.clone().or(before.contact.clone()),
    }
}
