//! What a till offers beside the sale: quick keys, and the place that its goods leave.

use books::{
    Reading,
    query::{LocationRow, ProductRow},
};
use domain::{
    ids::{LocationId, ProductId},
    shop::SettingChanged,
};
use serde::Serialize;

use crate::{
    failure::{Failure, not_found},
    house::Shop,
    menu::Call,
};

/// Keys of the quick grid: six rows of six.
const MOST_KEYS: usize = 36;

/// Why quick keys are not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum TillRefusal {
    /// More than the grid holds.
    #[error("there is room for {most} quick keys")]
    TooManyKeys { most: usize },
}

/// The products of the quick keys, in their order; those no longer sold left out.
pub async fn quick_keys(call: &Call<'_>, (): ()) -> Result<Vec<ProductRow>, Failure> {
    let shop = call.shop()?;
    let keys = shop.settings().await.quick_keys.clone();
    let mut reader = shop.books.reader().await?;
    let mut rows = Reading::over(&mut reader).shelf(&keys).await?;
    rows.retain(|row| !row.archived);
    rows.sort_by_key(|row| keys.iter().position(|key| *key == row.product));
    Ok(rows)
}

/// Arranges the quick keys.
pub async fn save_quick_keys(call: &Call<'_>, keys: Vec<ProductId>) -> Result<Vec<ProductRow>, Failure> {
    let mut once: Vec<ProductId> = Vec::with_capacity(keys.len());
    for key in keys {
        if !once.contains(&key) {
            once.push(key);
        }
    }
    if once.len() > MOST_KEYS {
        return Err(Failure::refused(TillRefusal::TooManyKeys { most: MOST_KEYS }));
    }
    let value = serde_json::to_string(&once).map_err(|error| Failure::Broken { trace: error.to_string() })?;
    call.record(SettingChanged { name: "quick_keys".into(), value }).await?;
    quick_keys(call, ()).await
}

/// The place that this till sells from.
pub async fn till_place(call: &Call<'_>, (): ()) -> Result<LocationRow, Failure> {
    let shop = call.shop()?;
    let at = place_of(shop).await?;
    let mut places = shop.books.locations().await?;
    let found = places.iter().position(|row| Some(row.location) == at).unwrap_or(0);
    Ok(places.swap_remove(found))
}

/// Lets this till sell from another place.
pub async fn set_till_place(call: &Call<'_>, location: LocationId) -> Result<LocationRow, Failure> {
    let shop = call.shop()?;
    if !shop.books.locations().await?.iter().any(|row| row.location == location && !row.archived) {
        return Err(not_found("place"));
    }
    shop.books.keep_local("till_place", (!location.0.is_nil()).then(|| location.to_string())).await?;
    till_place(call, ()).await
}

/// The place that this till sells from; nothing for the shop floor.
pub async fn place_of(shop: &Shop) -> Result<Option<LocationId>, Failure> {
    Ok(shop.books.local("till_place").await?.and_then(|text| text.parse().ok()).map(LocationId))
}
