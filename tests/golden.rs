//! Facts live for ever: the bytes of one of each kind are pinned, as they stand in the journal. A kind that changes shape fails here.

use std::{collections::BTreeMap, path::Path};

use books::{Books, ChainKey, Entry, Identity, NewEntry, OpenHow};
use domain::{
    balance::{BalanceOpened, BalanceToppedUp, TopUpRefunded},
    close::{MonthClosed, MonthReopened, PeriodEarned, PeriodEarning, RankDecided, RanksDecided, Statement, StatementsIssued},
    entry::body_of,
    erasure::MemberErased,
    fact::{Fact, KINDS},
    ids::EntryId,
    import::{ImportedKind, ImportedLine, SaleImported},
    level::{GrowthMoved, GrowthWhy, Held, LevelChanged, LevelGift, LevelWhy, Rests, Standing},
    member::{MemberCard, MemberChanged, MemberEnrolled, SponsorMoved},
    merge::{MemberMerged, MergeFollowed},
    message::{Contact, MessageChannel, Tongue},
    payout::{Payee, PayeeSaved, PayoutBatch, PayoutOrder, PayoutState, PayoutStep, PayoutsHeld, PayoutsMoved, PayoutsRequested},
    person::{PersonAdded, PersonChanged, PinRefused, Role},
    placement::{LegsCarried, MemberLegs, MemberPlaced, Place, Side},
    plan::{
        Legs,
        ranks::{Ground, RankHow},
    },
    plans::PlanActivated,
    points::{
        PointsGiven,
        award::{Award, PointsAwarded},
        life::{AgedPoints, Ageing, PointsAged, PointsPart},
    },
    prices::{PricesSet, ProductPrices},
    pricing::{DatedPrice, Earns, Eligible, Off, QuantityBreak, SpecialPrice, UnitPriceWhy},
    product::{ProductArchived, ProductCard, ProductSaved},
    promotion::{PromotionKind, PromotionSaved, PromotionTerms, PromotionUsed},
    returns::{Refund, ReturnedLine, ReturnedTo, SaleReturned},
    risk::{CommissionHeld, HeldPart, RiskSign, Ruling, StatementJudged},
    sale::{ChainLink, Earned, LineOff, OffBy, PlanUsed, SaleRecorded, SoldLine, TenderTaken},
    shift::{CashMoved, CashWay, CountedPieces, CountedTender, ShiftClosed, ShiftOpened},
    shop::{SettingChanged, ShopOpened},
    stock::{
        AdjustReason, CountedLine, GoodsReceived, LocationSaved, MovedLine, ReceivedLine, StockAdjusted, StockCounted, StockReceived, StockRevalued,
        StockTransferred, SupplierCard, SupplierSaved,
    },
    tag::MembersTagged,
    task::{TaskEnd, TaskSettled},
    voucher::{VoucherBack, VoucherChanged, VoucherHow, VoucherIssued},
};
use uuid::Uuid;

fn id<T: From<Uuid>>(number: u128) -> T {
    T::from(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number))
}

/// One fact of each kind, in the order of the list, with every field filled.
fn facts() -> Vec<Fact> {
    let text = |text: &str| Some(text.to_owned());
    let card = ProductCard {
        code: "T1".into(),
        barcode: text("6901234567892"),
        name: "龙井茶".into(),
        name_2: text("Dragon Well"),
        category: text("茶"),
        price_minor: 8800,
        cost_minor: Some(4000),
        tax: text("vat"),
        no_commission: true,
        min_milli: None,
    };
    let member = MemberCard {
        name: "赵三".into(),
        phone: text("+8613800138000"),
        level: text("银卡"),
        rank: text("金牌"),
        active: true,
        note: text("喜欢绿茶"),
        birthday: None,
        contact: None,
    };
    let plan = Some(PlanUsed { version: 1, hash: "0a1b2c3d".into() });
    let chain = vec![ChainLink { member: id(31), rank: None, active: true }, ChainLink { member: id(30), rank: text("金牌"), active: false }];
    let earned = vec![Earned {
        member: id(30),
        rule: "levels".into(),
        depth: 1,
        base_minor: 8800,
        rate_ppm: Some(100_000),
        amount_micro: 880_000_000,
        why: "{\"rule\":\"levels\"}".into(),
    }];
    let line = SoldLine {
        product: id(20),
        code: "T1".into(),
        name: "龙井茶".into(),
        qty_milli: 1500,
        unit_minor: 8800,
        discount_minor: 200,
        net_minor: 13_000,
        tax_minor: 1496,
        tax_ppm: 130_000,
        tax_included: true,
        points_earned: 130,
        points_spent: 10,
        base_minor: 11_504,
        why: None,
        cost_minor: None,
        offs: Vec::new(),
    };
    let ground = Ground { of: "group.net".into(), value: "61200".into(), gte: text("60000"), lt: text("90000"), holds: true };
    let imported = ImportedLine {
        kind: ImportedKind::Cancellation,
        product: Some(id(20)),
        code: "T1".into(),
        name: "龙井茶".into(),
        qty_milli: -1000,
        unit_micro: 8_800_000_000,
        net_minor: -8800,
        row: 7,
    };
    vec![
        ShopOpened {
            name: "青禾茶舍".into(),
            currency: "CNY".into(),
            minor_digits: 2,
            language: "zh-CN".into(),
            time_zone: "Asia/Shanghai".into(),
            sample: false,
        }
        .into(),
        SettingChanged { name: "idle_lock_seconds".into(), value: "300".into() }.into(),
        PersonAdded { person: id(10), name: "王芳".into(), role: Role::Owner, pin_hash: "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA".into() }.into(),
        PersonChanged { person: id(10), name: text("王芳芳"), role: Some(Role::Manager), pin_hash: text("$argon2id$"), archived: Some(true) }.into(),
        PinRefused { person: id(10), in_a_row: 3 }.into(),
        ProductSaved { product: id(20), card }.into(),
        ProductArchived { product: id(20), archived: true }.into(),
        StockReceived { product: id(20), qty_milli: 12_000, cost_minor: Some(4000), note: text("送货单 7") }.into(),
        StockAdjusted { product: id(20), by_milli: -500, reason: AdjustReason::OwnUse, note: text("试喝"), location: None, value_minor: None }.into(),
        MemberEnrolled { member: id(31), number: "M000001".into(), card: member.clone(), sponsor: Some(id(30)), joined: "2026-03-10".into() }.into(),
        MemberChanged { member: id(31), card: member, rank_given: None }.into(),
        MemberErased { member: id(39), reason: "本人要求".into() }.into(),
        SponsorMoved { member: id(31), from: Some(id(30)), to: Some(id(32)), reason: text("换线"), bound: false }.into(),
        PlanActivated {
            version: 1,
            effective_from: "2026-03-01".into(),
            plan: "{\"rules\":[]}".into(),
            hash: "0a1b2c3d".into(),
            bound_ppm: Some(145_000),
            acknowledged: vec!["depth".into()],
            acknowledgements: vec![],
            simulated: None,
        }
        .into(),
        SaleRecorded {
            sale: id(40),
            number: "1A-000001".into(),
            till: "1".into(),
            member: Some(id(31)),
            lines: vec![line],
            goods_minor: 13_000,
            tax_minor: 1496,
            due_minor: 13_000,
            rounding_minor: 0,
            cash_step_minor: 10,
            tenders: vec![TenderTaken { kind: "cash".into(), amount_minor: 15_000, reference: text("箱 1"), bonus_minor: None, voucher: None }],
            change_minor: 2000,
            points_earned: 130,
            points_spent: 10,
            plan: plan.clone(),
            chain: chain.clone(),
            earned: earned.clone(),
            approved_by: None,
            tags: Vec::new(),
            shift: None,
            salesperson: None,
            promotions: Vec::new(),
            location: None,
            points_usable_from: None,
            points_good_until: None,
            points_parts: Vec::new(),
        }
        .into(),
        SaleImported {
            sale: id(41),
            number: "C536379".into(),
            source: "uci".into(),
            made_at_ms: 1_291_193_460_000,
            member: Some(id(31)),
            lines: vec![imported],
            net_minor: -8800,
            net_micro: -8_800_000_000,
            plan: plan.clone(),
            chain,
            earned: earned.clone(),
        }
        .into(),
        MonthClosed {
            month: "2026-02".into(),
            round: 1,
            plan: plan.clone(),
            run_hash: "0a1b".into(),
            members: 1,
            earned_micro: 880_000_000,
            payable_minor: 880,
        }
        .into(),
        MonthReopened { month: "2026-02".into(), round: 1, reason: "漏了一单".into() }.into(),
        PeriodEarned {
            month: "2026-02".into(),
            round: 2,
            part: 0,
            plan: plan.clone(),
            earned: earned
                .clone()
                .into_iter()
                .map(|earned| PeriodEarning { source: "period".into(), earned, before_micro: Some(1_000_000), orders: Vec::new() })
                .collect(),
        }
        .into(),
        RanksDecided {
            month: "2026-02".into(),
            round: 2,
            part: 0,
            ranks: vec![RankDecided {
                member: id(30),
                before: text("银牌"),
                rank: text("金牌"),
                how: RankHow::Protected,
                since: "2026-01".into(),
                because: vec![ground.clone()],
                missing: vec![ground],
            }],
        }
        .into(),
        StatementsIssued {
            month: "2026-02".into(),
            round: 2,
            part: 0,
            statements: vec![Statement {
                member: id(30),
                number: "2026-02-00001-2".into(),
                opening_micro: 500_000,
                earned_micro: 880_000_000,
                adjusted_micro: -1_000_000,
                payable_minor: 879,
                tax_minor: 0,
                closing_micro: 500_000,
            }],
        }
        .into(),
        ShiftOpened { shift: id(50), till: "1".into(), float_minor: 30_000 }.into(),
        CashMoved { shift: id(50), way: CashWay::Out, amount_minor: 1200, reason: "快递费".into() }.into(),
        ShiftClosed {
            shift: id(50),
            number: "Z1A-000001".into(),
            till: "1".into(),
            cash: vec![CountedPieces { value_minor: 10_000, pieces: 2 }, CountedPieces { value_minor: 100, pieces: 87 }],
            counted_minor: 28_700,
            expected_minor: 28_800,
            reason: text("找错零"),
            tenders: vec![CountedTender { kind: "card".into(), expected_minor: 500, counted_minor: Some(400) }],
        }
        .into(),
        SaleReturned {
            returned: id(42),
            number: "1A-000002".into(),
            till: "1".into(),
            sale: Some(id(40)),
            sale_number: text("1A-000001"),
            member: Some(id(31)),
            lines: vec![ReturnedLine {
                line: Some(0),
                product: id(20),
                code: "T1".into(),
                name: "龙井茶".into(),
                qty_milli: 1500,
                unit_minor: 8800,
                net_minor: 13_000,
                tax_minor: 1496,
                base_minor: 11_504,
                points_taken: 130,
                points_given: 10,
                to: ReturnedTo::Damaged,
                cost_minor: None,
            }],
            whole: true,
            refund_minor: 13_000,
            goods_minor: 13_000,
            tax_minor: 1496,
            rounding_minor: 0,
            refunds: vec![Refund { kind: "cash".into(), amount_minor: 13_000, reference: text("箱 1"), bonus_minor: None, voucher: None }],
            points_taken: 130,
            points_given: 10,
            plan,
            earned: vec![Earned { base_minor: -8800, amount_micro: -880_000_000, ..earned[0].clone() }],
            reason: text("漏气"),
            approved_by: Some(id(10)),
            exchanged_for: Some(id(43)),
            shift: None,
            location: None,
            points_from_locked: 0,
            points_expired: 0,
            points_parts: Vec::new(),
        }
        .into(),
        PricesSet {
            product: id(20),
            from: "2026-03-11".into(),
            prices: ProductPrices {
                level_prices: BTreeMap::from([("金卡".to_owned(), SpecialPrice::FixedMinor(8000))]),
                dated_prices: vec![DatedPrice { from: text("2026-04-01"), to: text("2026-04-03"), price: SpecialPrice::ShareOfListPpm(900_000) }],
                breaks: vec![QuantityBreak { from_qty_milli: 5000, price: SpecialPrice::FixedMinor(8500) }],
                earns: Earns::PerPiece(3),
                gift_points: Some(500),
                weighed: true,
            },
        }
        .into(),
        PromotionSaved {
            promotion: id(50),
            from: "2026-03-10".into(),
            terms: PromotionTerms {
                name: "春茶券".into(),
                kind: PromotionKind::Coupon {
                    code: "SPRING".into(),
                    off: Off::AmountMinor(1000),
                    over_minor: 5000,
                    limit: Some(100),
                    per_member: Some(1),
                },
                on: Eligible { category: text("茶"), products: vec![id::<uuid::Uuid>(20).to_string()] },
                max_minor: Some(2000),
                first: text("2026-03-10"),
                last: text("2026-04-10"),
                stopped: true,
            },
        }
        .into(),
        SupplierSaved {
            supplier: id(60),
            card: SupplierCard {
                name: "云南茶厂".into(), contact: text("李经理"), phone: text("0871 1234567"), note: text("月结"), archived: true
            },
        }
        .into(),
        LocationSaved { location: id(61), name: "后仓".into(), archived: false }.into(),
        GoodsReceived {
            number: "1AR-000001".into(),
            supplier: Some(id(60)),
            reference: text("送货单 7"),
            location: Some(id(61)),
            lines: vec![ReceivedLine {
                product: id(20),
                code: "T1".into(),
                name: "龙井茶".into(),
                qty_milli: 5000,
                cost_minor: 20_000,
                late_minor: 4000,
            }],
            note: text("两箱"),
        }
        .into(),
        StockTransferred {
            number: "1AT-000001".into(),
            from: Some(id(61)),
            to: Some(id(62)),
            lines: vec![MovedLine { product: id(20), code: "T1".into(), name: "龙井茶".into(), qty_milli: 1000 }],
            note: text("补货"),
        }
        .into(),
        StockCounted {
            number: "1AC-000001".into(),
            location: Some(id(61)),
            lines: vec![CountedLine {
                product: id(20),
                code: "T1".into(),
                name: "龙井茶".into(),
                expected_milli: 4000,
                counted_milli: 3000,
                seen: 7,
                value_minor: -4000,
            }],
            note: text("月底"),
        }
        .into(),
        StockRevalued { product: id(20), by_minor: -100, note: text("受潮") }.into(),
        MemberPlaced {
            member: id(31),
            from: Some(Place { under: id(30), side: Side::L }),
            to: Some(Place { under: id(32), side: Side::R }),
            reason: text("换区"),
        }
        .into(),
        LegsCarried {
            month: "2026-03".into(),
            round: 1,
            part: 0,
            legs: vec![MemberLegs { rule: "pairs".into(), member: id(30), legs: Legs { left: exact("1200.5"), right: exact("0") } }],
        }
        .into(),
        PointsGiven { member: id(30), points: -25, reason: "补登有误".into(), good_until: None }.into(),
        PayeeSaved { member: id(30), payee: payee() }.into(),
        PayoutsRequested {
            payouts: vec![PayoutOrder {
                payout: id(70),
                number: "P-0000001".into(),
                member: id(30),
                amount_minor: 8000,
                fee_minor: 48,
                payee: payee(),
                month: text("2026-03"),
                outside: true,
            }],
        }
        .into(),
        PayoutsMoved {
            to: PayoutState::Sent,
            steps: vec![PayoutStep {
                payout: id(70),
                member: id(30),
                from: PayoutState::Approved,
                amount_minor: 8000,
                fee_minor: 48,
                reason: "月结".into(),
                reference: "ICBC-1".into(),
            }],
            batch: Some(PayoutBatch { batch: id(71), number: "B-00001".into(), channel: "bank".into() }),
            cash: true,
            balance: false,
        }
        .into(),
        PayoutsHeld { member: id(30), held: true, reason: "退货偏多".into() }.into(),
        BalanceToppedUp {
            top_up: id(70),
            number: "1A-000003".into(),
            till: "1".into(),
            member: id(31),
            amount_minor: 50_000,
            bonus_minor: 5000,
            tenders: vec![TenderTaken { kind: "cash".into(), amount_minor: 60_000, reference: text("箱 1"), bonus_minor: None, voucher: None }],
            change_minor: 10_000,
            rounding_minor: 0,
            shift: Some(id(40)),
        }
        .into(),
        BalanceOpened { member: id(31), paid_minor: 30_000, bonus_minor: 2_000 }.into(),
        TopUpRefunded {
            refund: id(71),
            number: "1A-000004".into(),
            till: "1".into(),
            top_up: id(70),
            top_up_number: "1A-000003".into(),
            member: id(31),
            amount_minor: 20_000,
            bonus_minor: 1500,
            withheld_minor: 500,
            rounding_minor: 0,
            refunds: vec![Refund { kind: "cash".into(), amount_minor: 19_500, reference: None, bonus_minor: None, voucher: None }],
            shift: Some(id(40)),
            reason: text("搬家"),
            approved_by: Some(id(10)),
        }
        .into(),
        PointsAged {
            day: "2026-03-18".into(),
            rows: vec![
                AgedPoints { member: id(31), of: id(40), how: Ageing::Usable, due: "2026-03-18".into(), points: 130, made_up: 0 },
                AgedPoints { member: id(31), of: id(39), how: Ageing::Expired, due: "2026-03-17".into(), points: 5, made_up: 2 },
            ],
        }
        .into(),
        PointsAwarded { member: id(31), award: Award::SignIn { streak: 3 }, day: "2026-03-10".into(), points: 5, good_until: text("2027-03-10") }
            .into(),
        VoucherIssued {
            voucher: id(145),
            number: "1A-000005".into(),
            till: "1".into(),
            code: "V234567890AB".into(),
            how: VoucherHow::Sold,
            amount_minor: 50_000,
            member: Some(id(31)),
            expires: text("2029-03-09"),
            tenders: vec![TenderTaken { kind: "cash".into(), amount_minor: 60_000, reference: text("箱 1"), bonus_minor: None, voucher: None }],
            change_minor: 10_000,
            rounding_minor: 0,
            shift: Some(id(40)),
            reason: text("开业"),
            replaces: Some(id(146)),
        }
        .into(),
        VoucherChanged { voucher: id(145), expires: text("2030-03-09"), blocked: Some(true), reason: "遗失".into() }.into(),
        GrowthMoved { member: id(31), growth: 130, why: GrowthWhy::Purchase, of: id(42) }.into(),
        LevelChanged {
            member: id(31),
            from: text("银卡"),
            to: Standing {
                held: Some(Held { level: "金卡".into(), until: text("2027-03-10"), rests: Rests::Growth }),
                under: Some(Held { level: "银卡".into(), until: None, rests: Rests::Hand }),
                began_at: 12_300,
            },
            why: LevelWhy::Reached,
            growth: 12_300,
            needed: 10_000,
            over: 5,
            gifts: vec![LevelGift { level: "金卡".into(), points: 50 }],
            gifts_until: text("2027-03-10"),
            reason: text("老客户"),
        }
        .into(),
        MembersTagged { tag: "老客户".into(), on: true, members: vec![id(30), id(31)] }.into(),
        TaskSettled { task: "oversold:01:02".into(), done: TaskEnd::Left, reason: "下周到货".into() }.into(),
        StatementJudged {
            month: "2026-03".into(),
            round: 1,
            member: id(30),
            verdict: Ruling::Held,
            reason: "待核实".into(),
            signs: vec![
                RiskSign::OwnPurchases { own_micro: 5_000_000, earned_micro: 8_000_000 },
                RiskSign::SharedPhone { others: vec![id(31)] },
                RiskSign::SharedAccount { others: vec![id(31)] },
                RiskSign::ReturnedLate { returned_micro: 3_000_000, earned_micro: 8_000_000 },
                RiskSign::Rushed { rushed_micro: 3_000_000, earned_micro: 8_000_000 },
                RiskSign::Jump { earned_micro: 8_000_000, average_micro: 1_000_000 },
                RiskSign::BoughtMore { bought_minor: 900, sold_minor: 100 },
            ],
        }
        .into(),
        CommissionHeld { month: "2026-03".into(), round: 1, held: vec![HeldPart { member: id(30), amount_minor: 800 }] }.into(),
        MemberMerged { member: id(38), into: id(31), reason: "同一人".into() }.into(),
        MergeFollowed {
            member: id(38),
            into: id(31),
            paid_minor: 5000,
            bonus_minor: 500,
            points: 30,
            points_parts: vec![PointsPart { good_until: text("2027-03-10"), points: 30, of: id(42) }],
        }
        .into(),
    ]
}

fn exact(text: &str) -> domain::exact::Exact {
    domain::exact::Exact::parse(text).expect("an amount")
}

fn payee() -> Payee {
    Payee {
        channel: "bank".into(),
        holder: "林大".into(),
        account: "622202100000".into(),
        bank: "工商银行".into(),
        identity: "410105199001010011".into(),
    }
}

/// Kinds that got optional fields later, with those filled too; the files above keep them as they were written before.
fn grown() -> Vec<(&'static str, Fact)> {
    let text = |text: &str| Some(text.to_owned());
    let sale = facts().into_iter().find_map(|fact| if let Fact::SaleRecorded(sale) = fact { Some(sale) } else { None }).expect("a sale");
    let lines = sale.lines.iter().cloned();
    let lines =
        lines.map(|line| SoldLine { why: Some(UnitPriceWhy::QuantityBreak { from_qty_milli: 1000 }), cost_minor: Some(6000), ..line }).collect();
    let offs = vec![
        LineOff { by: OffBy::Coupon, name: "春茶券".into(), amount_minor: 200 },
        LineOff { by: OffBy::Points, name: String::new(), amount_minor: 10 },
    ];
    let promotions = vec![PromotionUsed { promotion: id(50), name: "春茶券".into(), code: Some("SPRING".into()), amount_minor: 200 }];
    let sale = SaleRecorded { sale: id(42), lines, promotions, salesperson: Some(id(10)), location: Some(id(61)), ..sale };
    let saved = facts().into_iter().find_map(|fact| if let Fact::ProductSaved(saved) = fact { Some(saved) } else { None }).expect("a product");
    let card = ProductCard { min_milli: Some(5000), ..saved.card };
    let adjusted =
        StockAdjusted { product: id(20), by_milli: -500, reason: AdjustReason::Damage, note: None, location: Some(id(61)), value_minor: Some(-2000) };
    let returned =
        facts().into_iter().find_map(|fact| if let Fact::SaleReturned(returned) = fact { Some(returned) } else { None }).expect("a return");
    let lines = returned.lines.iter().cloned().map(|line| ReturnedLine { to: ReturnedTo::Shelf, cost_minor: Some(6000), ..line }).collect();
    let returned = SaleReturned { lines, location: Some(id(61)), shift: Some(id(50)), ..returned };
    let stored = SaleRecorded {
        sale: id(43),
        lines: sale.lines.iter().cloned().map(|line| SoldLine { offs: offs.clone(), ..line }).collect(),
        tenders: vec![TenderTaken { kind: "balance".into(), amount_minor: 15_000, reference: None, bonus_minor: Some(4000), voucher: None }],
        change_minor: 0,
        ..sale.clone()
    };
    let back = facts().into_iter().find_map(|fact| if let Fact::SaleReturned(back) = fact { Some(back) } else { None }).expect("a return");
    let refunds = vec![Refund { kind: "balance".into(), amount_minor: 13_000, reference: None, bonus_minor: Some(3000), voucher: None }];
    let back = SaleReturned { returned: id(44), refunds, ..back };
    let parts = || vec![PointsPart { good_until: text("2026-12-31"), points: 10, of: id(39) }];
    let locked = SaleRecorded {
        sale: id(45),
        points_usable_from: text("2026-03-18"),
        points_good_until: text("2027-03-10"),
        points_parts: parts(),
        ..sale.clone()
    };
    let unlocked = SaleReturned { returned: id(46), points_from_locked: 100, points_expired: 20, points_parts: parts(), ..returned.clone() };
    let enrolled =
        facts().into_iter().find_map(|fact| if let Fact::MemberEnrolled(enrolled) = fact { Some(enrolled) } else { None }).expect("a member");
    let told = Contact { email: text("zhao@example.com"), language: Some(Tongue::English), silent: vec![MessageChannel::Sms] };
    let told = MemberCard { contact: Some(told), ..enrolled.card.clone() };
    let born = MemberCard { birthday: text("1990-05-21"), ..enrolled.card };
    let drawn =
        TenderTaken { kind: "voucher".into(), amount_minor: 15_000, reference: text("V234567890AB"), bonus_minor: None, voucher: Some(id(145)) };
    let vouched = SaleRecorded { sale: id(45), tenders: vec![drawn], ..stored.clone() };
    let made = VoucherBack { voucher: id(46), code: "V99".into(), made: true, expires: text("2029-03-09") };
    let given = Refund { kind: "voucher".into(), amount_minor: 13_000, reference: None, bonus_minor: None, voucher: Some(made) };
    let noted = SaleReturned { returned: id(46), refunds: vec![given], ..back.clone() };
    vec![
        ("SaleRecorded.locked", locked.into()),
        ("SaleReturned.locked", unlocked.into()),
        ("MemberChanged.birthday", MemberChanged { member: enrolled.member, card: born, rank_given: None }.into()),
        ("MemberChanged.contact", MemberChanged { member: enrolled.member, card: told, rank_given: None }.into()),
        (
            "StatementJudged.ring",
            StatementJudged {
                month: "2026-03".into(),
                round: 2,
                member: id(30),
                verdict: Ruling::Noted,
                reason: "一家人".into(),
                signs: vec![RiskSign::Ring { ring_micro: 5_000_000, earned_micro: 8_000_000 }, RiskSign::SignIns { days: 22 }],
            }
            .into(),
        ),
        (
            "PayoutsMoved.balance",
            PayoutsMoved {
                to: PayoutState::Paid,
                steps: vec![PayoutStep {
                    payout: id(70),
                    member: id(30),
                    from: PayoutState::Sent,
                    amount_minor: 8000,
                    fee_minor: 0,
                    reason: "转入储值".into(),
                    reference: String::new(),
                }],
                batch: None,
                cash: false,
                balance: true,
            }
            .into(),
        ),
        ("SponsorMoved.bound", SponsorMoved { member: id(31), from: None, to: Some(id(32)), reason: None, bound: true }.into()),
        ("PointsGiven.lasting", PointsGiven { member: id(30), points: 25, reason: "补登".into(), good_until: text("2027-03-10") }.into()),
        ("SaleRecorded.vouched", vouched.into()),
        ("SaleReturned.vouched", noted.into()),
        ("SaleRecorded.stored", stored.into()),
        ("SaleReturned.stored", back.into()),
        ("SaleRecorded.priced", sale.into()),
        ("ProductSaved.minimum", ProductSaved { card, ..saved }.into()),
        ("StockAdjusted.valued", adjusted.into()),
        ("SaleReturned.placed", returned.into()),
    ]
}

#[tokio::test]
async fn the_bytes_of_every_kind_are_as_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let identity = Identity { key: ChainKey::new(id(1), &[7; 32]), new_chain: id(2), lock: books::FileKey::of(&[9; 16]) };
    let books = Books::open(&folder.path().join("golden.banyan"), OpenHow::Create, identity).await.expect("books");
    let facts = facts();
    assert_eq!(facts.iter().map(Fact::kind).collect::<Vec<_>>(), KINDS, "one of each, in the order of the list");
    // An upline that earns is a member of the books.
    let card = MemberCard { name: "林大".into(), active: true, ..MemberCard::default() };
    let upline = MemberEnrolled { member: id(30), number: "M000000".into(), card, sponsor: None, joined: "2026-03-01".into() };
    record(&books, id(99), &upline.into()).await;
    let mut wrong = Vec::new();
    for (number, fact) in (100..).zip(facts) {
        let kind = fact.kind();
        record(&books, id(number), &fact).await;
        let stored = books.entry(id(number)).await.expect("read").expect("it is there");
        wrong.extend(beside(kind, &stored.entry));
        let hex = hex(&body_of(&fact));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(format!("{kind}.hex"));
        let Ok(pinned) = std::fs::read_to_string(&path) else {
            wrong.push(format!("{kind} has no golden file; golden/{kind}.hex should say\n{hex}"));
            continue;
        };
        let pinned = pinned.trim();
        if pinned != hex {
            wrong.push(format!("{kind} is written otherwise than before:\n{pinned}\n{hex}"));
        }
        // What was written long ago reads as the same fact.
        let bytes: Vec<u8> = (0..pinned.len() / 2).map(|at| u8::from_str_radix(&pinned[2 * at..2 * at + 2], 16).expect("hexadecimal")).collect();
        let read = Fact::read(kind, Cbor(&bytes)).expect("a known kind");
        if read.as_ref() != Ok(&fact) {
            wrong.push(format!("{kind} reads otherwise than before: {read:?}"));
        }
        assert_eq!(stored.entry.fact(stored.number).expect("readable"), Some(fact));
    }
    for (number, (name, fact)) in (200..).zip(grown()) {
        record(&books, id(number), &fact).await;
        let stored = books.entry(id(number)).await.expect("read").expect("it is there");
        wrong.extend(beside(name, &stored.entry));
        let hex = hex(&body_of(&fact));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(format!("{name}.hex"));
        let pinned = std::fs::read_to_string(&path).unwrap_or_default();
        if pinned.trim() != hex {
            wrong.push(format!("golden/{name}.hex should say\n{hex}"));
        }
        assert_eq!(stored.entry.fact(stored.number).expect("readable"), Some(fact));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(books.verify(&mut |_, _| ()).await.expect("verified").first_difference, None);
    books.close().await.expect("closed");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where personal data stand beside the entry: its body with the mark and, in a second line, the data. The salt follows from the device's key.
fn beside(name: &str, entry: &Entry) -> Option<String> {
    let written = format!("{}\n{}", hex(&entry.14), hex(&entry.15));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(format!("{name}.beside.hex"));
    let pinned = std::fs::read_to_string(&path).unwrap_or_default();
    (!entry.15.is_empty() && pinned.trim() != written).then(|| format!("golden/{name}.beside.hex should say\n{written}"))
}

async fn record(books: &Books, id: EntryId, fact: &Fact) {
    let entry = NewEntry { id, at_ms: 1_773_115_200_000, business_date: "2026-03-10".into(), actor: None, rules: None, fact: fact.clone() };
    let mut writing = books.write().await.expect("a transaction");
    writing.record(entry).await.expect("recorded");
    writing.commit().await.expect("committed");
}

struct Cbor<'a>(&'a [u8]);

impl domain::fact::BodyDecoder for Cbor<'_> {
    type Error = String;
    fn decode<T: serde::de::DeserializeOwned>(self) -> Result<T, String> {
        ciborium::from_reader(self.0).map_err(|error| error.to_string())
    }
}
