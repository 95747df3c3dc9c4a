//! What deciding a sale needs to know, read in the sale's own transaction.

use std::{collections::BTreeMap, sync::Arc};

use books::{
    Reading,
    query::{ChainMember, MemberRow, ProductRow},
};
use domain::{
    binding::is_valid,
    ids::{LocationId, ProductId},
    person::Role,
    plan::Plan,
    points::life::Lots,
    prices::ProductPrices,
    pricing::{DiscountKind, PriceMember, PriceProduct, PriceRules, barcode::LabelLayout},
    promotion::{PromotionNow, normal_code},
    sale::{ChainLink, PlanUsed, SaleContext, SaleDraft, SaleRefusal},
    stock::value::Holding,
    voucher::VoucherNow,
};

use crate::{
    failure::{Failure, not_found},
    house::Shop,
    menu::Call,
    till::place_of,
    vouchers::codes_of,
    world::day_after,
};

/// What deciding a sale needs, read in its own transaction.
pub struct Known {
    pub rules: PriceRules,
    pub rules_hash: [u8; 32],
    pub products: Vec<ProductRow>,
    pub shelf: BTreeMap<String, PriceProduct>,
    pub names: BTreeMap<String, (ProductId, String, String)>,
    member: Option<PriceMember>,
    pub member_row: Option<MemberRow>,
    pub chain: Vec<ChainMember>,
    links: Vec<ChainLink>,
    plan: Option<(Arc<Plan>, PlanUsed)>,
    promotions: Vec<PromotionNow>,
    labels: Vec<LabelLayout>,
    holdings: BTreeMap<ProductId, Holding>,
    location: Option<LocationId>,
    lots: Option<Lots>,
    points_days: (Option<String>, Option<String>),
    vouchers: BTreeMap<String, VoucherNow>,
    pub today: String,
}

impl Known {
    pub async fn read(call: &Call<'_>, shop: &Shop, mut reads: Reading<'_>, draft: &SaleDraft) -> Result<Self, Failure> {
        let settings = shop.settings().await;
        let limit = call.session.as_ref().filter(|session| session.role == Role::Clerk).map(|_| settings.clerk_discount_ppm);
        let rules = settings.price_rules(shop.info.minor_digits, limit);
        let mut wanted: Vec<ProductId> = Vec::with_capacity(draft.lines.len());
        for line in &draft.lines {
            let id = line.product.parse().map(ProductId).map_err(|_| Failure::refused(SaleRefusal::NotSoldHere { product: line.product.clone() }))?;
            if !wanted.contains(&id) {
                wanted.push(id);
            }
        }
        if let Some(person) = draft.salesperson {
            let works_here = shop.books.people().await?.iter().any(|row| row.person == person && !row.archived);
            if !works_here {
                return Err(not_found("person"));
            }
        }
        let today = call.house.today(shop);
        let location = place_of(shop).await?;
        let mut products = reads.shelf(&wanted).await?;
        let holdings = reads.holdings(&wanted).await?;
        if shop.books.locations().await?.len() > 1 {
            // What lies elsewhere cannot be handed over here.
            for row in &mut products {
                row.stock_milli = reads.stock_at(row.product, location, None).await?;
            }
        }
        let mut prices = reads.prices_on(&wanted, &today).await?;
        products.sort_by_key(|row| wanted.iter().position(|id| *id == row.product));
        let shelf = products.iter().map(|row| (row.product.to_string(), price_product(row, prices.remove(&row.product)))).collect();
        let names = products.iter().map(|row| (row.product.to_string(), (row.product, row.card.code.clone(), row.card.name.clone()))).collect();
        let (mut member, mut member_row, mut chain, mut lots) = (None, None, Vec::new(), None);
        if let Some(buyer) = draft.member {
            member_row = reads.member(buyer).await?;
            member = member_row.as_ref().map(|row| settings.price_member(row.card.level.as_ref(), row.points, (row.balance_minor, row.bonus_minor)));
            chain = reads.chain(buyer).await?;
            if settings.binding.valid_days > 0 && chain.len() > 1 {
                let joined = member_row.as_ref().map(|row| row.joined.clone()).unwrap_or_default();
                let since = reads.bound_since(buyer).await?.unwrap_or(joined);
                // A binding that lapsed earns nobody above anything; the tree stays as it is.
                if !is_valid(&settings.binding, &since, &today, &|day, days| day_after(day, i64::from(days))) {
                    chain.truncate(1);
                }
            }
            // Where the points come from matters only where some are spent.
            if draft.points != 0 || draft.lines.iter().any(|line| line.gift) {
                lots = Some(reads.points_lots(buyer).await?);
            }
        }
        let row = reads.plan_on(&today).await?;
        let plan = match &row {
            Some(row) => Some((shop.plan(row)?, PlanUsed { version: row.version, hash: row.hash.get(..8).unwrap_or(&row.hash).to_owned() })),
            None => None,
        };
        let codes: Vec<String> = draft
            .discounts
            .iter()
            .filter_map(|discount| match &discount.kind {
                DiscountKind::Coupon(code) => Some(normal_code(code)),
                DiscountKind::Plain(_) | DiscountKind::Threshold { .. } | DiscountKind::Steps(_) => None,
            })
            .collect();
        let promotions = reads.promotions_on(&codes, draft.member, &today).await?;
        let labels = settings.labels();
        let vouchers = reads.vouchers_coded(&codes_of(draft)).await?;
        let hashed = format!(
            "{}{}{}",
            serde_json::to_string(&rules).unwrap_or_default(),
            serde_json::to_string(&promotions).unwrap_or_default(),
            row.map(|row| row.hash).unwrap_or_default()
        );
        let rules_hash = *blake3::hash(hashed.as_bytes()).as_bytes();
        let links = chain.iter().map(|above| above.link.clone()).collect();
        let points_days = settings.points_days(&today);
        Ok(Self {
            rules,
            rules_hash,
            products,
            shelf,
            names,
            member,
            member_row,
            chain,
            links,
            plan,
            promotions,
            labels,
            holdings,
            location,
            lots,
            points_days,
            vouchers,
            today,
        })
    }

    /// Points that one piece costs as a gift, line by line.
    pub fn gift_points(&self, draft: &SaleDraft) -> Vec<Option<i64>> {
        draft.lines.iter().map(|line| self.shelf.get(&line.product).and_then(|product| product.gift_points)).collect()
    }

    /// The place whose goods this till hands over; absent for the shop floor.
    pub fn place(&self) -> Option<LocationId> {
        self.location
    }

    /// The context that the rules decide by.
    pub fn context<'a>(&'a self, number: &'a str, till: &'a str) -> SaleContext<'a> {
        SaleContext {
            rules: &self.rules,
            shelf: &self.shelf,
            names: &self.names,
            member: self.member.as_ref(),
            chain: &self.links,
            plan: self.plan.as_ref().map(|(plan, used)| (&**plan, used.clone())),
            promotions: &self.promotions,
            labels: &self.labels,
            holdings: &self.holdings,
            location: self.location,
            vouchers: &self.vouchers,
            today: &self.today,
            number,
            till,
            approved_by: None,
            shift: None,
            shift_required: false,
            lots: self.lots.as_ref(),
            points_usable_from: self.points_days.0.clone(),
            points_good_until: self.points_days.1.clone(),
        }
    }
}

/// A product of the books as pricing knows it, with the prices that hold beside its list price.
pub fn price_product(row: &ProductRow, prices: Option<ProductPrices>) -> PriceProduct {
    let mut product = PriceProduct {
        id: row.product.to_string(),
        price_minor: row.card.price_minor,
        tax: row.card.tax.clone(),
        category: row.card.category.clone(),
        no_commission: row.card.no_commission,
        ..PriceProduct::default()
    };
    if let Some(prices) = prices {
        prices.put_on(&mut product);
    }
    product
}
