//! What the owner sets, each setting a fact of its own.

use std::collections::BTreeMap;

use books::{
    Books, BooksError,
    query::{GroupBounds, MemberFilter, ShopRow},
};
use domain::{
    binding::BindingTerms,
    group::GroupTerms,
    ids::ProductId,
    level::{GrowthTerms, LevelGrowth, Levels},
    message::MessageTerms,
    payout::PayoutTerms,
    points::PointsTerms,
    pricing::{PointsRules, PriceMember, PriceRules, TaxClass, barcode::LabelLayout},
    risk::RiskTerms,
    shop::SettingChanged,
};
use paper::{
    label::{LabelLanguage, LabelSize},
    layout::PaperWidth,
    picture::{Picture, PictureFault},
    receipt::Language,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{
    balances::BalanceSettings,
    country::calling_code,
    failure::Failure,
    menu::Call,
    printers::Printer,
    shifts::ShiftSettings,
    tenders::{self, TenderRefusal, TenderTerms},
    vouchers::VoucherSettings,
    world::day_after,
};

mod check;

use check::{SettingsRefusal, check};

/// Every setting of the shop. A missing one has its default, so that later versions add settings freely.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// The shop's name, on receipts and in the window.
    pub shop_name: String,
    /// Language of paper and of sheets: `zh-CN` or `en`.
    pub language: Language,
    /// Where the shop is; printed under its name.
    pub address: String,
    /// The shop's telephone; printed under its name.
    pub telephone: String,
    /// The shop's tax number; printed under its name.
    pub tax_number: String,
    /// Tax classes by name.
    pub taxes: BTreeMap<String, TaxClass>,
    /// How points are earned and spent; absent: the shop has none.
    pub points: Option<PointsRules>,
    /// Smallest step of cash in minor units; 0 for none.
    pub cash_rounding_minor: i64,
    /// The receipt printer of this device.
    pub printer: Option<Printer>,
    /// The label printer of this device.
    pub label_printer: Option<LabelPrinter>,
    /// The picture over the shop's name on receipts.
    pub logo: Option<Picture>,
    /// Lines on receipts under the shop's name, address, telephone and tax number.
    pub receipt_header: Vec<String>,
    /// Lines at the foot of receipts.
    pub receipt_footer: Vec<String>,
    /// Seconds without a command after which the window asks for a PIN again; 0 for never.
    pub idle_lock_seconds: u32,
    /// Country code given to national telephone numbers, digits only.
    pub country_code: String,
    /// Largest share that a clerk may take off by hand, in millionths.
    pub clerk_discount_ppm: i64,
    /// Days within which goods come back without asking; later a manager has to agree. 0 for any number.
    pub return_days: u32,
    /// Law by which plans are checked: `CN`, `EU`, `US` or `none`.
    pub jurisdiction: String,
    /// Every tender the shop has or had, those offered at the till first to last as they stand there.
    pub tenders: Vec<TenderTerms>,
    /// Ranks that were not reached again fall at a month's close; otherwise they stay.
    pub rank_demotion: bool,
    /// Months after the last in which a rank was reached, during which it does not fall.
    pub rank_protection_months: u32,
    /// How the shop uses shifts.
    pub shifts: ShiftSettings,
    /// What each member level is worth: its share of every list price, and its multiplier of points.
    pub levels: BTreeMap<String, LevelTerms>,
    /// How the shop's scales fill their labels, such as `22IIIIIPPPPPC`.
    pub scale_labels: Vec<String>,
    /// How the shop keeps stored value.
    pub balance: BalanceSettings,
    /// How the shop keeps vouchers.
    pub vouchers: VoucherSettings,
    /// Products on the till's quick keys, in order.
    pub quick_keys: Vec<ProductId>,
    /// The terms of payouts.
    pub payouts: PayoutTerms,
    /// When points run out, and what is given without a purchase.
    pub points_terms: PointsTerms,
    /// Where one group of members ends and the next begins.
    pub groups: GroupTerms,
    /// Who may name a member's sponsor at the till, and for how long it holds.
    pub binding: BindingTerms,
    /// Kept views of the member list: name and filter, in order of name.
    pub member_views: BTreeMap<String, MemberFilter>,
    /// When a member's month is worth a look before it is paid.
    pub risk: RiskTerms,
    /// What brings growth, and what happens to those who do not keep their level.
    pub growth: GrowthTerms,
    /// What members are told of, in which words, and which device sends.
    pub messages: MessageTerms,
}

/// What a member level 会员等级 is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LevelTerms {
    /// Share of every list price that is paid, in millionths: 900 000 is 九折.
    pub price_share_ppm: i64,
    /// Multiplier of points earned, in millionths.
    pub points_ppm: i64,
    /// What it asks for and gives where it follows from growth; absent where it is given by hand alone.
    #[serde(default)]
    pub growth: Option<LevelGrowth>,
}

/// A printer for labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LabelPrinter {
    /// How it is reached; paper, drawer and picture mean nothing here.
    pub printer: Printer,
    /// What it understands.
    pub language: LabelLanguage,
    /// The labels in it.
    pub size: LabelSize,
}

/// Settings that stand on this device alone: a till's printer is no other till's.
pub const OF_THE_DEVICE: [&str; 2] = ["printer", "label_printer"];

/// The name that such a setting has among the values of the device.
pub fn local_name(setting: &str) -> String {
    format!("setting.{setting}")
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            shop_name: String::new(),
            language: Language::default(),
            address: String::new(),
            telephone: String::new(),
            tax_number: String::new(),
            taxes: BTreeMap::new(),
            points: Some(points_by_default(2)),
            cash_rounding_minor: 0,
            printer: None,
            label_printer: None,
            logo: None,
            receipt_header: Vec::new(),
            receipt_footer: Vec::new(),
            idle_lock_seconds: 600,
            country_code: "86".into(),
            clerk_discount_ppm: 100_000,
            return_days: 7,
            jurisdiction: "CN".into(),
            tenders: offered(&["cash", "wechat", "alipay", "card", "balance"]),
            rank_demotion: true,
            rank_protection_months: 0,
            shifts: ShiftSettings::default(),
            levels: BTreeMap::new(),
            scale_labels: Vec::new(),
            balance: BalanceSettings::default(),
            vouchers: VoucherSettings::default(),
            quick_keys: Vec::new(),
            payouts: PayoutTerms::default(),
            points_terms: PointsTerms::default(),
            groups: GroupTerms::default(),
            binding: BindingTerms::default(),
            member_views: BTreeMap::new(),
            growth: GrowthTerms::default(),
            messages: MessageTerms::default(),
            risk: RiskTerms::default(),
        }
    }
}

/// The first tenders of a shop: these are offered, the others put away.
fn offered(codes: &[&str]) -> Vec<TenderTerms> {
    tenders::complete(codes.iter().map(|code| TenderTerms::plain(code)).collect(), &[])
}

/// One point per unit of currency, not redeemable until the owner says what a point is worth.
fn points_by_default(digits: u8) -> PointsRules {
    PointsRules { earn_per_minor: 10_i64.pow(u32::from(digits)), step: 1, max_share_ppm: 1_000_000, ..PointsRules::default() }
}

impl Settings {
    /// The settings that the books hold, with those of this device over them.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(books: &Books, shop: &ShopRow) -> Result<Self, BooksError> {
        let mut kept = books.settings().await?;
        for name in OF_THE_DEVICE {
            if let Some(value) = books.local(&local_name(name)).await? {
                kept.insert(name.to_owned(), value);
            }
        }
        Ok(Self::read(&kept, shop))
    }

    /// Reads what the books hold over the defaults of a shop in its currency. A setting that cannot be read keeps its default.
    pub fn read(kept: &BTreeMap<String, String>, shop: &ShopRow) -> Self {
        let foreign = shop.currency != "CNY";
        let defaults = Self {
            shop_name: shop.name.clone(),
            language: if shop.language.starts_with("zh") { Language::ZhCn } else { Language::En },
            points: Some(points_by_default(shop.minor_digits)),
            groups: GroupTerms::usual(shop.minor_digits),
            country_code: calling_code(&shop.time_zone, &shop.currency).into(),
            jurisdiction: if foreign { "none".into() } else { "CN".into() },
            tenders: if foreign { offered(&["cash", "card", "transfer", "balance"]) } else { Self::default().tenders },
            ..Self::default()
        };
        let Ok(Value::Object(mut all)) = serde_json::to_value(&defaults) else { return defaults };
        for (name, text) in kept {
            if let Ok(value) = serde_json::from_str(text) {
                let before = all.insert(name.clone(), value);
                if serde_json::from_value::<Self>(Value::Object(all.clone())).is_err()
                    && let Some(before) = before
                {
                    all.insert(name.clone(), before);
                }
            }
        }
        let read = serde_json::from_value(Value::Object(all)).unwrap_or(defaults);
        Self { tenders: tenders::complete(read.tenders, &[]), ..read }
    }

    /// What pricing needs, for someone with this limit on discounts given by hand.
    pub fn price_rules(&self, minor_digits: u8, discount_limit_ppm: Option<i64>) -> PriceRules {
        PriceRules {
            minor_digits,
            cash_rounding_minor: self.cash_rounding_minor,
            taxes: self.taxes.clone(),
            points: self.points.clone(),
            coupons: BTreeMap::new(),
            discount_limit_ppm,
            tenders: tenders::rules(&self.tenders),
        }
    }

    /// The name of a tender on paper and in sheets.
    pub fn tender_name(&self, code: &str, chinese: bool) -> String {
        tenders::name_of(&self.tenders, code, chinese)
    }

    /// Whether the drawer opens for a tender.
    pub fn opens_drawer(&self, code: &str) -> bool {
        tenders::opens_drawer(&self.tenders, code)
    }

    /// The layouts of the shop's scales; one that is not understood counts for nothing.
    pub fn labels(&self) -> Vec<LabelLayout> {
        self.scale_labels.iter().filter_map(|layout| LabelLayout::try_from(layout.clone()).ok()).collect()
    }

    /// A member of this level with these points and this stored value (all of it, and the bonus in it), as pricing knows them.
    pub fn price_member(&self, level: Option<&String>, points: i64, (balance_minor, bonus_minor): (i64, i64)) -> PriceMember {
        let terms = level.and_then(|level| self.levels.get(level));
        let plain = PriceMember { level: level.cloned(), points, balance_minor, bonus_minor, ..PriceMember::default() };
        match terms {
            Some(terms) => PriceMember { discount_ppm: terms.price_share_ppm, points_multiplier_ppm: terms.points_ppm, ..plain },
            None => plain,
        }
    }

    /// The levels that follow from growth.
    pub fn grown_levels(&self) -> Levels {
        Levels::new(self.levels.iter().filter_map(|(level, terms)| Some((level.clone(), terms.growth?))), self.growth.fall)
    }

    /// What a filter of members leaves to the day and to these settings.
    pub fn group_bounds(&self, today: &str) -> GroupBounds {
        let terms = &self.groups;
        let back = |days: u32| day_after(today, -i64::from(days)).unwrap_or_default();
        GroupBounds {
            country_code: self.country_code.clone(),
            new_from: back(terms.new_days),
            active_from: back(terms.active_days),
            sleeping_from: back(terms.sleeping_days),
            birthday_month: today.get(5..8).unwrap_or_default().to_owned(),
            rfm_from: back(terms.rfm_days),
            rfm_purchases: terms.rfm_purchases,
            rfm_minor: terms.rfm_minor,
            bands: terms.bands.clone(),
        }
    }

    /// First day on which points of a sale of this day can be spent, where that is later, and their last day: they are locked for as many days as the
    /// shop says and last for one more at least.
    pub fn points_days(&self, today: &str) -> (Option<String>, Option<String>) {
        let lock_days = self.points.as_ref().map_or(0, |points| points.lock_days);
        let usable_from = (lock_days > 0).then(|| day_after(today, i64::from(lock_days) + 1)).flatten();
        let good_until = self.points_terms.expiry.good_until(today);
        let good_until = good_until.map(|last| usable_from.clone().filter(|first| *first > last).unwrap_or(last));
        (usable_from, good_until)
    }

    /// The facts that lead from these settings to others.
    fn changes(&self, to: &Self) -> Vec<SettingChanged> {
        let fields = |settings: &Self| match serde_json::to_value(settings) {
            Ok(Value::Object(fields)) => fields,
            Ok(_) | Err(_) => serde_json::Map::new(),
        };
        let before = fields(self);
        let after = fields(to).into_iter();
        after.filter(|(name, value)| before.get(name) != Some(value)).map(|(name, value)| SettingChanged { name, value: value.to_string() }).collect()
    }
}

/// The settings as they stand.
pub async fn settings(call: &Call<'_>, (): ()) -> Result<Settings, Failure> {
    Ok((*call.shop()?.settings().await).clone())
}

/// Sets them, one fact for each that changed.
pub async fn save_settings(call: &Call<'_>, asked: Settings) -> Result<Settings, Failure> {
    let shop = call.shop()?;
    let before = shop.settings().await;
    // Messages have a command of their own, which knows who sends.
    let asked = Settings { tenders: tenders::complete(asked.tenders, &before.tenders), messages: before.messages.clone(), ..asked };
    check(&asked).map_err(Failure::refused)?;
    tenders::check(&asked.tenders).map_err(|refusal: TenderRefusal| Failure::refused(refusal))?;
    if let Some(tax) = before.taxes.keys().find(|tax| !asked.taxes.contains_key(*tax)) {
        let used = shop.books.tax_in_use(tax).await?;
        if used {
            return Err(Failure::refused(SettingsRefusal::TaxInUse { tax: tax.clone() }));
        }
    }
    let mut writing = shop.books.write().await?;
    let mut outcome = Ok(());
    for change in before.changes(&asked) {
        let kept = if OF_THE_DEVICE.contains(&change.name.as_str()) {
            writing.keep_local(&local_name(&change.name), Some(change.value)).await
        } else {
            writing.record(call.entry(change)?).await.map(drop)
        };
        if let Err(error) = kept {
            outcome = Err(error.into());
            break;
        }
    }
    call.house.finish(writing, outcome).await?;
    Ok((*shop.settings().await).clone())
}

/// Reads a PNG file as the logo over receipts: black dots, no wider than the printer's paper. It is kept by saving the settings.
pub async fn logo_from(call: &Call<'_>, path: String) -> Result<Picture, Failure> {
    const LARGEST: u64 = 8 << 20;
    let paper = call.shop()?.settings().await.printer.as_ref().map_or(PaperWidth::Paper58, |printer| printer.paper);
    let trouble = |reason: String| Failure::refused(PictureFault::NoPng { reason });
    let read = tokio::task::spawn_blocking(move || {
        let size = std::fs::metadata(&path).map_err(|error| trouble(error.to_string()))?.len();
        if size > LARGEST {
            return Err(trouble(format!("{size} bytes")));
        }
        let file = std::fs::read(&path).map_err(|error| trouble(error.to_string()))?;
        // A third of the paper's height is enough above a name.
        paper::picture::logo(&file, paper.dots() * 2 / 3).map(|logo| logo.picture()).map_err(Failure::refused)
    });
    read.await.map_err(|error| Failure::Broken { trace: error.to_string() })?
}
