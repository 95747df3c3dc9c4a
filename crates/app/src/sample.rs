//! The sample shop.

use crate::{failure::Failure, house::{House, Shop}, jobs::Progress};

/// Fills it.
pub async fn fill(_house: &House, _shop: &Shop, _progress: &Progress) -> Result<(), Failure> {
    Ok(())
}
