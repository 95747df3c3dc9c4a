//! Prices beside the list price, promotions and coupons.

use books::query::{PriceVersion, PromotionRow};
use domain::{
    ids::{ProductId, PromotionId},
    prices::{self, ProductPrices},
    promotion::{self, PromotionTerms, normal_code},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    menu::Call,
};

/// All prices of a product from a day on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PricesDraft {
    /// Which product.
    pub product: ProductId,
    /// First business date; today where absent.
    #[serde(default)]
    pub from: Option<String>,
    /// All of them; what is not here is no longer so.
    pub prices: ProductPrices,
}

/// A promotion to set up, or to change where `promotion` is given.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PromotionDraft {
    /// Which to change.
    #[serde(default)]
    pub promotion: Option<PromotionId>,
    /// Its whole terms.
    pub terms: PromotionTerms,
}

/// Every version of a product's prices, the latest first.
pub async fn prices(call: &Call<'_>, product: ProductId) -> Result<Vec<PriceVersion>, Failure> {
    Ok(call.shop()?.books.price_versions(product).await?)
}

/// Sets all prices of a product from a day on; what held before is kept.
pub async fn set_prices(call: &Call<'_>, draft: PricesDraft) -> Result<Vec<PriceVersion>, Failure> {
    let shop = call.shop()?;
    shop.books.product(draft.product).await?.ok_or_else(|| not_found("product"))?;
    let today = call.house.today(shop);
    let set = prices::decide(draft.product, draft.from.as_deref().unwrap_or(&today), draft.prices, &today).map_err(Failure::refused)?;
    call.record(set).await?;
    Ok(shop.books.price_versions(draft.product).await?)
}

/// Every promotion as it stands, the newest first.
pub async fn promotions(call: &Call<'_>, (): ()) -> Result<Vec<PromotionRow>, Failure> {
    Ok(call.shop()?.books.promotions().await?)
}

/// Sets up a promotion or changes its terms; who owns a coupon's code is asked inside the transaction.
pub async fn save_promotion(call: &Call<'_>, draft: PromotionDraft) -> Result<Vec<PromotionRow>, Failure> {
    let shop = call.shop()?;
    let promotion = draft.promotion.unwrap_or_else(|| call.house.world.new_id());
    let today = call.house.today(shop);
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if draft.promotion.is_some() && !writing.knows_promotion(promotion).await? {
            return Err(not_found("promotion"));
        }
        let taken_by = match draft.terms.code() {
            Some(code) => writing.coupon_taker(promotion, &normal_code(code)).await?,
            None => None,
        };
        let saved = promotion::decide(promotion, draft.terms, taken_by, &today).map_err(Failure::refused)?;
        writing.record(call.entry(saved)?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    Ok(shop.books.promotions().await?)
}
