//! A question on its way through the menu: who asks, where, and of which shop.

use std::sync::Arc;

use books::NewEntry;
use domain::fact::Fact;

use crate::{
    failure::{DoorRefusal, Failure},
    house::{House, Shop},
    seat::{Seat, Session},
};

/// A question on its way: who asks, where, and of which shop.
pub struct Call<'a> {
    /// The house.
    pub house: &'a Arc<House>,
    /// Where the person sits.
    pub seat: &'a Seat,
    /// Who is signed in there.
    pub session: Option<Session>,
    /// The shop that is open.
    pub(crate) shop: Option<Arc<Shop>>,
}

impl Call<'_> {
    /// The open shop.
    ///
    /// # Errors
    /// `NoShop`
    pub fn shop(&self) -> Result<&Shop, Failure> {
        self.shop.as_deref().ok_or_else(|| DoorRefusal::NoShop.into())
    }

    /// The open shop, to keep for a job.
    ///
    /// # Errors
    /// `NoShop`
    pub fn shop_arc(&self) -> Result<Arc<Shop>, Failure> {
        self.shop.clone().ok_or_else(|| DoorRefusal::NoShop.into())
    }

    /// An entry for a fact that happens now, by whoever is signed in.
    ///
    /// # Errors
    /// `NoShop`
    pub fn entry(&self, fact: impl Into<Fact>) -> Result<NewEntry, Failure> {
        Ok(self.house.entry(self.shop()?, self.session.as_ref().map(|session| session.person), fact))
    }

    /// Records one fact in a transaction of its own.
    ///
    /// # Errors
    /// The database's.
    pub async fn record(&self, fact: impl Into<Fact>) -> Result<(), Failure> {
        let entry = self.entry(fact)?;
        let mut writing = self.shop()?.books.write().await?;
        let outcome = writing.record(entry).await.map(|_| ()).map_err(Failure::from);
        self.house.finish(writing, outcome).await
    }
}
