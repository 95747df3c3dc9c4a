//! The one list of everything a person can do, and the one door to it. Nothing here can be had by another way, so a role cannot be passed by.

use std::{pin::Pin, sync::Arc};

use domain::person::Role;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use crate::call::Call;
use crate::{
    failure::{DoorRefusal, Failure},
    house::House,
    seat::Seat,
};

/// A line of the menu as other programs read it.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// The command.
    pub name: &'static str,
    /// The least role that may ask; `None`: anyone, also before signing in.
    pub least: Option<Role>,
    /// Type of the question in TypeScript.
    pub question: fn(&ts_rs::Config) -> String,
    /// Type of the answer in TypeScript.
    pub answer: fn(&ts_rs::Config) -> String,
}

macro_rules! least {
    (anyone) => {
        None
    };
    (clerk) => {
        Some(Role::Clerk)
    };
    (manager) => {
        Some(Role::Manager)
    };
    (owner) => {
        Some(Role::Owner)
    };
}

/// A command at work; on the heap, because the largest keep more than a thread's stack has room for.
type Answering<'c> = Pin<Box<dyn Future<Output = Result<Value, Failure>> + Send + 'c>>;

macro_rules! menu {
    ($($least:ident: $room:ident::$name:ident($question:ty) -> $answer:ty,)+) => {
        /// Every command.
        pub const ITEMS: &[Item] = &[$(Item {
            name: stringify!($name),
            least: least!($least),
            question: <$question as ts_rs::TS>::name,
            answer: <$answer as ts_rs::TS>::name,
        }),+];

        /// Shows every type of the menu, and what has to be told to a window besides.
        pub fn visit_types(visitor: &mut impl ts_rs::TypeVisitor) {
            $(<$question as ts_rs::TS>::visit_dependencies(visitor); visitor.visit::<$question>();
            <$answer as ts_rs::TS>::visit_dependencies(visitor); visitor.visit::<$answer>();
            <$answer as ts_rs::TS>::visit_generics(visitor);)+
            visitor.visit::<crate::imports::ImportReport>();
            visitor.visit::<crate::groups::Tagged>();
            visitor.visit::<crate::levels::GroupGranted>();
            visitor.visit::<crate::upkeep::Exported>();
            visitor.visit::<books::Verdict>();
            visitor.visit::<crate::Notice>();
            visitor.visit::<Failure>();
        }

        /// Answers a question. The role is checked before the question is even read.
        ///
        /// # Errors
        /// [`Failure`]: the door's own refusals, the rules', or what broke.
        pub async fn serve(house: &Arc<House>, seat: &Seat, name: &str, question: Value) -> Result<Value, Failure> {
            let call = &enter(house, seat).await;
            let answering = match name {
                $(stringify!($name) => {
                    admit(call, name, least!($least))?;
                    // A function of its own: the stack holds one command, never room for the largest of each.
                    let begin = move || -> Result<Answering<'_>, Failure> {
                        let question = read::<$question>(name, question)?;
                        Ok(Box::pin(async move {
                            let answer: $answer = crate::$room::$name(call, question).await?;
                            serde_json::to_value(answer).map_err(|error| Failure::Broken { trace: format!("{name}: {error}") })
                        }))
                    };
                    begin()?
                })+
                _ => return Err(DoorRefusal::NoSuchCommand { command: name.to_owned() }.into()),
            };
            answering.await
        }
    };
}

use crate::{backups::*, erasure::*, recovery::*, support::*};
use crate::{
    balances::*,
    display::{CustomerView, DisplayDraft},
    graph::*,
    groups::*,
    imports::*,
    jobs::JobState,
    labels::*,
    levels::*,
    meet::*,
    members::*,
    merge::*,
    messages::*,
    month::*,
    payouts::*,
    people::*,
    placements::*,
    plans::*,
    points::*,
    press::*,
    prices::*,
    printers::*,
    prints::*,
    products::*,
    returns::*,
    sales::*,
    scenarios::CheckQuestion,
    seat,
    settings::*,
    setup::*,
    shifts::*,
    stock::*,
    takes::*,
    tasks::*,
    trade::*,
    upkeep::*,
    vouchers::*,
};
use books::query::*;
use domain::{
    balance::{TopUpDraft, TopUpQuote, TopUpRefundDraft},
    ids::*,
    message::Wording,
    returns::ReturnDraft,
    sale::SaleDraft,
    voucher::{VoucherChangeDraft, VoucherGiftDraft, VoucherQuote, VoucherReplaceDraft, VoucherSaleDraft},
};

menu! {
    // who may ask                 question            answer
    anyone:  setup::setup_state(()) -> SetupState,
    anyone:  setup::open_vault(String) -> (),
    anyone:  setup::create_shop(ShopDraft) -> seat::Session,
    anyone:  recovery::unlock_books(UnlockDraft) -> (),
    anyone:  backups::bring_books(RestoreDraft) -> (),
    anyone:  people::people(()) -> Vec<Person>,
    anyone:  people::sign_in(SignInDraft) -> seat::Session,
    anyone:  people::sign_out(()) -> (),
    anyone:  scenarios::plan_run(String) -> serde_json::Value,
    anyone:  scenarios::plan_check(CheckQuestion) -> serde_json::Value,
    anyone:  scenarios::quote_file(String) -> serde_json::Value,
    clerk:   sales::scan(String) -> Scanned,
    clerk:   sales::find_products(String) -> Vec<ProductRow>,
    clerk:   sales::quote_sale(SaleDraft) -> TicketQuote,
    clerk:   sales::record_sale(SaleDraft) -> SaleReceipt,
    clerk:   sales::hold_sale(HoldDraft) -> (),
    clerk:   sales::held_sales(()) -> Vec<HeldRow>,
    clerk:   sales::drop_held(SaleId) -> (),
    clerk:   sales::sales(SalesQuestion) -> Page<SaleRow>,
    clerk:   sales::sale(SaleId) -> SaleSheet,
    clerk:   sales::reprint(ReprintDraft) -> SaleReceipt,
    clerk:   press::press_sale(SalePdf) -> Exported,
    clerk:   press::press_handbook(HandbookPdf) -> Exported,
    clerk:   press::press_poster(PosterPdf) -> Exported,
    manager: trade::sales_list(SalesQuestion) -> SalesList,
    manager: trade::trade(TradeQuestion) -> TradeReport,
    manager: trade::export_sales(SalesExport) -> u32,
    manager: trade::export_trade(TradeExport) -> u32,
    clerk:   shifts::shift_state(()) -> ShiftState,
    clerk:   shifts::open_shift(OpenShiftDraft) -> ShiftState,
    clerk:   shifts::move_cash(CashDraft) -> ShiftState,
    clerk:   shifts::close_shift(CloseShiftDraft) -> ShiftReport,
    clerk:   shifts::shift_report(ShiftId) -> ShiftReport,
    clerk:   shifts::print_shift(ShiftId) -> ShiftReport,
    manager: shifts::shifts(Window) -> Page<ShiftRow>,
    manager: shifts::name_till(String) -> String,
    clerk:   returns::find_sales(String) -> Vec<SaleRow>,
    clerk:   returns::return_sheet(SaleId) -> ReturnSheet,
    clerk:   returns::quote_return(ReturnDraft) -> ReturnQuoteAnswer,
    clerk:   returns::record_return(ReturnDraft) -> ReturnReceipt,
    clerk:   returns::reprint_return(ReturnId) -> ReturnReceipt,
    clerk:   returns::quote_exchange(ExchangeDraft) -> ExchangeQuote,
    clerk:   returns::record_exchange(ExchangeDraft) -> ExchangeReceipt,
    clerk:   balances::quote_balance(TopUpDraft) -> TopUpQuote,
    clerk:   balances::top_up(TopUpDraft) -> BalanceReceipt,
    clerk:   balances::balance(BalanceQuestion) -> BalanceSheet,
    manager: balances::top_up_sheet(TopUpId) -> TopUpSheet,
    manager: balances::refund_balance(TopUpRefundDraft) -> BalanceReceipt,
    manager: balances::balance_totals(BalanceDays) -> BalanceTotals,
    clerk:   vouchers::find_voucher(String) -> VoucherRow,
    clerk:   vouchers::voucher_to_pay(String) -> VoucherRow,
    clerk:   vouchers::quote_voucher(VoucherSaleDraft) -> VoucherQuote,
    clerk:   vouchers::sell_voucher(VoucherSaleDraft) -> VoucherReceipt,
    manager: vouchers::give_voucher(VoucherGiftDraft) -> VoucherReceipt,
    manager: vouchers::replace_voucher(VoucherReplaceDraft) -> VoucherReceipt,
    manager: vouchers::change_voucher(VoucherChangeDraft) -> VoucherSheet,
    manager: vouchers::vouchers(VouchersQuestion) -> VoucherPage,
    manager: vouchers::voucher(VoucherId) -> VoucherSheet,
    manager: vouchers::print_voucher(VoucherId) -> VoucherReceipt,
    clerk:   display::show_customer(CustomerView) -> (),
    clerk:   display::open_display(DisplayDraft) -> (),
    clerk:   till::quick_keys(()) -> Vec<ProductRow>,
    manager: till::save_quick_keys(Vec<ProductId>) -> Vec<ProductRow>,
    clerk:   till::till_place(()) -> LocationRow,
    manager: till::set_till_place(LocationId) -> LocationRow,
    clerk:   prices::prices(ProductId) -> Vec<PriceVersion>,
    manager: prices::set_prices(PricesDraft) -> Vec<PriceVersion>,
    clerk:   prices::promotions(()) -> Vec<PromotionRow>,
    manager: prices::save_promotion(PromotionDraft) -> Vec<PromotionRow>,
    clerk:   products::products(ProductsQuestion) -> Page<ProductRow>,
    clerk:   products::product(ProductId) -> ProductRow,
    clerk:   products::bought_with(BoughtQuestion) -> Vec<ProductRow>,
    clerk:   products::categories(()) -> Vec<String>,
    clerk:   products::stock_moves(ProductId) -> Vec<StockMove>,
    manager: products::save_product(ProductDraft) -> ProductRow,
    manager: products::archive_product(ArchiveDraft) -> (),
    manager: products::receive_stock(ReceiveDraft) -> ProductRow,
    manager: products::adjust_stock(AdjustDraft) -> ProductRow,
    clerk:   stock::locations(()) -> Vec<LocationRow>,
    manager: stock::save_location(LocationDraft) -> Vec<LocationRow>,
    clerk:   stock::places_of(ProductId) -> Vec<PlaceStock>,
    manager: stock::suppliers(()) -> Vec<SupplierRow>,
    manager: stock::save_supplier(SupplierDraft) -> Vec<SupplierRow>,
    manager: stock::receive_goods(GoodsDraft) -> DocumentSheet,
    manager: stock::transfer_stock(TransferDraft) -> DocumentSheet,
    manager: stock::stock_documents(DocumentsQuestion) -> Page<DocumentRow>,
    manager: stock::stock_document(EntryId) -> DocumentSheet,
    manager: stock::stock_values(ValuesQuestion) -> ValuePage,
    manager: stock::revalue_stock(RevalueDraft) -> (),
    clerk:   takes::takes(()) -> Vec<TakeRow>,
    manager: takes::begin_take(TakeDraft) -> TakeRow,
    clerk:   takes::take(EntryId) -> Vec<TakeLine>,
    clerk:   takes::count_stock(CountDraft) -> Vec<TakeLine>,
    clerk:   takes::uncount_stock(UncountDraft) -> Vec<TakeLine>,
    manager: takes::drop_take(EntryId) -> (),
    manager: takes::review_take(EntryId) -> TakeReview,
    manager: takes::post_take(PostDraft) -> DocumentSheet,
    clerk:   members::members(MembersQuestion) -> Page<MemberRow>,
    clerk:   members::find_members(String) -> Vec<MemberHit>,
    clerk:   members::member(MemberId) -> MemberSheet,
    clerk:   members::bind_sponsor(BindDraft) -> MemberSheet,
    manager: members::member_history(HistoryQuestion) -> Page<HistoryRow>,
    clerk:   members::member_words(()) -> MemberWords,
    clerk:   members::enrol_member(EnrolDraft) -> MemberSheet,
    manager: members::save_member(MemberDraft) -> MemberSheet,
    manager: members::move_sponsor(MoveDraft) -> MemberSheet,
    manager: merge::merge_members(MergeDraft) -> MemberSheet,
    owner:   erasure::erase_member(ErasureDraft) -> MemberSheet,
    manager: erasure::export_member_data(MemberDataFile) -> u32,
    clerk:   levels::member_levels(LevelsQuestion) -> MemberLevels,
    manager: levels::grant_level(GrantDraft) -> MemberLevels,
    manager: levels::grant_group_level(GroupGrantDraft) -> u32,
    manager: groups::member_groups(()) -> GroupsReport,
    clerk:   groups::tag_member(TagDraft) -> Vec<String>,
    manager: groups::tag_group(GroupTagDraft) -> u32,
    manager: groups::undo_tags(String) -> u32,
    manager: groups::save_member_view(ViewDraft) -> Vec<String>,
    manager: groups::export_members(MembersExport) -> u32,
    clerk:   placements::placement(MemberId) -> PlacementSheet,
    manager: placements::place_member(PlaceDraft) -> PlacementSheet,
    clerk:   points::member_points(PointsQuestion) -> PointsStatement,
    manager: points::give_points(PointsDraft) -> PointsStatement,
    manager: points::points_liability(()) -> PointsLiability,
    manager: points::points_running_out(()) -> RunningOutAnswer,
    clerk:   points::award_points(AwardDraft) -> PointsStatement,
    clerk:   points::sign_in_member(MemberId) -> CameBy,
    clerk:   points::points_day(()) -> PointsDay,
    manager: graph::graph_children(GraphQuestion) -> Page<GraphNode>,
    manager: graph::graph_path(GraphAt) -> Vec<GraphPlace>,
    manager: graph::lineage(GraphAt) -> Lineage,
    manager: graph::overview(OverviewQuestion) -> Overview,
    manager: graph::export_branch(BranchExport) -> u32,
    manager: plans::plans(()) -> Vec<PlanVersion>,
    manager: plans::plan_gallery(String) -> Vec<GalleryPlan>,
    manager: plans::check_plan(String) -> PlanCheck,
    manager: plans::compare_plans(PlanPair) -> Vec<PlanChange>,
    manager: plans::read_plan(PlanToRead) -> OpenedPlan,
    manager: plans::export_plan(PlanFile) -> (),
    manager: plans::try_plan(PlanTry) -> Vec<TryAnswer>,
    manager: plans::simulate_plan(SimulateDraft) -> u32,
    manager: plans::simulation(SimulationQuestion) -> Simulation,
    manager: plans::export_simulation(SimulationFile) -> u32,
    owner:   plans::activate_plan(PlanDraft) -> Vec<PlanVersion>,
    manager: month::months(()) -> Vec<String>,
    manager: month::month(MonthQuestion) -> MonthReport,
    manager: month::earnings(EarningsQuestion) -> Page<EarningRow>,
    manager: month::why(WhyQuestion) -> WhyAnswer,
    manager: month::export_month(ExportDraft) -> u32,
    manager: month::reconcile_month(String) -> Reconciliation,
    manager: month::month_review(ReviewQuestion) -> MonthReview,
    manager: month::export_review(ReviewFile) -> u32,
    manager: month::closing(()) -> ClosingState,
    manager: month::try_close(String) -> u32,
    manager: month::statements(StatementsQuestion) -> Page<StatementRow>,
    manager: month::close_ranks(Window) -> Page<RankTold>,
    manager: tasks::tasks(()) -> Vec<TaskRow>,
    manager: tasks::settle_task(TaskDraft) -> Vec<TaskRow>,
    manager: month::month_risks(RiskQuestion) -> RiskPage,
    owner:   month::risk_service(()) -> RiskService,
    owner:   month::save_risk_service(RiskServiceDraft) -> RiskService,
    manager: month::judge_statement(JudgeDraft) -> (),
    owner:   month::release_month(CloseDraft) -> u32,
    owner:   month::reopen_month(ReopenDraft) -> ClosingState,
    manager: month::member_statements(MemberId) -> Vec<StatementRow>,
    manager: press::press_statement(StatementPdf) -> Exported,
    manager: press::press_statements(StatementsPdf) -> u32,
    manager: press::export_statements(StatementsSheet) -> u32,
    manager: press::verify_statement(StatementToCheck) -> StatementVerdict,
    manager: month::why_nothing(NothingQuestion) -> NothingAnswer,
    clerk:   payouts::member_payouts(MemberId) -> MemberPayouts,
    clerk:   payouts::save_payee(PayeeDraft) -> MemberPayouts,
    clerk:   payouts::quote_payout(i64) -> PayoutQuote,
    clerk:   payouts::request_payout(PayoutDraft) -> MemberPayouts,
    manager: payouts::payables(PayablesQuestion) -> PayablesAnswer,
    manager: payouts::run_payouts(RunDraft) -> RunTold,
    manager: payouts::payouts(PayoutsQuestion) -> Page<PayoutRow>,
    manager: payouts::payout_steps(PayoutId) -> Vec<PayoutStepRow>,
    manager: payouts::approve_payouts(StepDraft) -> i64,
    manager: payouts::reject_payouts(StepDraft) -> i64,
    manager: payouts::settle_payouts(SettleDraft) -> i64,
    manager: payouts::hold_payouts(HoldPayoutsDraft) -> MemberPayouts,
    manager: payouts::register_payout(OutsideDraft) -> MemberPayouts,
    manager: payouts::payout_batches(Window) -> Page<BatchRow>,
    manager: payouts::send_payouts(SendDraft) -> BatchRow,
    manager: payouts::write_batch(BatchFileDraft) -> (),
    manager: payouts::payout_result(ResultDraft) -> ResultTold,
    manager: payouts::tax_year(TaxYearQuestion) -> TaxYear,
    manager: payouts::export_tax_year(TaxYearFile) -> u32,
    manager: members::member_ranks(MemberId) -> Vec<RankRow>,
    manager: imports::import_preview(ImportSource) -> ImportPreview,
    manager: imports::import_dry_run(ImportDraft) -> u32,
    manager: imports::import_run(ImportDraft) -> u32,
    clerk:   settings::settings(()) -> Settings,
    owner:   settings::save_settings(Settings) -> Settings,
    owner:   settings::logo_from(String) -> paper::picture::Picture,
    owner:   printers::test_printer(Printer) -> (),
    clerk:   printers::printers_found(()) -> Vec<FoundPrinter>,
    clerk:   labels::label_preview(LabelsDraft) -> paper::picture::Picture,
    clerk:   labels::print_labels(LabelsDraft) -> (),
    clerk:   labels::press_labels(LabelsPdf) -> Exported,
    clerk:   prints::prints(()) -> Vec<PrintRow>,
    clerk:   prints::retry_print(i64) -> (),
    clerk:   prints::print_elsewhere(ElsewhereDraft) -> (),
    clerk:   prints::drop_print(i64) -> (),
    owner:   messages::message_setup(()) -> MessageSetup,
    owner:   messages::save_message_setup(MessageSetupDraft) -> MessageSetup,
    owner:   messages::try_message(MessageTry) -> MessageTried,
    manager: messages::preview_message(PreviewDraft) -> Wording,
    manager: messages::messages(MessagesQuestion) -> MessagesAnswer,
    manager: messages::retry_message(i64) -> (),
    manager: messages::drop_message(i64) -> (),
    manager: messages::send_messages(()) -> MessagesSent,
    owner:   people::save_person(PersonDraft) -> Person,
    clerk:   meet::sync_status(()) -> SyncStatus,
    clerk:   meet::sync_now(()) -> SyncStatus,
    owner:   meet::link_shop(LinkDraft) -> SyncStatus,
    owner:   meet::link_again(String) -> SyncStatus,
    anyone:  meet::join_shop(JoinDraft) -> (),
    owner:   meet::invite_device(InviteDraft) -> Invitation,
    manager: meet::devices(()) -> Vec<DeviceSeen>,
    owner:   meet::set_device(DeviceStateDraft) -> Vec<DeviceSeen>,
    owner:   meet::held_entries(()) -> Vec<HeldEntry>,
    owner:   meet::admit_entry(HeldPlace) -> Vec<HeldEntry>,
    owner:   meet::owner_page(()) -> OwnerPage,
    owner:   meet::set_owner_page(String) -> PageSecret,
    owner:   meet::prove_owner_page(String) -> OwnerPage,
    owner:   meet::end_owner_page(()) -> OwnerPage,
    owner:   setup::remove_sample(()) -> ShopCard,
    manager: backups::safety(()) -> Safety,
    manager: backups::back_up_now(()) -> Safety,
    owner:   backups::restore_backup(RestoreDraft) -> (),
    owner:   backups::remove_plain_copy(()) -> (),
    clerk:   support::crash(()) -> Option<Crash>,
    clerk:   support::forget_crash(()) -> (),
    manager: support::make_report(()) -> u32,
    manager: support::save_report(ReportFile) -> (),
    owner:   recovery::recovery_key(String) -> RecoveryKey,
    owner:   recovery::prove_recovery_key(RecoveryProof) -> (),
    clerk:   jobs::jobs(()) -> Vec<JobState>,
    manager: jobs::cancel_job(u32) -> (),
    clerk:   upkeep::status(()) -> Status,
    manager: upkeep::verify(()) -> u32,
    manager: upkeep::backup(String) -> u32,
}

async fn enter<'a>(house: &'a Arc<House>, seat: &'a Seat) -> Call<'a> {
    let shop = house.shop().await.ok();
    let idle_ms = match &shop {
        Some(shop) => i64::from(shop.settings().await.idle_lock_seconds) * 1000,
        None => 0,
    };
    Call { house, seat, session: seat.session(house.world.now_ms(), idle_ms), shop }
}

fn admit(call: &Call<'_>, command: &str, least: Option<Role>) -> Result<(), Failure> {
    let Some(least) = least else { return Ok(()) };
    match &call.session {
        None => Err(DoorRefusal::NobodySignedIn.into()),
        Some(session) if session.role < least => Err(DoorRefusal::RoleTooLow { command: command.to_owned(), needs: least.word().to_owned() }.into()),
        Some(_) => Ok(()),
    }
}

fn read<Q: DeserializeOwned>(command: &str, question: Value) -> Result<Q, Failure> {
    serde_json::from_value(question).map_err(|error| DoorRefusal::BadQuestion { command: command.to_owned(), reason: error.to_string() }.into())
}
