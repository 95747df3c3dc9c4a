//! One newtype per thing that can be named across devices. An id is chosen outside the rules (UUIDv7) and passed in.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// The sixteen bytes as the books keep them.
            pub fn bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// Identity of a business event; survives when an entry is chained anew after a restore.
    EntryId,
    /// One installation of the program on one machine.
    DeviceId,
    /// One incarnation of one database on one device.
    ChainId,
    /// Something the shop sells.
    ProductId,
    /// A customer who may also sponsor others.
    MemberId,
    /// Someone who works here: clerk, manager or owner.
    PersonId,
    /// A promotion or a coupon.
    PromotionId,
    /// Whoever delivers goods.
    SupplierId,
    /// A place where goods lie; the nil id is the shop floor.
    LocationId,
    /// A sale; equal to the id of the entry that recorded it.
    SaleId,
    /// One drawer from its opening to its count.
    ShiftId,
    /// Commission on its way to a member.
    PayoutId,
    /// Payouts that were sent together.
    BatchId,
    /// Goods that came back; equal to the id of the entry that recorded it.
    ReturnId,
    /// Money paid into a balance, or given back of it; equal to the id of the entry that recorded it.
    TopUpId,
    /// A voucher; equal to the id of the entry that it came to be with.
    VoucherId,
}
