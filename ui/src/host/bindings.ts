// Made from the menu by `cargo xtask bindings`. Not edited by hand.

export type Acknowledgement = { 
/**
 * The rule of the check.
 */
rule: string, 
/**
 * As typed.
 */
words: string, };

export type AdjustDraft = { 
/**
 * Which product.
 */
product: ProductId, 
/**
 * Thousandths of a piece, below zero where goods are missing.
 */
by_milli: number, 
/**
 * Why.
 */
reason: AdjustReason, 
/**
 * Free text.
 */
note: string | null, 
/**
 * Where; absent for the shop floor.
 */
location?: LocationId, };

export type AdjustReason = "count" | "damage" | "loss" | "own_use" | "opening";

export type Align = "left" | "center" | "right";

export type Approval = { 
/**
 * Who says yes.
 */
person: PersonId, 
/**
 * Their PIN.
 */
pin: string, };

export type ArchiveDraft = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * Off or on.
 */
archived: boolean, };

export type AwardDraft = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * What.
 */
deed: Deed, };

export type BackupKind = "daily" | "before_restore";

export type BackupRow = { 
/**
 * Where it is.
 */
path: string, 
/**
 * The shop's day that it was made on, `YYYY-MM-DD`.
 */
day: string, 
/**
 * The shop's clock time of the file, `YYYY-MM-DD HH:MM`.
 */
made: string, 
/**
 * How it came to be.
 */
kind: BackupKind, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * False where this device does not have its key: the recovery key of that time opens it.
 */
key_here: boolean, };

export type BalanceDays = { 
/**
 * First day; from the beginning where absent.
 */
from: string | null, 
/**
 * Last day; until today where absent.
 */
to: string | null, };

export type BalanceQuestion = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * Which rows.
 */
window: Window, };

export type BalanceReceipt = { 
/**
 * Number of the document.
 */
number: string, 
/**
 * What the member has afterwards, bonus included.
 */
balance_minor: number, 
/**
 * Cash given back.
 */
change_minor: number, 
/**
 * The receipt, row by row, as the printer's own bytes read.
 */
rows: Array<PrintedRow>, 
/**
 * True if it went to a printer.
 */
printing: boolean, };

export type BalanceRow = { 
/**
 * When, milliseconds since 1970 UTC.
 */
at_ms: number, 
/**
 * Kind of the fact that moved it.
 */
kind: string, 
/**
 * Number of the document.
 */
number: string | null, 
/**
 * By how much the money paid in rose, or, below zero, fell.
 */
paid_minor: number, 
/**
 * By how much the bonus rose or fell.
 */
bonus_minor: number, 
/**
 * What there was afterwards, bonus included.
 */
after_minor: number, };

export type BalanceSettings = { 
/**
 * What a top-up brings, by its amount.
 */
bonus: Array<BonusStep>, };

export type BalanceSheet = { 
/**
 * What they paid in and have not spent, in minor units.
 */
paid_minor: number, 
/**
 * What the shop added and they have not spent.
 */
bonus_minor: number, 
/**
 * Every movement, newest first; they add up to both.
 */
statement: Page<BalanceRow>, 
/**
 * What was paid in.
 */
top_ups: Array<TopUpRow>, };

export type BalanceTotals = { 
/**
 * Members who have any.
 */
members: number, 
/**
 * Money they paid in and have not spent.
 */
paid_minor: number, 
/**
 * Bonus not spent.
 */
bonus_minor: number, 
/**
 * Paid in during those days.
 */
topped_up_minor: number, 
/**
 * Bonus added during those days.
 */
given_minor: number, 
/**
 * Money of top-ups given back during those days.
 */
refunded_minor: number, 
/**
 * Spent during those days, less what returns gave back to balances.
 */
spent_minor: number, };

export type BandRow = { 
/**
 * From this net on, minor units; absent for the lowest.
 */
from_minor: number | null, 
/**
 * Below this; absent for the highest.
 */
below_minor: number | null, 
/**
 * Its figures.
 */
figures: GroupFigures, };

export type BatchFileDraft = { 
/**
 * Which.
 */
batch: BatchId, 
/**
 * Where the file goes.
 */
path: string, };

export type BatchFormat = "xlsx" | "csv" | "csv_gb18030";

export type BatchId = string;

export type BatchRow = { 
/**
 * The batch.
 */
batch: BatchId, 
/**
 * Its number.
 */
number: string, 
/**
 * Its channel.
 */
channel: string, 
/**
 * The shop's day.
 */
business_date: string, 
/**
 * By whom.
 */
by: string | null, 
/**
 * Payouts in it.
 */
payouts: number, 
/**
 * What was sent, after fees, in minor units.
 */
net_minor: number, 
/**
 * Still waiting for a result.
 */
waiting: number, 
/**
 * Paid.
 */
paid: number, 
/**
 * Failed or came back.
 */
failed: number, };

export type BindDraft = { 
/**
 * Who names one.
 */
member: MemberId, 
/**
 * Whom.
 */
sponsor: MemberId, };

export type BindUntil = "nobody" | "enrolment" | "first_order" | "first_contact";

export type BindingTerms = { 
/**
 * For a member without a sponsor.
 */
until: BindUntil, 
/**
 * For one who has one.
 */
takeover: Takeover, 
/**
 * Days for which sales of a bound member count for the sponsor's line; 0: for ever.
 */
valid_days: number, };

export type BonusStep = { 
/**
 * Least amount paid in, in minor units.
 */
from_minor: number, 
/**
 * What the shop adds.
 */
bonus_minor: number, };

export type BoughtQuestion = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * What the customer has already.
 */
besides: Array<ProductId>, };

export type BranchExport = { 
/**
 * Top of the branch; the whole shop where absent.
 */
member: MemberId | null, 
/**
 * Which months.
 */
months: GraphMonths, 
/**
 * Where to; `.xlsx` or `.csv` decides the format.
 */
path: string, };

export type BuyerLevel = { 
/**
 * The level before.
 */
level: string | null, 
/**
 * Growth before.
 */
growth: number, 
/**
 * The level after.
 */
level_after: string | null, 
/**
 * Growth after.
 */
growth_after: number, 
/**
 * Points that reaching it brings.
 */
gift: number, 
/**
 * The level above the one after.
 */
next: string | null, 
/**
 * Growth that is missing to it after the sale.
 */
missing: number, };

export type BuyerPoints = { 
/**
 * What runs out within the days that the shop tells ahead, soonest first.
 */
running_out: Array<PointsPart>, 
/**
 * First day on which what this sale earns can be spent, where that is later.
 */
usable_from: string | null, 
/**
 * Last day of what this sale earns.
 */
good_until: string | null, 
/**
 * True where today is the buyer's birthday.
 */
birthday: boolean, 
/**
 * True where coming by earns something.
 */
sign_in: boolean, 
/**
 * Which day in a row, where the buyer was signed in today.
 */
came_today: number | null, };

export type CameBy = { 
/**
 * Which day in a row.
 */
streak: number, 
/**
 * Points that it brought.
 */
points: number, 
/**
 * What can be spent now.
 */
held: number, };

export type CashDraft = { 
/**
 * Which way.
 */
way: CashWay, 
/**
 * How much, in minor units.
 */
amount_minor: number, 
/**
 * Why; not needed for the safe.
 */
reason: string, };

export type CashMoveRow = { 
/**
 * `in`, `out` or `safe`.
 */
way: string, 
/**
 * How much.
 */
amount_minor: number, 
/**
 * Why.
 */
reason: string, 
/**
 * When, milliseconds since 1970 UTC.
 */
at_ms: number, };

export type CashWay = "in" | "out" | "safe";

export type CellNote = { "code": "lost_digits", 
/**
 * Column, counted from 0.
 */
column: number, } | { "code": "undecodable", 
/**
 * Column, counted from 0.
 */
column: number, } | { "code": "cell_error", 
/**
 * Column, counted from 0.
 */
column: number, };

export type ChainLink = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * Distribution rank then.
 */
rank: string | null, 
/**
 * False if frozen then.
 */
active: boolean, };

export type Channel = { 
/**
 * Names it in the books.
 */
id: string, 
/**
 * As shown.
 */
name: string, 
/**
 * What it is.
 */
kind: ChannelKind, 
/**
 * The file it takes.
 */
template: Template, 
/**
 * Points for one whole unit of money, where it gives points.
 */
points_per_unit: number, };

export type ChannelKind = "bank" | "wallet" | "cash" | "balance" | "points";

export type CheckQuestion = { 
/**
 * JSON text of the plan.
 */
plan: string, 
/**
 * `CN`, `US`, `EU` or `none`.
 */
jurisdiction: string, 
/**
 * JSON text: `{"products":[{"net":"10.00","pv":"5"}, …]}`.
 */
catalogue: string | null, 
/**
 * JSON text: what the check has to know of the shop.
 */
shop: string | null, };

export type CloseDraft = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Of the result that the person saw.
 */
run_hash: string, };

export type CloseRow = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * 1, and one more after each reopening.
 */
round: number, 
/**
 * Plan version that closed it.
 */
plan_version: number | null, 
/**
 * First digits of its hash.
 */
plan_hash: string | null, 
/**
 * BLAKE3 over the whole result.
 */
run_hash: string, 
/**
 * When, the shop's day.
 */
business_date: string, 
/**
 * By whom.
 */
by: string | null, 
/**
 * Statements.
 */
members: number, 
/**
 * Earned by the month's own rules in this round.
 */
earned_micro: number, 
/**
 * What the statements pay.
 */
payable_minor: number, 
/**
 * Opened again, for this reason.
 */
reopened: string | null, };

export type CloseShiftDraft = { 
/**
 * The shift that was counted.
 */
shift: ShiftId, 
/**
 * The pieces.
 */
cash: Array<CountedPieces>, 
/**
 * Other tenders: kind, counted.
 */
tenders: Array<[string, number]>, 
/**
 * Why counted and expected differ.
 */
reason: string | null, };

export type CloseTold = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * 1, and one more after each reopening.
 */
round: number, 
/**
 * The version that closes it.
 */
plan: PlanUsed | null, 
/**
 * BLAKE3 over the whole result: the same books give the same.
 */
run_hash: string, 
/**
 * Orders of the month.
 */
orders: number, 
/**
 * Members with a statement.
 */
members: number, 
/**
 * What earlier statements left.
 */
opening_micro: number, 
/**
 * Earned with sales and by the month's rules.
 */
earned_micro: number, 
/**
 * Of it by the month's own rules.
 */
period_micro: number, 
/**
 * Returns, late sales, cuts by limits, differences.
 */
adjusted_micro: number, 
/**
 * What the statements pay.
 */
payable_minor: number, 
/**
 * Tax withheld from it.
 */
tax_minor: number, 
/**
 * What is left for the next statements.
 */
closing_micro: number, 
/**
 * Members whose rank rises.
 */
risen: number, 
/**
 * Members whose rank falls.
 */
fallen: number, 
/**
 * Debts: statements that end below zero.
 */
debts: number, 
/**
 * Statements that show a sign of something wrong.
 */
signs: number, };

export type ClosingState = { 
/**
 * Every close, newest first.
 */
closes: Array<CloseRow>, 
/**
 * The month that can be closed next, where one is over.
 */
next: string | null, 
/**
 * The last closed month, which the owner can open again.
 */
last: string | null, 
/**
 * What was worked out last and not released.
 */
worked: CloseTold | null, };

export type Column = "row" | "number" | "holder" | "account" | "bank" | "amount" | "note";

export type Contact = { 
/**
 * Email address.
 */
email?: string | null, 
/**
 * The member's language; the shop's where it is absent.
 */
language?: Tongue | null, 
/**
 * Ways by which the member wants nothing.
 */
silent: Array<MessageChannel>, };

export type CountDraft = { 
/**
 * In which count.
 */
take: EntryId, 
/**
 * The product.
 */
product: ProductId, 
/**
 * Thousandths of a piece.
 */
qty_milli: number, 
/**
 * True to add to what was counted, false to put it in its place.
 */
adds: boolean, };

export type CountedLine = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * Its code then.
 */
code: string, 
/**
 * Its name then.
 */
name: string, 
/**
 * What the books said at the moment of its last scan, in thousandths.
 */
expected_milli: number, 
/**
 * What was there.
 */
counted_milli: number, 
/**
 * Highest number of the journal that stood at that moment: what was sold later is not counted twice.
 */
seen: number, 
/**
 * By how much the value moves, in minor units.
 */
value_minor: number, };

export type CountedPieces = { 
/**
 * Value of one in minor units.
 */
value_minor: number, 
/**
 * How many.
 */
pieces: number, };

export type CountedTender = { 
/**
 * The tender.
 */
kind: string, 
/**
 * What the sales of the shift say, in minor units.
 */
expected_minor: number, 
/**
 * What the slips or the terminal say, where somebody looked.
 */
counted_minor?: number | null, };

export type Counts = { 
/**
 * Rows under the header, blank ones not counted.
 */
rows: number, 
/**
 * Taken as they stand.
 */
good: number, 
/**
 * Taken with remarks.
 */
fixable: number, 
/**
 * Not taken.
 */
rejected: number, };

export type Crash = { 
/**
 * The shop's clock time, `YYYY-MM-DD HH:MM`.
 */
at: string, 
/**
 * The program's own words.
 */
said: string, };

export type CustomerLine = { 
/**
 * Name of the goods.
 */
name: string, 
/**
 * Thousandths of a piece.
 */
qty_milli: number, 
/**
 * What the line costs, in minor units.
 */
net_minor: number, };

export type CustomerMember = { 
/**
 * Masked name.
 */
name: string, 
/**
 * Points they have.
 */
points: number, 
/**
 * Points this sale brings.
 */
will_earn: number, 
/**
 * Stored value they have, in minor units.
 */
balance_minor: number, };

export type CustomerShop = { 
/**
 * The shop's name.
 */
name: string, 
/**
 * Decimals of its currency.
 */
digits: number, };

export type CustomerView = { 
/**
 * Lines in the order they were scanned; empty while nobody buys.
 */
lines: Array<CustomerLine>, 
/**
 * What is asked for, in minor units.
 */
due_minor: number, 
/**
 * What was taken off in all.
 */
off_minor: number, 
/**
 * Who buys, masked.
 */
member: CustomerMember | null, 
/**
 * Handed over so far.
 */
paid_minor: number, 
/**
 * Given back; present once the sale is taken.
 */
change_minor: number | null, };

export type DateOrder = "clear" | "day_first" | "month_first";

export type DatedPrice = { 
/**
 * First business date, `YYYY-MM-DD`; absent means always before `to`.
 */
from: string | null, 
/**
 * Last business date, included.
 */
to: string | null, 
/**
 * The price.
 */
price: SpecialPrice, };

export type Deed = "review" | "share";

export type Delimiter = "comma" | "semicolon" | "tab";

export type DeviceSeen = { 
/**
 * The device.
 */
device: string, 
/**
 * True for the one that asks.
 */
this: boolean, 
/**
 * Its name.
 */
name: string, 
/**
 * What it may do at most.
 */
ceiling: string, 
/**
 * Its code in receipt numbers.
 */
till: string, 
/**
 * `active`, `locked` or `revoked`.
 */
state: string, 
/**
 * When it last spoke, milliseconds.
 */
seen_at_ms: number, 
/**
 * How many entries of others it had not fetched then.
 */
behind: number, };

export type DeviceStateDraft = { 
/**
 * The device.
 */
device: string, 
/**
 * `active`, `locked` or `revoked`.
 */
state: string, };

export type DiscountKind = { "plain": Off } | { "coupon": string } | { "threshold": { 
/**
 * What they must still cost, in minor units.
 */
over_minor: number, 
/**
 * What it takes off.
 */
off: Off, 
/**
 * True for 每满减: an amount is taken off once for each time the sum is reached.
 */
every: boolean, } } | { "steps": Array<SpendStep> };

export type DiscountQuote = { 
/**
 * In all, in minor units.
 */
amount_minor: number, 
/**
 * Line by line; 0 for lines it is not for.
 */
parts_minor: Array<number>, 
/**
 * What the eligible lines cost too little for it to apply, in minor units; 0 where it applied.
 */
short_minor: number, };

export type DisplayDraft = { 
/**
 * Opened.
 */
open: boolean, };

export type DocumentFilter = { 
/**
 * Start of a number or of a supplier's number.
 */
search: string, 
/**
 * Only this kind.
 */
kind: string | null, 
/**
 * Only this supplier's.
 */
supplier: SupplierId | null, 
/**
 * First day.
 */
from: string | null, 
/**
 * Last day.
 */
to: string | null, };

export type DocumentRow = { 
/**
 * The document.
 */
document: EntryId, 
/**
 * Its number.
 */
number: string, 
/**
 * `received`, `transferred` or `counted`.
 */
kind: string, 
/**
 * The shop's day.
 */
business_date: string, 
/**
 * When, milliseconds since 1970 UTC.
 */
at_ms: number, 
/**
 * Name of the supplier.
 */
supplier: string | null, 
/**
 * The supplier's own number.
 */
reference: string | null, 
/**
 * Name of the place; empty for a shop floor without one.
 */
place: string, 
/**
 * Name of the place that goods went to.
 */
to: string | null, 
/**
 * Name of who did it.
 */
person: string | null, 
/**
 * Lines on it.
 */
lines: number, 
/**
 * Thousandths of a piece in all; of a count, the differences.
 */
qty_milli: number, 
/**
 * Cost in minor units; of a count, what the differences are worth.
 */
value_minor: number, 
/**
 * Free text.
 */
note: string | null, };

export type DocumentSheet = { 
/**
 * As listed.
 */
row: DocumentRow, 
/**
 * Where it is a delivery.
 */
received: GoodsReceived | null, 
/**
 * Where it is a transfer.
 */
transferred: StockTransferred | null, 
/**
 * Where it is a count.
 */
counted: StockCounted | null, };

export type DocumentsQuestion = { 
/**
 * Which documents.
 */
filter: DocumentFilter, 
/**
 * Which rows.
 */
window: Window, };

export type DraftLine = { 
/**
 * The product.
 */
product: string, 
/**
 * Thousandths of a piece, above zero.
 */
qty_milli: number, 
/**
 * Taken off this line alone.
 */
discount: Off | null, 
/**
 * True for a product taken for points.
 */
gift: boolean, 
/**
 * A price for one that was set by hand, in minor units; it goes before every other.
 */
price_minor: number | null, 
/**
 * The amount that a scale printed on the label, in minor units: the line costs exactly that, before discounts.
 */
label_minor: number | null, 
/**
 * A scale's label as scanned; the shop's own reading of it says quantity and amount, whatever else stands here.
 */
label?: string, };

export type Earned = { 
/**
 * Who earned it.
 */
member: MemberId, 
/**
 * The rule of the plan.
 */
rule: string, 
/**
 * How far above the buyer, 1 for the sponsor; 0 for the buyer.
 */
depth: number, 
/**
 * What it was worked out on, in minor units.
 */
base_minor: number, 
/**
 * The rate in millionths; absent where the rule pays an amount.
 */
rate_ppm: number | null, 
/**
 * Exact amount in millionths of a minor unit; rounded once, at the statement.
 */
amount_micro: number, 
/**
 * The engine's explanation as JSON text; recomputing from it gives the amount.
 */
why: string, };

export type EarningRow = { 
/**
 * The sale.
 */
sale: SaleId, 
/**
 * Its number.
 */
number: string, 
/**
 * The shop's day.
 */
business_date: string, 
/**
 * Place among the earnings of the sale.
 */
line: number, 
/**
 * Buyer's name.
 */
buyer: string | null, 
/**
 * Rule of the plan.
 */
rule: string, 
/**
 * How far above the buyer.
 */
depth: number, 
/**
 * What it was worked out on.
 */
base_minor: number, 
/**
 * The rate.
 */
rate_ppm: number | null, 
/**
 * Exact amount.
 */
amount_micro: number, 
/**
 * Version of the plan.
 */
plan_version: number, 
/**
 * What a rule of the month started from; absent for what was earned with a sale.
 */
source: string | null, 
/**
 * The sale belongs to a month that was closed already when it came.
 */
late: boolean, 
/**
 * Number of the sale that came back, where a return took the earning back.
 */
origin: string | null, };

export type EarningsQuestion = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Which rows.
 */
window: Window, };

export type Earns = "by_amount" | { "times_ppm": number } | { "per_piece": number } | "nothing";

export type Eligible = { 
/**
 * Only this category.
 */
category: string | null, 
/**
 * Where not empty, only these products.
 */
products: Array<string>, };

export type ElsewhereDraft = { 
/**
 * Which print.
 */
print: number, 
/**
 * Where.
 */
printer: Printer, };

export type EnrolDraft = { 
/**
 * Number on the card; the next free one where absent.
 */
number: string | null, 
/**
 * The card.
 */
card: MemberCard, 
/**
 * Who brought them in.
 */
sponsor: MemberId | null, 
/**
 * Business date; today where absent.
 */
joined: string | null, };

export type EntryId = string;

export type ErasureDraft = { 
/**
 * Whose data.
 */
member: MemberId, 
/**
 * The member's number, typed to be sure.
 */
number: string, 
/**
 * Why; it stands in the journal for ever and should name nobody.
 */
reason: string, };

export type ExchangeDraft = { 
/**
 * What comes back.
 */
returned: ReturnDraft, 
/**
 * What is taken; its tenders are what the customer adds.
 */
sale: SaleDraft, };

export type ExchangeQuote = { 
/**
 * What comes back.
 */
returned: ReturnQuoteAnswer, 
/**
 * What is taken, with what the return pays of it among the tenders; `missing_minor` is what the customer still owes.
 */
ticket: TicketQuote, 
/**
 * What the return pays of the new goods.
 */
carried: Array<Refund>, 
/**
 * What is given back in the end.
 */
given: Array<Refund>, };

export type ExchangeReceipt = { 
/**
 * What came back.
 */
returned: ReturnReceipt, 
/**
 * What was taken.
 */
sale: SaleReceipt, 
/**
 * What is given back in the end.
 */
given: Array<Refund>, };

export type ExpectedLine = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What the books said at the moment of its last scan, in thousandths.
 */
expected_milli: number, 
/**
 * Counted; absent where nobody counted it.
 */
counted_milli: number | null, 
/**
 * By how much the value moves, in minor units.
 */
value_minor: number, };

export type ExportDraft = { 
/**
 * Which month and members, in which order.
 */
filter: MonthFilter, 
/**
 * Where to; `.xlsx` or `.csv` decides the format.
 */
path: string, };

export type Exported = { 
/**
 * Where it is.
 */
path: string, 
/**
 * Rows in it; absent where it is no sheet.
 */
rows: number | null, };

export type Failure = { "failure": "refused", 
/**
 * `{"code": …, …}`
 */
refusal: JsonValue, 
/**
 * English.
 */
message: string, } | { "failure": "broken", 
/**
 * What happened, without personal data.
 */
trace: string, };

export type Fall = "one_down" | "to_growth";

export type Field = "code" | "barcode" | "name" | "category" | "price" | "cost" | "tax" | "stock" | "no_commission" | "number" | "phone" | "sponsor" | "level" | "rank" | "joined" | "stored_value" | "stored_bonus" | "points" | "invoice" | "date" | "customer" | "quantity" | "unit_price";

export type FileVerdict = "unchanged" | "changed" | "unsigned";

export type FoundPrinter = { 
/**
 * How it is reached.
 */
line: PrinterLine, 
/**
 * Name of its queue or port.
 */
address: string, };

export type FreePlace = { 
/**
 * Under whom.
 */
under: MemberHit, 
/**
 * In which leg.
 */
side: Side, };

export type GalleryPlan = { 
/**
 * Which.
 */
id: string, 
/**
 * Its name in the language that was asked for.
 */
name: string, 
/**
 * What it does and for whom, in a sentence or two.
 */
about: string, 
/**
 * The plan, its ranks and rules named in that language.
 */
text: string, 
/**
 * The most of money received that it can pay; absent where nothing bounds it.
 */
bound: string | null, 
/**
 * The law of the shop's jurisdiction forbids it as it stands.
 */
forbidden: boolean, };

export type GivenDiscount = { 
/**
 * Name of the promotion; absent for a discount by hand.
 */
name: string | null, 
/**
 * The coupon's code, where it is one.
 */
code: string | null, 
/**
 * What it takes off, in minor units.
 */
amount_minor: number, 
/**
 * What the eligible lines cost too little for it to apply, in minor units.
 */
short_minor: number, };

export type GoodsDraft = { 
/**
 * Chosen when the document was opened: booking it twice books it once.
 */
document: EntryId, 
/**
 * Who delivered.
 */
supplier: SupplierId | null, 
/**
 * The supplier's own number.
 */
reference: string | null, 
/**
 * Where the goods go; absent for the shop floor.
 */
location: LocationId | null, 
/**
 * What came.
 */
lines: Array<GoodsDraftLine>, 
/**
 * Free text.
 */
note: string | null, };

export type GoodsDraftLine = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * Thousandths of a piece.
 */
qty_milli: number, 
/**
 * Cost of one in minor units; the last known one where absent.
 */
unit_minor: number | null, 
/**
 * What the whole line cost, where the supplier's document says so; goes before the cost of one.
 */
cost_minor: number | null, };

export type GoodsReceived = { 
/**
 * Number of the document.
 */
number: string, 
/**
 * Who delivered.
 */
supplier: SupplierId | null, 
/**
 * The supplier's own number: delivery note or invoice.
 */
reference: string | null, 
/**
 * Where the goods were put; absent for the shop floor.
 */
location: LocationId | null, 
/**
 * What came.
 */
lines: Array<ReceivedLine>, 
/**
 * Free text.
 */
note: string | null, };

export type GrantDraft = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * The level; none to take it off.
 */
level: string | null, 
/**
 * Its last day, `YYYY-MM-DD`; for ever where absent.
 */
until: string | null, 
/**
 * Why.
 */
reason: string, };

export type GraphAt = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * Which months.
 */
months: GraphMonths, };

export type GraphMonths = { 
/**
 * First, `YYYY-MM`; everything before counts too where absent.
 */
from: string | null, 
/**
 * Last, `YYYY-MM`; everything after counts too where absent.
 */
to: string | null, };

export type GraphNode = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * Number on the card.
 */
number: string, 
/**
 * Name.
 */
name: string, 
/**
 * Distribution rank.
 */
rank: string | null, 
/**
 * False for a frozen member.
 */
active: boolean, 
/**
 * Members sponsored directly.
 */
direct: number, 
/**
 * Members below, at any depth.
 */
below: number, 
/**
 * Own purchases in the period, minor units.
 */
own_minor: number, 
/**
 * Own purchases and those of everyone below as the tree stands today, minor units.
 */
group_minor: number, 
/**
 * Commission earned in the period, in millionths of a minor unit.
 */
earned_micro: number, };

export type GraphPlace = { 
/**
 * Who.
 */
node: GraphNode, 
/**
 * How many of the same sponsor are listed before.
 */
before: number, };

export type GraphQuestion = { 
/**
 * Whose; those without a sponsor where absent.
 */
sponsor: MemberId | null, 
/**
 * Which months.
 */
months: GraphMonths, 
/**
 * Which rows.
 */
window: Window, };

export type Ground = { 
/**
 * `own.net`, `group.net`, `active`, `rank`, `attr.F`, `member`.
 */
of: string, 
/**
 * The member's figure or word.
 */
value: string, 
/**
 * At least this.
 */
gte?: string | null, 
/**
 * Below this.
 */
lt?: string | null, 
/**
 * Does it hold?
 */
holds: boolean, };

export type GroupFigures = { 
/**
 * How many.
 */
members: number, 
/**
 * Net of all they bought, minor units.
 */
net_minor: number, 
/**
 * How many bought at all.
 */
buyers: number, 
/**
 * Net per buyer, rounded half up, minor units.
 */
per_buyer_minor: number, 
/**
 * How many bought again.
 */
again: number, 
/**
 * Their share of the buyers, in millionths.
 */
again_ppm: number, };

export type GroupGrantDraft = { 
/**
 * Who.
 */
filter: MemberFilter, 
/**
 * The level; none to take it off.
 */
level: string | null, 
/**
 * Its last day, `YYYY-MM-DD`; for ever where absent.
 */
until: string | null, 
/**
 * Why.
 */
reason: string, 
/**
 * True to see what it would do, and record nothing.
 */
dry_run: boolean, };

export type GroupGranted = { 
/**
 * True where nothing was recorded.
 */
dry_run: boolean, 
/**
 * Members whose level changes.
 */
members: number, 
/**
 * Members who have it already, by hand and with this last day.
 */
stand: number, 
/**
 * Members whose growth gives a higher one by itself; they keep it.
 */
higher: number, };

export type GroupRow = { 
/**
 * Which.
 */
group: MemberGroup, 
/**
 * Its figures.
 */
figures: GroupFigures, };

export type GroupTagDraft = { 
/**
 * Who.
 */
filter: MemberFilter, 
/**
 * The word.
 */
tag: string, 
/**
 * True to put it on.
 */
on: boolean, };

export type GroupTerms = { 
/**
 * Whoever joined within so many days is new.
 */
new_days: number, 
/**
 * Whoever bought within so many days is active.
 */
active_days: number, 
/**
 * Whoever is not active and bought within so many days sleeps; all others who ever bought are lost.
 */
sleeping_days: number, 
/**
 * Lately, for RFM: within so many days.
 */
rfm_days: number, 
/**
 * Often: so many purchases or more.
 */
rfm_purchases: number, 
/**
 * For much: this net or more, minor units.
 */
rfm_minor: number, 
/**
 * Where the bands of spending begin, minor units, rising; below the first is a band of its own.
 */
bands: Array<number>, };

export type GroupsReport = { 
/**
 * Where one group ends and the next begins.
 */
terms: GroupTerms, 
/**
 * The groups.
 */
groups: Array<GroupRow>, 
/**
 * The bands of spending, lowest first.
 */
bands: Array<BandRow>, 
/**
 * The levels in use.
 */
levels: Array<WordRow>, 
/**
 * The shop's tags.
 */
tags: Array<WordRow>, };

export type GrowthTerms = { 
/**
 * For each whole unit of the currency that is paid for goods.
 */
per_unit: number, 
/**
 * For each point that a purchase earns.
 */
per_point: number, 
/**
 * For coming by, once a day.
 */
sign_in: number, 
/**
 * To the sponsor, for a member's first purchase.
 */
referral: number, 
/**
 * What happens to those who do not keep their level.
 */
fall: Fall, };

export type Handbook = { 
/**
 * Over everything.
 */
title: string, 
/**
 * Over the list of pages.
 */
contents: string, 
/**
 * One task a page.
 */
pages: Array<Array<HandbookBlock>>, 
/**
 * The pictures that the pages name.
 */
pictures: Array<HandbookPicture>, };

export type HandbookBlock = { "kind": "heading", 
/**
 * 1 or more.
 */
level: number, 
/**
 * Its words.
 */
spans: Array<HandbookSpan>, } | { "kind": "paragraph", 
/**
 * Its words.
 */
spans: Array<HandbookSpan>, } | { "kind": "list", 
/**
 * True for steps.
 */
numbered: boolean, 
/**
 * One after another.
 */
items: Array<Array<HandbookSpan>>, } | { "kind": "table", 
/**
 * The titles.
 */
head: Array<Array<HandbookSpan>>, 
/**
 * Row by row.
 */
rows: Array<Array<Array<HandbookSpan>>>, } | { "kind": "picture", 
/**
 * What it shows.
 */
text: string, 
/**
 * Which.
 */
path: string, };

export type HandbookPdf = { 
/**
 * Where to.
 */
path: string, 
/**
 * The language that it is written in.
 */
language: Language, 
/**
 * Its pages, as the window reads them.
 */
book: Handbook, };

export type HandbookPicture = { 
/**
 * As in the page.
 */
path: string, 
/**
 * The bytes of a PNG.
 */
png: Array<number>, };

export type HandbookSpan = { "kind": "text", 
/**
 * The words.
 */
text: string, } | { "kind": "bold", 
/**
 * The words.
 */
text: string, } | { "kind": "italic", 
/**
 * The words.
 */
text: string, } | { "kind": "key", 
/**
 * The words.
 */
text: string, } | { "kind": "link", 
/**
 * The words.
 */
text: string, 
/**
 * Its file.
 */
to: string, };

export type Happened = "bought" | "returned" | "points" | "level" | "rank" | "statement" | "payout" | "topped_up" | "refunded" | "voucher" | "moved" | "merged";

export type HashVerdict = "same" | "other" | "unknown";

export type HeldEntry = { 
/**
 * Its chain.
 */
chain: string, 
/**
 * Its place there.
 */
dseq: number, 
/**
 * Name of its device.
 */
device: string, 
/**
 * Code of why it is held.
 */
reason: string, 
/**
 * Its kind.
 */
kind: string, 
/**
 * The shop's day it belongs to.
 */
business_date: string, 
/**
 * True where the owner can let it in.
 */
admissible: boolean, };

export type HeldPlace = { 
/**
 * Its chain.
 */
chain: string, 
/**
 * Its place there.
 */
dseq: number, };

export type HeldRow = { 
/**
 * The ticket; becomes the sale's id.
 */
ticket: SaleId, 
/**
 * What the clerk wrote on it.
 */
label: string, 
/**
 * The draft as JSON text, exactly as the screen gave it.
 */
draft: string, 
/**
 * Who put it aside.
 */
person: PersonId | null, 
/**
 * When, milliseconds since 1970 UTC.
 */
at_ms: number, 
/**
 * True for the ticket that is open on the till right now.
 */
open: boolean, };

export type HistoryQuestion = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * Which rows.
 */
window: Window, };

export type HistoryRow = { 
/**
 * When, milliseconds since 1970 UTC by the device's clock.
 */
at_ms: number, 
/**
 * What.
 */
what: Happened, 
/**
 * Number of the paper, name of the level, rank or sponsor; a reason as typed.
 */
about: string, 
/**
 * The closer word that [`Happened`] speaks of; empty where there is none.
 */
how: string, 
/**
 * Money, in minor units.
 */
amount_minor: number | null, 
/**
 * Points.
 */
points: number | null, };

export type HoldDraft = { 
/**
 * The ticket.
 */
ticket: SaleId, 
/**
 * What the clerk writes on it.
 */
label: string, 
/**
 * The screen's own draft as JSON text.
 */
draft: string, 
/**
 * True for the ticket that is open on the till right now.
 */
open: boolean, };

export type HoldPayoutsDraft = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * True holds them.
 */
held: boolean, 
/**
 * Why.
 */
reason: string, };

export type ImportDraft = { 
/**
 * The file.
 */
source: ImportSource, 
/**
 * Which column is what.
 */
mapping: Mapping, 
/**
 * Order of day and month, where dates do not tell it.
 */
order: DateOrder, 
/**
 * Name of the earlier system; with the number it makes a sale unique.
 */
system: string, 
/**
 * Uplines earn on imported sales by the plan that held on the sale's day.
 */
earn: boolean, 
/**
 * Where to write every remark as a sheet (`.csv` or `.xlsx`), on a dry run.
 */
error_sheet: string | null, 
/**
 * The language that the sheet is written in; the shop's where absent.
 */
language: Language | null, };

export type ImportPreview = { 
/**
 * Titles, 20 rows, encoding.
 */
preview: SheetPreview, 
/**
 * The mapping that was used last for such titles, else a guess.
 */
mapping: Mapping, 
/**
 * Every field that such a sheet can have, and whether it must.
 */
fields: Array<[Field, boolean]>, };

export type ImportReport = { 
/**
 * How many rows went where: good + fixable + rejected = rows.
 */
counts: Counts, 
/**
 * Remarks by row, the first 500.
 */
remarks: Array<RowRemark>, 
/**
 * How many there are.
 */
remark_count: number, 
/**
 * Records added; on a dry run, that would be.
 */
added: number, 
/**
 * Records changed; on a dry run, that would be.
 */
changed: number, 
/**
 * Records that are in the books already as they stand.
 */
already: number, 
/**
 * Products made for codes that sales name.
 */
made_products: number, 
/**
 * Members made for customers that sales name.
 */
made_members: number, 
/**
 * Stored value that members bring along, what was given among it, in minor units.
 */
brought_minor: number, 
/**
 * Points that they bring along.
 */
brought_points: number, 
/**
 * Records that were not reached because a person stopped it; running it again adds them.
 */
left: number, 
/**
 * Sums of the sales by kind of line and month.
 */
sales: SalesSummary | null, };

export type ImportSource = { 
/**
 * Where it is.
 */
path: string, 
/**
 * What it is about.
 */
kind: SheetKind, 
/**
 * Encoding, delimiter and sheet, where the person chose them.
 */
options: SheetOptions, };

export type ImportedKind = "sale" | "cancellation" | "free" | "write_off" | "freight" | "manual" | "discount" | "fee" | "voucher" | "sample" | "adjustment";

export type Invitation = { 
/**
 * Address of the meeting place.
 */
address: string, 
/**
 * Opens once.
 */
code: string, 
/**
 * Until then, milliseconds.
 */
until_ms: number, 
/**
 * Address and code as a QR code.
 */
qr: Picture | null, };

export type InviteDraft = { 
/**
 * `clerk`, `manager` or `owner`.
 */
ceiling: string, 
/**
 * What it is to be called.
 */
name: string, };

export type JobEnd = { "end": "done", 
/**
 * Verdict, import report, path of a file …
 */
result: JsonValue, } | { "end": "failed", 
/**
 * Which.
 */
failure: Failure, } | { "end": "cancelled" };

export type JobKind = "dry_run" | "import" | "export" | "verify" | "backup" | "sample" | "simulate" | "close" | "release" | "report" | "join" | "tag" | "levels" | "papers";

export type JobState = { 
/**
 * Which.
 */
job: number, 
/**
 * What it does.
 */
kind: JobKind, 
/**
 * Code of the step it is in.
 */
step: string, 
/**
 * Done so far.
 */
done: number, 
/**
 * Of how many; 0 where that is not known.
 */
total: number, 
/**
 * Began, milliseconds since 1970 UTC.
 */
began_ms: number, 
/**
 * How it ended, if it did.
 */
end: JobEnd | null, };

export type JoinDraft = { 
/**
 * Address of the meeting place.
 */
address: string, 
/**
 * The one-time code that the owner's device showed.
 */
code: string, 
/**
 * What this device is to be called; empty: as the owner named it.
 */
name: string, };

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

export type JudgeDraft = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Whose.
 */
member: MemberId, 
/**
 * What.
 */
verdict: Ruling, 
/**
 * Why.
 */
reason: string, };

export type KindSum = { 
/**
 * Lines.
 */
lines: number, 
/**
 * Exact sum in millionths of a minor unit.
 */
net_micro: number, };

export type LabelGrid = "three8" | "three7" | "four10";

export type LabelKind = "product" | "shelf";

export type LabelLanguage = "tspl" | "escpos";

export type LabelPrinter = { 
/**
 * How it is reached; paper, drawer and picture mean nothing here.
 */
printer: Printer, 
/**
 * What it understands.
 */
language: LabelLanguage, 
/**
 * The labels in it.
 */
size: LabelSize, };

export type LabelSize = "label40x30" | "label50x30";

export type LabelsDraft = { 
/**
 * The products, in the order to print.
 */
products: Array<ProductId>, 
/**
 * How many of each.
 */
copies: number, 
/**
 * For the goods or the shelf.
 */
kind: LabelKind, 
/**
 * Their size.
 */
size: LabelSize, };

export type LabelsPdf = { 
/**
 * Which labels; their size is the sheet's.
 */
labels: LabelsDraft, 
/**
 * How a sheet is cut.
 */
grid: LabelGrid, 
/**
 * Places at the beginning of the first sheet that are used already.
 */
used: number, 
/**
 * Where to.
 */
path: string, };

export type Language = "zh-CN" | "en";

export type LegsRow = { 
/**
 * `YYYY-MM` of the close.
 */
month: string, 
/**
 * The rule.
 */
rule: string, 
/**
 * Exact, in major units.
 */
left: string, 
/**
 * Exact, in major units.
 */
right: string, };

export type LevelGrowth = { 
/**
 * Growth that it takes.
 */
threshold: number, 
/**
 * Days that it lasts; 0 for ever.
 */
valid_days: number, 
/**
 * Growth within these days that keeps it for as many more.
 */
keep: number, 
/**
 * Points for reaching it.
 */
gift: number, 
/**
 * Points for a birthday, besides those that everyone gets.
 */
birthday: number, };

export type LevelRow = { 
/**
 * Place in the journal.
 */
entry: number, 
/**
 * The shop's day.
 */
business_date: string, 
/**
 * The level before.
 */
from: string | null, 
/**
 * The level since.
 */
to: string | null, 
/**
 * Its last day; absent for ever.
 */
until: string | null, 
/**
 * Why.
 */
why: LevelWhy, 
/**
 * Growth that was looked at.
 */
growth: number, 
/**
 * What it was held against.
 */
needed: number, 
/**
 * Points that came with it, or went.
 */
gift_points: number, 
/**
 * What was typed where it was by hand.
 */
reason: string | null, 
/**
 * Who did it.
 */
person: string | null, };

export type LevelTerms = { 
/**
 * Share of every list price that is paid, in millionths: 900 000 is 九折.
 */
price_share_ppm: number, 
/**
 * Multiplier of points earned, in millionths.
 */
points_ppm: number, 
/**
 * What it asks for and gives where it follows from growth; absent where it is given by hand alone.
 */
growth: LevelGrowth | null, };

export type LevelWhy = "reached" | "lost" | "kept" | "not_kept" | "grant_over" | "by_hand";

export type LevelsQuestion = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * Which rows.
 */
window: Window, };

export type LineOff = { 
/**
 * By what.
 */
by: OffBy, 
/**
 * Name of the promotion or coupon; empty for what needs none.
 */
name?: string, 
/**
 * The line's part of it, in minor units.
 */
amount_minor: number, };

export type LineQuote = { 
/**
 * The product.
 */
product: string, 
/**
 * Thousandths of a piece.
 */
qty_milli: number, 
/**
 * Price of one, in minor units.
 */
unit_minor: number, 
/**
 * List price of one.
 */
list_minor: number, 
/**
 * Where the price of one comes from.
 */
why: UnitPriceWhy, 
/**
 * Price times quantity, rounded once.
 */
gross_minor: number, 
/**
 * Discounts of every kind: the line's own and its parts of the order's.
 */
discount_minor: number, 
/**
 * The line's own part of `discount_minor`.
 */
line_discount_minor: number, 
/**
 * What points offset on it.
 */
points_offset_minor: number, 
/**
 * What is paid for it, without tax on top.
 */
net_minor: number, 
/**
 * Tax in it or on top of it.
 */
tax_minor: number, 
/**
 * Name of the tax class; absent means untaxed.
 */
tax_class: string | null, 
/**
 * Rate in millionths.
 */
tax_rate_ppm: number, 
/**
 * True where `net_minor` contains the tax.
 */
tax_included: boolean, 
/**
 * What commission is worked out on, in minor units: net, or 0 for goods without commission.
 */
commission_base_minor: number, 
/**
 * Its part of the points earned.
 */
points_earned: number, 
/**
 * Its part of the points spent, a gift's price in points included.
 */
points_spent: number, 
/**
 * True for a product taken for points.
 */
gift: boolean, };

export type Lineage = { 
/**
 * The line above from the top down, at most the nearest twelve.
 */
upline: Array<GraphNode>, 
/**
 * How many stand above the first of these.
 */
above: number, 
/**
 * The member.
 */
node: GraphNode, 
/**
 * The largest branches below.
 */
branches: Array<LineageBranch>, };

export type LineageBranch = { 
/**
 * Who.
 */
node: GraphNode, 
/**
 * Those below.
 */
below: Array<GraphNode>, };

export type LinkCard = { 
/**
 * Address of the meeting place.
 */
address: string, 
/**
 * Name of this device there.
 */
name: string, 
/**
 * `clerk`, `manager` or `owner`: what it may do at most.
 */
ceiling: string, 
/**
 * Its code in receipt numbers.
 */
till: string, };

export type LinkDraft = { 
/**
 * `https://…`; plain `http://` for this computer and the shop's own network.
 */
address: string, 
/**
 * The word that the meeting place asks for before it makes a shop; empty where it asks for none.
 */
word: string, 
/**
 * What this device is to be called.
 */
name: string, };

export type LocationDraft = { 
/**
 * Which to change.
 */
location: LocationId | null, 
/**
 * Its name.
 */
name: string, 
/**
 * No longer offered.
 */
archived: boolean, };

export type LocationId = string;

export type LocationRow = { 
/**
 * The place; the nil id for the shop floor.
 */
location: LocationId, 
/**
 * Its name; empty for a shop floor that has none.
 */
name: string, 
/**
 * No longer offered.
 */
archived: boolean, };

export type MailSecurity = "tls" | "starttls" | "open";

export type MailServer = { 
/**
 * Name or address of the server.
 */
host: string, 
/**
 * Port.
 */
port: number, 
/**
 * How the line is kept.
 */
security: MailSecurity, 
/**
 * Name to sign in with; empty where the server asks for none.
 */
user: string, 
/**
 * The address that messages come from.
 */
sender: string, 
/**
 * The name that messages come from.
 */
sender_name: string, };

export type Mapping = { [key in Field]?: number };

export type MemberCard = { 
/**
 * Name as spoken.
 */
name: string, 
/**
 * Digits with a leading `+` and country code (E.164), or a bare national number.
 */
phone: string | null, 
/**
 * Member level 会员等级.
 */
level: string | null, 
/**
 * Distribution rank 分销等级.
 */
rank: string | null, 
/**
 * False for a frozen member: keeps the place in the tree, and the plan decides what that means.
 */
active: boolean, 
/**
 * Free text.
 */
note: string | null, 
/**
 * Birthday: `MM-DD`, or `YYYY-MM-DD` where the year is known.
 */
birthday?: string | null, 
/**
 * How the member can be told, and by which ways the member wants nothing.
 */
contact?: Contact | null, };

export type MemberDataFile = { 
/**
 * Whose data.
 */
member: MemberId, 
/**
 * Where to: `.json`.
 */
path: string, };

export type MemberDraft = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * The card.
 */
card: MemberCard, 
/**
 * Why the rank was changed by hand; asked for where the plan works ranks out.
 */
rank_reason: string | null, };

export type MemberFilter = { 
/**
 * Start of a name, pinyin, initials, number or phone, or the phone's last four.
 */
search: string, 
/**
 * Only this rank.
 */
rank: string | null, 
/**
 * Only this level.
 */
level: string | null, 
/**
 * Only those sponsored by this member.
 */
sponsor: MemberId | null, 
/**
 * Only frozen members, or only those that are not.
 */
frozen: boolean | null, 
/**
 * Only this group.
 */
group: MemberGroup | null, 
/**
 * Only those who have all of these tags.
 */
tags: Array<string>, 
/**
 * Only those who spent this much or more, net, in minor units.
 */
spent_from_minor: number | null, 
/**
 * Only those who spent less.
 */
spent_below_minor: number | null, 
/**
 * `number`, `name`, `joined`, `direct`, `purchases`, `net` or `last`.
 */
sort: string | null, 
/**
 * Highest first.
 */
descending: boolean, };

export type MemberGroup = "new" | "active" | "sleeping" | "lost" | "never" | "birthday" | "unredeemed" | "champion" | "promising" | "keep" | "win_back" | "loyal" | "fresh" | "fading" | "passing";

export type MemberHit = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * Number on the card.
 */
number: string, 
/**
 * Name.
 */
name: string, 
/**
 * Phone, E.164.
 */
phone: string | null, 
/**
 * Rank.
 */
rank: string | null, };

export type MemberId = string;

export type MemberLevels = { 
/**
 * True where a level of the shop follows from growth.
 */
grows: boolean, 
/**
 * The level.
 */
level: string | null, 
/**
 * Its last day; absent for ever.
 */
until: string | null, 
/**
 * Growth that counts now.
 */
growth: number, 
/**
 * Growth since the validity began; absent where the level lasts for ever.
 */
within: number | null, 
/**
 * What it takes to keep the level.
 */
keep: number | null, 
/**
 * The level above.
 */
next: string | null, 
/**
 * Growth that the level above takes.
 */
next_at: number | null, 
/**
 * The changes, newest first.
 */
page: Page<LevelRow>, };

export type MemberMoney = { 
/**
 * Earned and not on a statement yet, in millionths of a minor unit; below zero is a debt.
 */
pending_micro: number, 
/**
 * On released statements and not asked for, in minor units.
 */
payable_minor: number, 
/**
 * Asked for, approved or sent.
 */
under_way_minor: number, 
/**
 * Paid out, after fees.
 */
paid_minor: number, 
/**
 * On released statements and kept back by the review.
 */
held_minor: number, };

export type MemberPayouts = { 
/**
 * From the ledger.
 */
money: MemberMoney, 
/**
 * Debt, in millionths of a minor unit; zero or above.
 */
debt_micro: number, 
/**
 * Where it goes.
 */
payee: Payee | null, 
/**
 * Why the amounts are held back; absent where they are not.
 */
held: string | null, 
/**
 * What stands against a payout now: a refusal with its code; absent where nothing does.
 */
against: JsonValue | null, 
/**
 * The terms.
 */
terms: PayoutTerms, 
/**
 * The newest payouts.
 */
payouts: Array<PayoutRow>, };

export type MemberRow = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * Number on the card.
 */
number: string, 
/**
 * The card.
 */
card: MemberCard, 
/**
 * Sponsor, with name and number.
 */
sponsor: MemberHit | null, 
/**
 * Business date.
 */
joined: string, 
/**
 * Members sponsored directly.
 */
direct: number, 
/**
 * Sales so far.
 */
purchases: number, 
/**
 * Net of them in minor units.
 */
net_minor: number, 
/**
 * Points that can be spent; below zero is a debt.
 */
points: number, 
/**
 * Points that cannot be spent yet.
 */
points_locked: number, 
/**
 * Stored value that can be spent, in minor units, bonus included.
 */
balance_minor: number, 
/**
 * How much of it is the shop's bonus.
 */
bonus_minor: number, 
/**
 * Day of the last purchase.
 */
last_bought: string | null, 
/**
 * The shop's tags, in order.
 */
tags: Array<string>, 
/**
 * The shop's day on which the personal data were erased.
 */
erased?: string | null, 
/**
 * The member whose card this one was merged into.
 */
merged_into?: MemberHit | null, };

export type MemberSheet = { 
/**
 * The member.
 */
row: MemberRow, 
/**
 * Sponsor, the sponsor's sponsor and so on to the root.
 */
upline: Array<MemberHit>, 
/**
 * Commission earned and not yet on a statement, in millionths of a minor unit.
 */
pending_micro: number, 
/**
 * Commission by month, newest first: `YYYY-MM`, sales, exact amount.
 */
months: Array<[string, number, number]>, 
/**
 * The code by which others name this member as their sponsor.
 */
referral: string, 
/**
 * Cards that were merged into this one.
 */
merged: Array<MemberHit>, };

export type MemberWords = { 
/**
 * Levels in use.
 */
levels: Array<string>, 
/**
 * Ranks of the plan in force, lowest first; those in use where there is no plan.
 */
ranks: Array<string>, 
/**
 * Tags in use.
 */
tags: Array<string>, };

export type MembersExport = { 
/**
 * Which members, in which order.
 */
filter: MemberFilter, 
/**
 * Where to; `.xlsx` or `.csv` decides the format.
 */
path: string, };

export type MembersQuestion = { 
/**
 * Which members, in which order.
 */
filter: MemberFilter, 
/**
 * Which rows.
 */
window: Window, };

export type MergeDraft = { 
/**
 * The card that goes.
 */
member: MemberId, 
/**
 * The card that stays.
 */
into: MemberId, 
/**
 * Why.
 */
reason: string, };

export type MessageChannel = "email" | "sms" | "wechat";

export type MessageFault = { "code": "no_server" } | { "code": "no_password" } | { "code": "no_secret" } | { "code": "away", 
/**
 * The system's words.
 */
reason: string, } | { "code": "tls", 
/**
 * The system's words.
 */
reason: string, } | { "code": "sign_in", 
/**
 * The server's words.
 */
answer: string, } | { "code": "sender_refused", 
/**
 * The server's words.
 */
answer: string, } | { "code": "address_refused", 
/**
 * The server's words.
 */
answer: string, } | { "code": "refused", 
/**
 * The server's words.
 */
answer: string, } | { "code": "later", 
/**
 * The server's words.
 */
answer: string, } | { "code": "silent" } | { "code": "broken", 
/**
 * The system's words.
 */
reason: string, } | { "code": "maybe_sent" } | { "code": "hook_away", 
/**
 * The system's words.
 */
reason: string, } | { "code": "hook_later", 
/**
 * HTTP status.
 */
status: number, } | { "code": "hook_signature", 
/**
 * HTTP status.
 */
status: number, } | { "code": "hook_refused", 
/**
 * HTTP status.
 */
status: number, 
/**
 * Its words.
 */
answer: string, } | { "code": "no_address" } | { "code": "opted_out" };

export type MessageRow = { 
/**
 * Its number.
 */
message: number, 
/**
 * What of.
 */
occasion: Occasion, 
/**
 * Which way.
 */
channel: MessageChannel, 
/**
 * To whom.
 */
member: MemberId, 
/**
 * The member's name.
 */
name: string, 
/**
 * The member's number.
 */
number: string, 
/**
 * One line.
 */
subject: string, 
/**
 * The text.
 */
body: string, 
/**
 * When it came to be.
 */
made_at_ms: number, 
/**
 * How it stands.
 */
state: MessageState, 
/**
 * How often it was tried.
 */
tries: number, 
/**
 * When it is tried next, where it waits.
 */
due_at_ms: number, 
/**
 * When it went out or was dropped.
 */
done_at_ms: number | null, 
/**
 * Why the last try failed.
 */
fault: MessageFault | null, };

export type MessageServer = { 
/**
 * Email; absent where the shop sends none.
 */
mail: MailServer | null, 
/**
 * Where SMS and WeChat messages are posted to; absent where the shop sends none.
 */
webhook: string | null, 
/**
 * Seconds to wait for an answer.
 */
patience_seconds: number, };

export type MessageSetup = { 
/**
 * Occasions and words.
 */
terms: MessageTerms, 
/**
 * How this device sends.
 */
server: MessageServer, 
/**
 * A password is kept in this device's keyring.
 */
has_password: boolean, 
/**
 * A secret is kept in this device's keyring.
 */
has_secret: boolean, 
/**
 * Which device sends.
 */
sending: Sending, 
/**
 * What templates may name.
 */
placeholders: Array<PlaceholderNames>, };

export type MessageSetupDraft = { 
/**
 * Occasions and words; who sends is not taken from here.
 */
terms: MessageTerms, 
/**
 * How this device sends.
 */
server: MessageServer, 
/**
 * A new password; absent: as before.
 */
password: string | null, 
/**
 * A new secret; absent: as before.
 */
secret: string | null, 
/**
 * True where this device is to send; false takes it away from this device alone.
 */
sending: boolean, };

export type MessageState = "waiting" | "sending" | "sent" | "dead" | "doubtful" | "dropped";

export type MessageTerms = { 
/**
 * The chain of the one device that sends; absent where nothing is sent.
 */
sender: string | null, 
/**
 * What that device is called.
 */
sender_name: string, 
/**
 * By occasion; one that is missing has the words that the program brings.
 */
occasions: { [key in Occasion]?: OccasionTerms }, };

export type MessageTried = { 
/**
 * What the server or the webhook said where it took the message.
 */
answer: string, 
/**
 * Why it did not.
 */
fault: MessageFault | null, };

export type MessageTry = { 
/**
 * How it goes.
 */
server: MessageServer, 
/**
 * A new password; absent: the one that is kept.
 */
password: string | null, 
/**
 * A new secret; absent: the one that is kept.
 */
secret: string | null, 
/**
 * Which way.
 */
channel: MessageChannel, 
/**
 * To whom.
 */
to: string, };

export type MessagesAnswer = { 
/**
 * The rows asked for.
 */
page: Page<MessageRow>, 
/**
 * How many wait.
 */
waiting: number, 
/**
 * How many somebody has to decide about.
 */
stuck: number, 
/**
 * How many went out.
 */
sent: number, 
/**
 * How many were taken off.
 */
dropped: number, 
/**
 * Who was passed over.
 */
passed: Array<PassedOver>, 
/**
 * Which device sends.
 */
sending: Sending, 
/**
 * What that device is called.
 */
sender_name: string, };

export type MessagesQuestion = { 
/**
 * Which.
 */
shown: MessagesShown, 
/**
 * Which rows.
 */
window: Window, };

export type MessagesSent = { 
/**
 * Messages that went out.
 */
sent: number, 
/**
 * Tries that failed.
 */
failed: number, };

export type MessagesShown = "waiting" | "stuck" | "sent" | "dropped";

export type MonthFigures = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Net sales in minor units.
 */
net_minor: number, 
/**
 * Receipts.
 */
receipts: number, 
/**
 * Commission, exact, in millionths of a minor unit.
 */
amount_micro: number, 
/**
 * Members who earned.
 */
members: number, };

export type MonthFilter = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Start of a name, initials or number.
 */
search: string, 
/**
 * `number`, `name`, `sales`, `base` or `amount`.
 */
sort: string | null, 
/**
 * Highest first.
 */
descending: boolean, };

export type MonthQuestion = { 
/**
 * Which month and members, in which order.
 */
filter: MonthFilter, 
/**
 * Which rows.
 */
window: Window, };

export type MonthReport = { 
/**
 * The rows asked for.
 */
page: Page<MonthRow>, 
/**
 * Sums under the same filter.
 */
totals: MonthTotals, 
/**
 * The whole month held against the ledger.
 */
proof: ProofOfMonth, };

export type MonthReview = { 
/**
 * The month, the one before, and the same month of last year.
 */
figures: [MonthFigures, MonthFigures, MonthFigures], 
/**
 * Version of the plan in force on the month's last day.
 */
plan_version: number | null, 
/**
 * What it can pay at most, proved, in millionths of net sales; absent where nothing bounds it.
 */
bound_ppm: number | null, 
/**
 * What is owed in commission today.
 */
owing: Owing, 
/**
 * By rule, rank, depth, product, branch and member.
 */
parts: Array<ReviewPart>, };

export type MonthRow = { 
/**
 * Who earned it.
 */
member: MemberId, 
/**
 * Number on the card.
 */
number: string, 
/**
 * Name.
 */
name: string, 
/**
 * Rank now.
 */
rank: string | null, 
/**
 * Sales it came from.
 */
sales: number, 
/**
 * What it was worked out on, in minor units.
 */
base_minor: number, 
/**
 * Exact, in millionths of a minor unit.
 */
amount_micro: number, 
/**
 * Floored to the minor unit once, as the statement pays it.
 */
payable_minor: number, };

export type MonthTotals = { 
/**
 * Members who earned.
 */
members: number, 
/**
 * Exact, in millionths of a minor unit.
 */
amount_micro: number, 
/**
 * Sum of what each statement pays.
 */
payable_minor: number, };

export type MoveDraft = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * The sponsor that the person saw; the move is refused if it changed meanwhile.
 */
from: MemberId | null, 
/**
 * The new one.
 */
to: MemberId | null, 
/**
 * Why.
 */
reason: string | null, };

export type MoveDraftLine = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * Thousandths of a piece.
 */
qty_milli: number, };

export type MovedLine = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * Its code then.
 */
code: string, 
/**
 * Its name then.
 */
name: string, 
/**
 * Thousandths of a piece, above zero.
 */
qty_milli: number, };

export type NothingAnswer = { 
/**
 * Number of the sale.
 */
number: string, 
/**
 * The shop's day.
 */
business_date: string, 
/**
 * By which version it earned.
 */
plan: PlanUsed | null, 
/**
 * Why no rule was asked at all: `no_plan`, `no_buyer`, `nothing_counts`, `not_a_member_then`.
 */
instead: string | null, 
/**
 * The engine's answers: `rule`, `code` and the data of it.
 */
rules: Array<JsonValue>, 
/**
 * Names of the members that the answers mention.
 */
names: Array<[MemberId, string]>, };

export type NothingQuestion = { 
/**
 * The sale.
 */
sale: SaleId, 
/**
 * Who earned nothing, or so it seems.
 */
member: MemberId, };

export type Notice = { "notice": "topics", 
/**
 * Which.
 */
topics: Array<Topic>, } | { "notice": "job", 
/**
 * Where it stands.
 */
job: JobState, } | { "notice": "printer", 
/**
 * Receipt number.
 */
number: string, 
/**
 * `None`: it was taken. Otherwise the code of what is wrong.
 */
fault: string | null, } | { "notice": "message_stuck" } | { "notice": "display", 
/**
 * Opened.
 */
open: boolean, } | { "notice": "customer", 
/**
 * The shop.
 */
shop: CustomerShop, 
/**
 * The sale.
 */
view: CustomerView, };

export type NumberPrefix = "plain" | "cancellation" | "adjustment";

export type Occasion = "earned" | "matured" | "statement" | "payout" | "points" | "level";

export type OccasionTerms = { 
/**
 * Told at all.
 */
on: boolean, 
/**
 * By which way.
 */
channel: MessageChannel, 
/**
 * In Chinese.
 */
zh: Wording, 
/**
 * In English.
 */
en: Wording, };

export type Oddity = "failed" | "unknown" | "amount" | "over" | "undecided";

export type Off = { "percent_ppm": number } | { "amount_minor": number };

export type OffBy = "hand" | "promotion" | "coupon" | "points";

export type OpenShiftDraft = { 
/**
 * Cash put into the drawer, in minor units.
 */
float_minor: number, };

export type OpenedPlan = { 
/**
 * Every setting spelled out, in the shop's currency.
 */
text: string, 
/**
 * The currency that it was written for, where that is another: its amounts now count as the shop's.
 */
written_for: string | null, };

export type OrderDiscount = { 
/**
 * What it is.
 */
kind: DiscountKind, 
/**
 * The most it takes off, in minor units.
 */
max_minor: number | null, 
/**
 * Which lines it is for.
 */
on: Eligible, };

export type OutsideDraft = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * How much left the payable.
 */
amount_minor: number, 
/**
 * By which channel.
 */
channel: string, 
/**
 * The bank's number, or what the slip says.
 */
reference: string, 
/**
 * Why it was paid outside.
 */
reason: string, 
/**
 * Chosen when the form was opened, so that registering twice registers once.
 */
payout: PayoutId, };

export type Overview = { 
/**
 * Members in the picture.
 */
people: number, 
/**
 * What they bought in the period, minor units.
 */
group_minor: number, 
/**
 * Branches and rests.
 */
cells: Array<OverviewCell>, };

export type OverviewBy = "people" | "sales";

export type OverviewCell = { 
/**
 * Who stands at the top of the branch; absent for the rest.
 */
member: MemberId | null, 
/**
 * Their name; empty for the rest.
 */
name: string, 
/**
 * Steps below the top of the picture, from 1 on.
 */
depth: number, 
/**
 * Place of the branch that it is part of among the cells; absent at depth 1.
 */
within: number | null, 
/**
 * Branches it stands for: 1, or how many the rest gathers.
 */
branches: number, 
/**
 * Members in it.
 */
people: number, 
/**
 * What it bought in the period, minor units.
 */
group_minor: number, };

export type OverviewQuestion = { 
/**
 * Top of the branch; the whole shop where absent.
 */
member: MemberId | null, 
/**
 * Which months.
 */
months: GraphMonths, 
/**
 * What a branch is measured by.
 */
by: OverviewBy, };

export type Owing = { 
/**
 * Earned and not on a statement yet, in millionths of a minor unit.
 */
pending_micro: number, 
/**
 * On released statements, in minor units.
 */
payable_minor: number, 
/**
 * Asked for, approved or sent, in minor units.
 */
under_way_minor: number, 
/**
 * Kept back by the review, in minor units.
 */
held_minor: number, 
/**
 * All of it, in millionths of a minor unit.
 */
total_micro: number, };

export type OwnerPage = { 
/**
 * Where it is.
 */
address: string, 
/**
 * Since when somebody can sign in there, milliseconds; absent where nobody can.
 */
since_ms: number | null, 
/**
 * The address as a QR code, for a phone.
 */
qr: Picture | null, };

export type Page<T> = { 
/**
 * Rows that match the filter.
 */
count: number, 
/**
 * The rows asked for.
 */
rows: Array<T>, };

export type PageSecret = { 
/**
 * To type, in groups of four.
 */
secret: string, 
/**
 * To scan.
 */
qr: Picture | null, };

export type PaperWidth = "paper58" | "paper80";

export type PassedOver = { 
/**
 * What of.
 */
occasion: Occasion, 
/**
 * Which way.
 */
channel: MessageChannel, 
/**
 * Why.
 */
why: PassedWhy, 
/**
 * How often.
 */
times: number, };

export type PassedWhy = "no_address" | "opted_out";

export type Payable = { 
/**
 * The member.
 */
row: PayableRow, 
/**
 * What stands against it: a refusal with its code.
 */
against: JsonValue | null, };

export type PayableRow = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * Number on the card.
 */
number: string, 
/**
 * Name.
 */
name: string, 
/**
 * What is payable, in minor units.
 */
payable_minor: number, 
/**
 * Debt, in millionths of a minor unit; zero or above.
 */
debt_micro: number, 
/**
 * Where it goes; absent where nobody said so.
 */
payee: Payee | null, };

export type PayablesAnswer = { 
/**
 * The rows.
 */
page: Page<Payable>, 
/**
 * From the ledger.
 */
totals: PayoutTotals, 
/**
 * The terms.
 */
terms: PayoutTerms, };

export type PayablesQuestion = { 
/**
 * Start of a name or number.
 */
search: string, 
/**
 * Which rows.
 */
window: Window, };

export type Payee = { 
/**
 * Id of the channel.
 */
channel: string, 
/**
 * Name of whoever holds the account.
 */
holder?: string, 
/**
 * Number or name of the account.
 */
account?: string, 
/**
 * The bank and its branch.
 */
bank?: string, 
/**
 * Number of the identity document, where the law wants one.
 */
identity?: string, };

export type PayeeDraft = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * Where to.
 */
payee: Payee, };

export type PayoutDraft = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * What leaves the payable, fee included, in minor units.
 */
amount_minor: number, 
/**
 * Chosen when the form was opened, so that asking twice asks once.
 */
payout: PayoutId, };

export type PayoutFilter = { 
/**
 * Only those in one of these states; empty for all.
 */
states: Array<PayoutState>, 
/**
 * Only those of this batch.
 */
batch: BatchId | null, 
/**
 * Only those of this channel.
 */
channel: string | null, 
/**
 * Only this member's.
 */
member: MemberId | null, 
/**
 * Start of a payout's or a member's number, or of a name.
 */
search: string, };

export type PayoutId = string;

export type PayoutQuote = { 
/**
 * The fee.
 */
fee_minor: number, 
/**
 * What arrives.
 */
net_minor: number, };

export type PayoutRow = { 
/**
 * The payout.
 */
payout: PayoutId, 
/**
 * Its number.
 */
number: string, 
/**
 * Whose.
 */
member: MemberId, 
/**
 * Number on the card.
 */
member_number: string, 
/**
 * Name.
 */
name: string, 
/**
 * The month that a run paid.
 */
month: string | null, 
/**
 * Fee included, in minor units.
 */
amount_minor: number, 
/**
 * The fee.
 */
fee_minor: number, 
/**
 * Where it goes.
 */
payee: Payee, 
/**
 * True where it was paid outside of the program.
 */
outside: boolean, 
/**
 * Where it stands.
 */
state: PayoutState, 
/**
 * Number of its batch.
 */
batch: string | null, 
/**
 * Who approved first.
 */
first_by: PersonId | null, 
/**
 * What was said at the last step.
 */
reason: string, 
/**
 * The bank's number of it.
 */
reference: string, 
/**
 * The shop's day of the last step.
 */
date: string, };

export type PayoutState = "requested" | "seconded" | "approved" | "sent" | "paid" | "failed" | "returned" | "rejected";

export type PayoutStepRow = { 
/**
 * Where to.
 */
state: PayoutState, 
/**
 * When, milliseconds since 1970 UTC.
 */
at_ms: number, 
/**
 * By whom.
 */
by: string | null, 
/**
 * What was said.
 */
reason: string, 
/**
 * The bank's number.
 */
reference: string, };

export type PayoutTerms = { 
/**
 * Nothing below this is paid out, in minor units.
 */
minimum_minor: number, 
/**
 * Nothing above this at once; 0 for any amount.
 */
maximum_minor: number, 
/**
 * The fee as a share of the amount, in millionths.
 */
fee_ppm: number, 
/**
 * The fee is at least this, where there is one.
 */
fee_least_minor: number, 
/**
 * Amounts from here …
 */
free_from_minor: number, 
/**
 * … up to here cost no fee; 0 as the end for no such band.
 */
free_to_minor: number, 
/**
 * Days of the month on which members may ask; empty for every day.
 */
days: Array<number>, 
/**
 * Least role that approves.
 */
approves: Role, 
/**
 * Amounts above this need a second person; absent: none do.
 */
second_above_minor: number | null, 
/**
 * True: where the law taxes commission by person, no payout without the number of an identity document.
 */
identity: boolean, 
/**
 * The ways money takes, in order.
 */
channels: Array<Channel>, };

export type PayoutTotals = { 
/**
 * Payable of all members.
 */
payable_minor: number, 
/**
 * Asked for.
 */
requested_minor: number, 
/**
 * Approved.
 */
approved_minor: number, 
/**
 * Sent.
 */
sent_minor: number, 
/**
 * Paid, after fees.
 */
paid_minor: number, 
/**
 * Fees kept.
 */
fees_minor: number, 
/**
 * On released statements and kept back by the review.
 */
held_minor: number, 
/**
 * Debts of members, in millionths of a minor unit; zero or above.
 */
debt_micro: number, };

export type PayoutsQuestion = { 
/**
 * Which.
 */
filter: PayoutFilter, 
/**
 * Which rows.
 */
window: Window, };

export type Person = { 
/**
 * The person.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * True if they left.
 */
archived: boolean, };

export type PersonDraft = { 
/**
 * Whom to change.
 */
person: PersonId | null, 
/**
 * Name.
 */
name: string | null, 
/**
 * Role.
 */
role: Role | null, 
/**
 * New PIN, 4 to 12 digits.
 */
pin: string | null, 
/**
 * They left, or came back.
 */
archived: boolean | null, };

export type PersonId = string;

export type Picture = { 
/**
 * Dots in a row.
 */
width: number, 
/**
 * Rows.
 */
height: number, 
/**
 * The dots.
 */
dots: string, };

export type Place = { 
/**
 * Under whom.
 */
under: MemberId, 
/**
 * In which leg.
 */
side: Side, };

export type PlaceDraft = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * The place that the person saw; refused if it changed meanwhile.
 */
from: Place | null, 
/**
 * The new one.
 */
to: Place | null, 
/**
 * Why; needed where a place is changed.
 */
reason: string | null, };

export type PlaceStock = { 
/**
 * The place.
 */
location: LocationId, 
/**
 * Its name.
 */
name: string, 
/**
 * Thousandths of a piece.
 */
qty_milli: number, };

export type PlaceholderNames = { 
/**
 * Of which occasion.
 */
occasion: Occasion, 
/**
 * Names in English and in Chinese.
 */
names: Array<[string, string]>, };

export type PlacementRow = { 
/**
 * Under whom; absent at a top, or outside the tree.
 */
under: MemberHit | null, 
/**
 * In which leg of theirs.
 */
side: Side | null, 
/**
 * At the top of the left leg.
 */
left: MemberHit | null, 
/**
 * At the top of the right leg.
 */
right: MemberHit | null, 
/**
 * Legs as the last close left them.
 */
legs: Array<LegsRow>, };

export type PlacementSheet = { 
/**
 * True where the plan in force looks at this tree, or the member stands in it.
 */
used: boolean, 
/**
 * Where they stand.
 */
row: PlacementRow, 
/**
 * For a member who stands nowhere: the outermost free places under their sponsor.
 */
free: Array<FreePlace>, };

export type PlanChange = { 
/**
 * `plan`, `rank`, `rule`, `limit`, `rank_order` or `rule_order`.
 */
part: string, 
/**
 * Which rank, rule or limit.
 */
id: string | null, 
/**
 * Keys below it, outermost first; places in lists count from 1.
 */
path: Array<string>, 
/**
 * As it was; absent where there was nothing.
 */
before: JsonValue | null, 
/**
 * As it is; absent where there is nothing.
 */
after: JsonValue | null, };

export type PlanCheck = { 
/**
 * The plan as text of the plan language, every setting spelled out, as it would be kept.
 */
text: string, 
/**
 * BLAKE3 of it.
 */
hash: string, 
/**
 * The most of money received that it can ever pay, such as `26.00%`; absent where nothing bounds it.
 */
bound: string | null, 
/**
 * The same in millionths, rounded up.
 */
bound_ppm: number | null, 
/**
 * The lowest company limit as a share of money received, where one stands.
 */
limit: string | null, 
/**
 * Rule by rule, in the plan's order.
 */
rules: Array<PlanRuleBound>, 
/**
 * The chain that is paid most, as the engine ran it; absent where a chain is paid nothing.
 */
worst: WorstCase | null, 
/**
 * Findings of the compliance check.
 */
findings: Array<PlanFinding>, 
/**
 * By whose law.
 */
jurisdiction: string, 
/**
 * The law as of this date.
 */
as_of: string, 
/**
 * Names of the order amounts that it reads, `net` first.
 */
amounts: Array<string>, 
/**
 * Tags of orders that it asks for.
 */
tags: Array<string>, };

export type PlanDraft = { 
/**
 * JSON text of the plan language.
 */
text: string, 
/**
 * First business date.
 */
effective_from: string, 
/**
 * What the owner typed against each finding that has to be acknowledged.
 */
acknowledged: Array<Acknowledgement>, };

export type PlanFile = { 
/**
 * JSON text of the plan language.
 */
text: string, 
/**
 * Where to.
 */
path: string, };

export type PlanFinding = { 
/**
 * `block`, `confirm` or `info`.
 */
severity: string, 
/**
 * The rule of the check.
 */
rule: string, 
/**
 * JSON path of the field that it concerns, beginning at `plan`.
 */
path: string, 
/**
 * Its figures by name.
 */
params: { [key in string]: string }, 
/**
 * Its reason in English; screens own the words by `rule`.
 */
reason: string, 
/**
 * Source of law.
 */
law: string | null, };

export type PlanPair = { 
/**
 * As it was.
 */
before: string, 
/**
 * As it is.
 */
after: string, };

export type PlanRow = { 
/**
 * Counts from 1.
 */
version: number, 
/**
 * First business date.
 */
effective_from: string, 
/**
 * JSON text of the plan language.
 */
plan: string, 
/**
 * BLAKE3 of it, hexadecimal.
 */
hash: string, 
/**
 * Proved bound in millionths of money received.
 */
bound_ppm: number | null, };

export type PlanRuleBound = { 
/**
 * The rule.
 */
rule: string, 
/**
 * At most, such as `8.00%`; absent where nothing bounds it.
 */
bound: string | null, 
/**
 * The same in millionths, rounded up.
 */
bound_ppm: number | null, 
/**
 * What it follows from: a code and its figures, as exact decimals.
 */
why: JsonValue, };

export type PlanToRead = { "from": "file", 
/**
 * Its path.
 */
path: string, } | { "from": "text", 
/**
 * It.
 */
text: string, };

export type PlanTry = { 
/**
 * JSON text of the plan language.
 */
text: string, 
/**
 * Amounts of the order in minor units: `net` and whatever else the plan reads.
 */
amounts_minor: { [key in string]: number }, 
/**
 * Tags of the order.
 */
tags: Array<string>, 
/**
 * The chain: the buyer first, then each upline with rank and whether active.
 */
chain: Array<TryLink>, };

export type PlanUsed = { 
/**
 * Version in the shop.
 */
version: number, 
/**
 * First hexadecimal digits of its hash.
 */
hash: string, };

export type PlanVersion = { 
/**
 * As kept.
 */
row: PlanRow, 
/**
 * True for the version in force today.
 */
in_force: boolean, };

export type PointsCampaign = { 
/**
 * What the shop calls it.
 */
name: string, 
/**
 * First day, `YYYY-MM-DD`.
 */
from: string, 
/**
 * Last day, `YYYY-MM-DD`.
 */
to: string, 
/**
 * So many hundredths of what the goods earn otherwise: 200 is twice as much. From 100 to 1000.
 */
percent: number, 
/**
 * Only goods of these categories; all where empty.
 */
categories: Array<string>, };

export type PointsDay = { 
/**
 * Points that can be spent now.
 */
usable: number, 
/**
 * Points whose last day was over.
 */
expired: number, 
/**
 * Members whose birthday was honoured.
 */
birthdays: number, 
/**
 * Members who were thanked for somebody whom they brought in.
 */
referrals: number, };

export type PointsDraft = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * How many; below zero to take.
 */
points: number, 
/**
 * Why.
 */
reason: string, };

export type PointsExpiry = { "by": "never" } | { "by": "months", 
/**
 * 1 or more.
 */
months: number, } | { "by": "year_end", 
/**
 * 0 for the same year.
 */
years: number, };

export type PointsLiability = { 
/**
 * The points.
 */
owed: PointsOwed, 
/**
 * What they take off at the till, minor units, rounded up; absent where points take nothing off.
 */
worth_minor: number | null, };

export type PointsOwed = { 
/**
 * Members who hold points.
 */
members: number, 
/**
 * What they hold together.
 */
points: number, 
/**
 * Members in debt.
 */
debtors: number, 
/**
 * What these owe together, above zero.
 */
debt: number, 
/**
 * Points that cannot be spent yet.
 */
locked: number, 
/**
 * Points that ran out so far.
 */
expired: number, };

export type PointsPart = { 
/**
 * The last day, `YYYY-MM-DD`; absent where they never run out.
 */
good_until?: string, 
/**
 * How many.
 */
points: number, 
/**
 * The entry that they came in with.
 */
of: EntryId, };

export type PointsQuestion = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * Which rows.
 */
window: Window, };

export type PointsRow = { 
/**
 * Place in the journal.
 */
entry: number, 
/**
 * Place within the entry.
 */
line: number, 
/**
 * The shop's day.
 */
business_date: string, 
/**
 * Why.
 */
why: PointsWhy, 
/**
 * How many; below zero where they went. Of those that became usable: how many did.
 */
points: number, 
/**
 * Held afterwards, locked ones included.
 */
after: number, 
/**
 * How many of them were locked afterwards.
 */
locked_after: number, 
/**
 * First day on which what came in can be spent, where that is later.
 */
usable_from: string | null, 
/**
 * Last day of what came in, or was over.
 */
good_until: string | null, 
/**
 * Of what was taken back: how many had been spent, which the member now owes or has made up for.
 */
spent_before: number, 
/**
 * Which day in a row, where the member came by.
 */
streak: number | null, 
/**
 * Number of the receipt or credit note.
 */
number: string | null, 
/**
 * What was typed where it was by hand.
 */
reason: string | null, 
/**
 * Who did it.
 */
person: string | null, };

export type PointsRules = { 
/**
 * The amount that earns one point, in minor units; 0 earns nothing by amount.
 */
earn_per_minor: number, 
/**
 * What one point offsets, in millionths of a minor unit, so that 200 points may be worth 1.00; 0 means points cannot offset.
 */
value_micro: number, 
/**
 * Points are spent in multiples of this; at least 1.
 */
step: number, 
/**
 * The largest share of what is still due that points may offset, in millionths.
 */
max_share_ppm: number, 
/**
 * Points for a sale as such, whatever its amount.
 */
per_order: number, 
/**
 * Where not empty, only goods of these categories earn.
 */
categories: Array<string>, 
/**
 * Days that earned points stay locked, usually the return window; 0 for none. The quote passes it on, the ledger keeps it.
 */
lock_days: number, 
/**
 * Days on which goods earn more. Where several hold for a line, the highest counts.
 */
campaigns: Array<PointsCampaign>, };

export type PointsStatement = { 
/**
 * Usable, as the ledger says; below zero is a debt.
 */
held: number, 
/**
 * Locked, as the ledger says.
 */
locked: number, 
/**
 * Sum of all movements; equals `held` and `locked` together.
 */
moved: number, 
/**
 * What runs out, by last day, soonest first.
 */
running_out: Array<PointsPart>, 
/**
 * The movements.
 */
page: Page<PointsRow>, };

export type PointsTerms = { 
/**
 * When points that come from now on run out.
 */
expiry: PointsExpiry, 
/**
 * How many days ahead it is told.
 */
announce_days: number, 
/**
 * What coming by earns on the first day in a row, the second and so on; the last holds from then on. Empty: nothing.
 */
sign_in: Array<number>, 
/**
 * What a birthday brings; 0 for nothing.
 */
birthday: number, 
/**
 * What a member gets for bringing somebody in, once that one has bought and can bring nothing back any more; 0 for nothing.
 */
referral: number, 
/**
 * What a review of a purchase brings, once for each that can no longer come back; 0 for nothing.
 */
review: number, 
/**
 * What telling others of the shop brings, once a day; 0 for nothing.
 */
share: number, };

export type PointsWhy = "earned" | "spent" | "taken_back" | "given_back" | "by_hand" | "usable" | "expired" | "sign_in" | "birthday" | "level_gift" | "referral" | "merged" | "review" | "share";

export type PostDraft = { 
/**
 * Which.
 */
take: EntryId, 
/**
 * True where goods that nobody counted are not there.
 */
rest_is_zero: boolean, 
/**
 * Free text.
 */
note: string | null, };

export type PosterPdf = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * Where to.
 */
path: string, };

export type PreviewDraft = { 
/**
 * Of which occasion.
 */
occasion: Occasion, 
/**
 * The words.
 */
wording: Wording, 
/**
 * In which language.
 */
language: Tongue, 
/**
 * With whose name; the shop's first member where it is absent.
 */
member: MemberId | null, };

export type PriceVersion = { 
/**
 * First business date.
 */
from: string, 
/**
 * All of them.
 */
prices: ProductPrices, 
/**
 * When it was set, milliseconds since 1970 UTC.
 */
at_ms: number, 
/**
 * Name of who set it.
 */
by: string | null, };

export type PricesDraft = { 
/**
 * Which product.
 */
product: ProductId, 
/**
 * First business date; today where absent.
 */
from: string | null, 
/**
 * All of them; what is not here is no longer so.
 */
prices: ProductPrices, };

export type PrintFault = PrinterFault | QueueFault;

export type PrintRow = { 
/**
 * Its number.
 */
print: number, 
/**
 * `receipt`, `labels` or `page`.
 */
what: string, 
/**
 * What a person knows it by, such as the receipt's number.
 */
title: string, 
/**
 * Where it goes; absent where no printer is set for it.
 */
address: string | null, 
/**
 * Marked as a copy.
 */
copy: boolean, 
/**
 * When it was asked for.
 */
made_at_ms: number, 
/**
 * How it stands.
 */
state: PrintState, 
/**
 * How often it was tried.
 */
tries: number, 
/**
 * Why the last try failed.
 */
fault: PrintFault | null, };

export type PrintState = "waiting" | "printing" | "doubtful";

export type PrintedRow = { "kind": "text", 
/**
 * As printed, blanks included.
 */
text: string, 
/**
 * Its look.
 */
style: Style, 
/**
 * Its place.
 */
align: Align, } | { "kind": "qr", 
/**
 * What it says when scanned.
 */
data: string, 
/**
 * Its place.
 */
align: Align, } | { "kind": "picture", 
/**
 * Its dots.
 */
picture: Picture, 
/**
 * Its place.
 */
align: Align, } | { "kind": "feed", 
/**
 * How many.
 */
lines: number, } | { "kind": "drawer" } | { "kind": "cut" } | { "kind": "unknown", 
/**
 * The bytes.
 */
hex: string, };

export type Printer = { 
/**
 * How it is reached.
 */
line: PrinterLine, 
/**
 * `host:port`, port 9100 where none is given; or the name of the queue, or of the port.
 */
address: string, 
/**
 * Bits a second, for a serial port.
 */
baud: number, 
/**
 * Width of its paper.
 */
paper: PaperWidth, 
/**
 * True where it answers status questions; then a receipt counts as printed only once the printer says so.
 */
answers: boolean, 
/**
 * Kick the drawer when a tender was taken that lies in it.
 */
drawer: boolean, 
/**
 * True where the printer has no Chinese letters: the whole receipt is sent as a picture.
 */
picture: boolean, };

export type PrinterFault = { "code": "bad_address", 
/**
 * As set.
 */
address: string, } | { "code": "refused" } | { "code": "unreachable" } | { "code": "not_there", 
/**
 * As set.
 */
name: string, } | { "code": "not_allowed", 
/**
 * As set.
 */
name: string, 
/**
 * What the system said.
 */
reason: string, } | { "code": "stalled", 
/**
 * Bytes of the job taken before.
 */
sent: number, } | { "code": "closed_early", 
/**
 * Bytes of the job taken before.
 */
sent: number, } | { "code": "out_of_paper", 
/**
 * Bytes of the job taken before.
 */
sent: number, } | { "code": "lid_open", 
/**
 * Bytes of the job taken before.
 */
sent: number, };

export type PrinterLine = "network" | "system" | "serial";

export type ProductCard = { 
/**
 * The shop's own code, unique among products in use.
 */
code: string, 
/**
 * EAN-13, EAN-8 or UPC-A with a valid check digit.
 */
barcode: string | null, 
/**
 * Name on the screen and receipt.
 */
name: string, 
/**
 * Name in a second language.
 */
name_2: string | null, 
/**
 * Category, free text.
 */
category: string | null, 
/**
 * List price in minor units.
 */
price_minor: number, 
/**
 * Purchase cost in minor units.
 */
cost_minor: number | null, 
/**
 * Name of a tax class of the shop.
 */
tax: string | null, 
/**
 * True where a sale of it pays no commission (shopping bags, freight).
 */
no_commission: boolean, 
/**
 * Stock at which it is time to order, in thousandths; absent where nobody watches it.
 */
min_milli?: number, };

export type ProductDraft = { 
/**
 * Which to edit.
 */
product: ProductId | null, 
/**
 * Its card.
 */
card: ProductCard, 
/**
 * Stock that is there already, for a new product, in thousandths.
 */
opening_milli: number, };

export type ProductFilter = { 
/**
 * Start of a code, barcode, name, pinyin or initials; or a part of a name.
 */
search: string, 
/**
 * Only this category.
 */
category: string | null, 
/**
 * Only those taken off the list.
 */
archived: boolean, 
/**
 * Only those with stock at or below zero.
 */
out_of_stock: boolean, 
/**
 * Only those that ask for something to be done.
 */
list?: StockList, 
/**
 * `code`, `name`, `category`, `price`, `cost` or `stock`.
 */
sort: string | null, 
/**
 * Highest first.
 */
descending: boolean, };

export type ProductId = string;

export type ProductPrices = { 
/**
 * Prices by member level.
 */
level_prices: { [key in string]: SpecialPrice }, 
/**
 * Prices for a time.
 */
dated_prices: Array<DatedPrice>, 
/**
 * Prices from a quantity on.
 */
breaks: Array<QuantityBreak>, 
/**
 * How its sale earns points.
 */
earns: Earns, 
/**
 * Points that one piece costs as a gift 积分兑换; absent where it is not one.
 */
gift_points: number | null, 
/**
 * True for goods sold by weight or length.
 */
weighed: boolean, };

export type ProductRow = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * Its card.
 */
card: ProductCard, 
/**
 * On the shelf, in thousandths of a piece; below zero where more was sold than was booked.
 */
stock_milli: number, 
/**
 * Taken off the list.
 */
archived: boolean, };

export type ProductsQuestion = { 
/**
 * Which products, in which order.
 */
filter: ProductFilter, 
/**
 * Which rows.
 */
window: Window, };

export type PromotionDraft = { 
/**
 * Which to change.
 */
promotion: PromotionId | null, 
/**
 * Its whole terms.
 */
terms: PromotionTerms, };

export type PromotionId = string;

export type PromotionKind = { "spend": { 
/**
 * The steps.
 */
steps: Array<SpendStep>, 
/**
 * True for 每满减: one step with an amount, taken off each time the sum is reached.
 */
every: boolean, } } | { "coupon": { 
/**
 * Typed or scanned; capital letters and digits.
 */
code: string, 
/**
 * What it takes off.
 */
off: Off, 
/**
 * What the eligible lines must still cost, in minor units.
 */
over_minor: number, 
/**
 * How many sales may use it; absent means any number.
 */
limit: number | null, 
/**
 * How many sales of one member may use it; absent means any number.
 */
per_member: number | null, } };

export type PromotionRow = { 
/**
 * The promotion.
 */
promotion: PromotionId, 
/**
 * Its terms now.
 */
terms: PromotionTerms, 
/**
 * Sales that it took something off.
 */
used: number, 
/**
 * What it took off in all, in minor units.
 */
amount_minor: number, 
/**
 * Versions of its terms so far.
 */
versions: number, };

export type PromotionTerms = { 
/**
 * What clerk and customer read.
 */
name: string, 
/**
 * What it takes off, and when.
 */
kind: PromotionKind, 
/**
 * Which lines it is for.
 */
on: Eligible, 
/**
 * The most it takes off one sale, in minor units.
 */
max_minor: number | null, 
/**
 * First business date.
 */
first: string | null, 
/**
 * Last business date, included.
 */
last: string | null, 
/**
 * True once the shop ended it.
 */
stopped: boolean, };

export type PromotionUsed = { 
/**
 * The promotion.
 */
promotion: PromotionId, 
/**
 * Its name then.
 */
name: string, 
/**
 * The coupon's code, where it is one.
 */
code: string | null, 
/**
 * What it took off, in minor units.
 */
amount_minor: number, };

export type ProofApart = { 
/**
 * Who or what.
 */
of: ProofOf, 
/**
 * Report or statements; absent where the line has no such side.
 */
listed: number | null, 
/**
 * The ledger.
 */
ledger: number | null, 
/**
 * Payouts.
 */
payouts: number | null, };

export type ProofLine = "report" | "earnings" | "statements" | "carried" | "announced" | "paid" | "tax" | "owed" | "requested" | "approved" | "sent" | "paid_out" | "fees" | "everything";

export type ProofOf = { "kind": "member", 
/**
 * Who.
 */
member: MemberId, 
/**
 * Number on the card.
 */
number: string, 
/**
 * Name.
 */
name: string, } | { "kind": "entry", 
/**
 * Its place in the journal.
 */
entry: number, 
/**
 * Number of the receipt, or of the first statement in it.
 */
number: string | null, } | { "kind": "round", 
/**
 * 1, and one more after each reopening.
 */
round: number, } | { "kind": "nobody" };

export type ProofOfMonth = { 
/**
 * Sum of the report, exact, in millionths of a minor unit.
 */
report_micro: number, 
/**
 * Sum of the ledger's postings of the month's entries to pending commission.
 */
ledger_micro: number, 
/**
 * Net sales of the month in minor units.
 */
net_minor: number, };

export type ProofRow = { 
/**
 * What.
 */
line: ProofLine, 
/**
 * True where the figures are millionths of a minor unit; minor units otherwise.
 */
exact: boolean, 
/**
 * Report or statements; absent where the line has no such side.
 */
listed: number | null, 
/**
 * The ledger.
 */
ledger: number | null, 
/**
 * Payouts.
 */
payouts: number | null, 
/**
 * The largest side less the smallest.
 */
apart: number, 
/**
 * How many members or entries differ; above zero also where their differences add up to nothing.
 */
differing: number, 
/**
 * Those that differ, the largest difference first; at most fifty.
 */
apart_of: Array<ProofApart>, };

export type QuantityBreak = { 
/**
 * The least quantity on the line, in thousandths.
 */
from_qty_milli: number, 
/**
 * The price.
 */
price: SpecialPrice, };

export type QueueFault = { "code": "no_printer" } | { "code": "interrupted" } | { "code": "not_made", 
/**
 * English.
 */
reason: string, };

export type Quote = { 
/**
 * Lines in the draft's order.
 */
lines: Array<LineQuote>, 
/**
 * What each order discount took off, in the draft's order.
 */
discounts: Array<DiscountQuote>, 
/**
 * Goods after every discount and offset, in minor units; contains the tax where prices include it.
 */
goods_minor: number, 
/**
 * All tax, in the goods and on top of them.
 */
tax_minor: number, 
/**
 * The part of the tax that is added on top.
 */
tax_on_top_minor: number, 
/**
 * What the customer owes: goods and tax on top.
 */
due_minor: number, 
/**
 * What cash rounding adds (or, below zero, gives); 0 where no cash was handed over.
 */
cash_rounding_minor: number, 
/**
 * What to ask for if the whole rest is paid in cash, in minor units: `due` less the other tenders, rounded for cash.
 */
cash_asked_minor: number, 
/**
 * All tenders as handed over.
 */
paid_minor: number, 
/**
 * Cash given back.
 */
change_minor: number, 
/**
 * What is still missing, in minor units; 0 once the tenders cover it.
 */
missing_minor: number, 
/**
 * The tenders after change, one row per kind, in the order handed over.
 */
kept: Array<TenderKept>, 
/**
 * The step cash was rounded to, in minor units.
 */
cash_step_minor: number, 
/**
 * Points spent, on the offset and on gifts.
 */
points_spent: number, 
/**
 * What the points offset, in minor units.
 */
points_offset_minor: number, 
/**
 * Points earned.
 */
points_earned: number, 
/**
 * Days that they stay locked.
 */
points_lock_days: number, 
/**
 * Codes of the coupons that took something off and are used up by this sale.
 */
coupons_used: Array<string>, };

export type RankDecided = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * What an earlier close had given.
 */
before: string | null, 
/**
 * In force from now on, where none is given by hand.
 */
rank: string | null, 
/**
 * How it came about.
 */
how: RankHow, 
/**
 * The month in which it was last reached, `YYYY-MM`.
 */
since: string, 
/**
 * What the reached rank rests on.
 */
because: Array<Ground>, 
/**
 * What the next one wanted.
 */
missing: Array<Ground>, };

export type RankHow = "by_hand" | "reached" | "protected" | "kept" | "fell";

export type RankRow = { 
/**
 * The shop's day on which it was recorded.
 */
business_date: string, 
/**
 * The month that it followed from; absent where by hand.
 */
month: string | null, 
/**
 * Before.
 */
from: string | null, 
/**
 * After.
 */
to: string | null, 
/**
 * `by_hand`, `reached`, `protected`, `kept`, `fell`.
 */
how: string, 
/**
 * As typed where by hand; otherwise JSON with `because` and `missing`, lists of grounds.
 */
reason: string, };

export type RankTold = { 
/**
 * Number on the card.
 */
number: string, 
/**
 * Name.
 */
name: string, 
/**
 * The decision.
 */
decided: RankDecided, };

export type ReceiveDraft = { 
/**
 * Which product.
 */
product: ProductId, 
/**
 * Thousandths of a piece.
 */
qty_milli: number, 
/**
 * Cost of one in minor units.
 */
cost_minor: number | null, 
/**
 * Delivery note or supplier.
 */
note: string | null, 
/**
 * Where the goods go; absent for the shop floor.
 */
location?: LocationId, };

export type ReceivedLine = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * Its code then.
 */
code: string, 
/**
 * Its name then.
 */
name: string, 
/**
 * Thousandths of a piece, above zero.
 */
qty_milli: number, 
/**
 * What the whole line cost, in minor units.
 */
cost_minor: number, 
/**
 * The part of it for goods that had been sold before they were booked in.
 */
late_minor: number, };

export type Reconciliation = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * True where its statements are released and nobody opened it again: they cover everything that was earned in it.
 */
closed: boolean, 
/**
 * Of what its statements owe after tax, taken out by payouts.
 */
taken_minor: number, 
/**
 * Of what its statements owe after tax, payable still.
 */
payable_minor: number, 
/**
 * The month's lines.
 */
month_rows: Array<ProofRow>, 
/**
 * All payouts until now, whichever month they paid.
 */
payout_rows: Array<ProofRow>, };

export type RecoveryKey = { 
/**
 * Seven groups of four signs.
 */
groups: Array<string>, 
/**
 * Which two groups are to be typed as the proof, counted from 0.
 */
asked: Array<number>, };

export type RecoveryProof = { 
/**
 * The two groups, in order.
 */
groups: Array<string>, };

export type Refund = { 
/**
 * `cash`, `card`, `wechat` … as on a sale.
 */
kind: string, 
/**
 * In minor units, above zero.
 */
amount_minor: number, 
/**
 * Reference of an outside payment.
 */
reference?: string | null, 
/**
 * How much of it goes back to the member's bonus; absent for everything but stored value.
 */
bonus_minor?: number, 
/**
 * The voucher that it goes to.
 */
voucher?: VoucherBack, };

export type Remark = { "code": "missing", 
/**
 * Which.
 */
field: Field, } | { "code": "not_a_number", 
/**
 * Which field.
 */
field: Field, 
/**
 * As it stands.
 */
text: string, } | { "code": "rounded", 
/**
 * Which field.
 */
field: Field, 
/**
 * As it stands.
 */
text: string, } | { "code": "too_large", 
/**
 * Which field.
 */
field: Field, 
/**
 * As it stands.
 */
text: string, } | { "code": "below_zero", 
/**
 * Which field.
 */
field: Field, 
/**
 * As it stands.
 */
text: string, } | { "code": "not_a_date", 
/**
 * As it stands.
 */
text: string, } | { "code": "ambiguous_date", 
/**
 * As it stands.
 */
text: string, } | { "code": "not_yes_or_no", 
/**
 * As it stands.
 */
text: string, } | { "code": "name_missing" } | { "code": "barcode_shape", 
/**
 * As it stands.
 */
barcode: string, } | { "code": "barcode_check_digit", 
/**
 * As it stands.
 */
barcode: string, 
/**
 * The digit that would fit.
 */
expected: string, } | { "code": "phone_shape", 
/**
 * As it stands.
 */
phone: string, } | { "code": "duplicate", 
/**
 * Which field.
 */
field: Field, 
/**
 * The value.
 */
value: string, 
/**
 * Row of the first.
 */
first_row: number, } | { "code": "unknown_sponsor", 
/**
 * The sponsor's number.
 */
number: string, } | { "code": "sponsor_cycle", 
/**
 * Numbers from this member up, back to this member.
 */
numbers: Array<string>, 
/**
 * Their rows.
 */
rows: number[], } | { "code": "duplicate_line", 
/**
 * The earlier row.
 */
first_row: number, } | { "code": "other_time", 
/**
 * Row of the first line.
 */
first_row: number, } | { "code": "other_customer", 
/**
 * Row of the first line.
 */
first_row: number, } | { "code": "invoice_incomplete", 
/**
 * Row of the rejected line.
 */
rejected_row: number, } | { "code": "lost_digits", 
/**
 * Which field.
 */
field: Field, } | { "code": "undecodable", 
/**
 * Which field.
 */
field: Field, } | { "code": "cell_error", 
/**
 * Which field.
 */
field: Field, };

export type ReopenDraft = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Why.
 */
reason: string, };

export type ReportFile = { 
/**
 * As it was shown.
 */
text: string, 
/**
 * Where.
 */
path: string, };

export type ReprintDraft = { 
/**
 * Which; the newest sale of this till where absent.
 */
sale: SaleId | null, };

export type RestoreDraft = { 
/**
 * The file.
 */
path: string, 
/**
 * Its recovery key as typed, where this device does not have it.
 */
recovery_key: string | null, };

export type ResultDraft = { 
/**
 * The file.
 */
path: string, 
/**
 * False only looks; true records what was found.
 */
apply: boolean, };

export type ResultLine = { 
/**
 * Line of the file.
 */
line: number, 
/**
 * The payout's number, as read.
 */
number: string, 
/**
 * Whose, where it is known.
 */
name: string, 
/**
 * What is odd.
 */
oddity: Oddity, 
/**
 * What the file says.
 */
said: string, };

export type ResultTold = { 
/**
 * Lines read.
 */
lines: number, 
/**
 * Lines whose payout was paid.
 */
paid: number, 
/**
 * What arrived, in minor units.
 */
paid_minor: number, 
/**
 * Lines whose payout failed.
 */
failed: number, 
/**
 * What goes back to what is payable, in minor units.
 */
failed_minor: number, 
/**
 * Each line that is not simply paid.
 */
odd: Array<ResultLine>, };

export type ReturnDraft = { 
/**
 * Chosen when the return was begun: recording it twice records one.
 */
returned: ReturnId, 
/**
 * What came back.
 */
what: ReturnWhat, 
/**
 * Where the money goes, for goods whose tenders are not known.
 */
refund_to?: TenderKind, 
/**
 * Why it came back, as typed.
 */
reason?: string, 
/**
 * Somebody's yes to what the clerk may not do alone.
 */
approval?: Approval, };

export type ReturnId = string;

export type ReturnQuoteAnswer = { 
/**
 * The return as it would be recorded, without a number.
 */
returned: SaleReturned, 
/**
 * Money in hand or on the tenders, cash rounding included.
 */
given_minor: number, 
/**
 * The member's points afterwards; below zero is a debt.
 */
points_after: number | null, 
/**
 * True where whoever is signed in needs an approver.
 */
needs_approver: boolean, };

export type ReturnReceipt = { 
/**
 * The return as recorded.
 */
returned: SaleReturned, 
/**
 * The credit note, row by row.
 */
rows: Array<PrintedRow>, 
/**
 * True if it went to a printer; how that ended is told later.
 */
printing: boolean, };

export type ReturnSheet = { 
/**
 * The sale as listed.
 */
row: SaleRow, 
/**
 * Its lines.
 */
lines: Array<ReturnableLine>, 
/**
 * Its returns so far, oldest first.
 */
returns: Array<SaleRow>, 
/**
 * Days since the sale.
 */
age_days: number, 
/**
 * Days within which goods come back without asking; 0 for any number.
 */
window_days: number, 
/**
 * True where a clerk needs an approver because those days are over.
 */
late: boolean, 
/**
 * False for a document of an earlier system, whose tenders are not known.
 */
own: boolean, 
/**
 * Its buyer as they are today, to whom new goods in an exchange are sold.
 */
buyer: MemberRow | null, };

export type ReturnWhat = { "by": "receipt", 
/**
 * The sale.
 */
sale: SaleId, 
/**
 * How much of which line.
 */
lines: Array<ReturnedPieces>, } | { "by": "no_receipt", 
/**
 * What they are and what was paid for them.
 */
lines: Array<UnreceiptedPieces>, };

export type ReturnableLine = { 
/**
 * The line, from 0.
 */
line: number, 
/**
 * The product, to be recognised when it is scanned; absent where the line is no goods.
 */
product: ProductId | null, 
/**
 * Its code then.
 */
code: string, 
/**
 * Its name then.
 */
name: string, 
/**
 * Thousandths sold.
 */
sold_milli: number, 
/**
 * Thousandths that may still come back.
 */
left_milli: number, 
/**
 * Price of one then.
 */
unit_minor: number, 
/**
 * What was paid for the line.
 */
net_minor: number, };

export type ReturnedLine = { 
/**
 * Which line of the sale, from 0; absent without a receipt.
 */
line?: number | null, 
/**
 * The product.
 */
product: ProductId, 
/**
 * Its code then.
 */
code: string, 
/**
 * Its name then.
 */
name: string, 
/**
 * Thousandths of a piece, above zero.
 */
qty_milli: number, 
/**
 * Price of one as on the sale.
 */
unit_minor: number, 
/**
 * What is given back for it, without tax on top.
 */
net_minor: number, 
/**
 * Tax in it or on top of it.
 */
tax_minor: number, 
/**
 * What commission's base falls by.
 */
base_minor: number, 
/**
 * Earned points taken back.
 */
points_taken: number, 
/**
 * Spent points given back.
 */
points_given: number, 
/**
 * Where the goods went.
 */
to: ReturnedTo, 
/**
 * What they had cost the shop when they left, in minor units: they come back to the shelf with that value, and what is damaged loses it.
 */
cost_minor?: number, };

export type ReturnedPieces = { 
/**
 * The line, from 0.
 */
line: number, 
/**
 * Thousandths of a piece.
 */
qty_milli: number, 
/**
 * Where the goods go.
 */
to: ReturnedTo, };

export type ReturnedTo = "shelf" | "damaged";

export type RevalueDraft = { 
/**
 * Which product.
 */
product: ProductId, 
/**
 * Minor units for all that is on hand.
 */
value_minor: number, 
/**
 * Why.
 */
note: string | null, };

export type ReviewBy = "rule" | "rank" | "depth" | "product" | "branch" | "member";

export type ReviewFile = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * By what.
 */
by: ReviewBy, 
/**
 * Whose branches; the largest of the shop where absent.
 */
top: MemberId | null, 
/**
 * Where to; `.xlsx` or `.csv` decides the format.
 */
path: string, };

export type ReviewPart = { 
/**
 * By what.
 */
by: ReviewBy, 
/**
 * The largest.
 */
rows: Array<ReviewRow>, 
/**
 * Everything else together: with the rows it is the whole, to the millionth.
 */
rest: [number, number, number], 
/**
 * For branches: the top of the branch that these are parts of; absent for the whole shop.
 */
within: ReviewRow | null, };

export type ReviewQuestion = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Whose branches; the largest of the shop where absent.
 */
top: MemberId | null, };

export type ReviewRow = { 
/**
 * Rule, rank, depth in digits, name of a product or member; empty for what has none.
 */
name: string, 
/**
 * Code of the product or number of the card; empty for everything else.
 */
number: string, 
/**
 * The member, or the top of the branch.
 */
member: MemberId | null, 
/**
 * Members below the top of a branch; 0 for everything else.
 */
below: number, 
/**
 * The three months.
 */
amounts: [number, number, number], };

export type RiskPage = { 
/**
 * The rows: what waits first, then by amount.
 */
page: Page<RiskRow>, 
/**
 * How many wait for a decision.
 */
waiting: number, 
/**
 * How many are held, or will be at the release.
 */
held: number, 
/**
 * True once the month is released: what is held can be passed, nothing more can be held here.
 */
released: boolean, 
/**
 * Why the outside risk service was not heard of the month that is worked out.
 */
outside_fault: MessageFault | null, 
/**
 * Names of everyone that the signs mention.
 */
names: Array<[MemberId, string]>, };

export type RiskQuestion = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Which rows.
 */
window: Window, };

export type RiskRow = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * Number on the card.
 */
number: string, 
/**
 * Name.
 */
name: string, 
/**
 * Round of the close.
 */
round: number, 
/**
 * What the statement pays after tax, in minor units; absent once it is released.
 */
net_minor: number | null, 
/**
 * The signs.
 */
signs: Array<RiskSign>, 
/**
 * What was decided last; absent where nobody did.
 */
verdict: Ruling | null, 
/**
 * Why, as typed.
 */
reason: string, 
/**
 * By whom, and the shop's day.
 */
by: string | null, 
/**
 * The shop's day of the decision.
 */
business_date: string, 
/**
 * What is held of the released statement, in minor units.
 */
held_minor: number, };

export type RiskService = { 
/**
 * Its address; empty for none.
 */
address: string, 
/**
 * True where this device's keyring has a secret to sign with.
 */
has_secret: boolean, };

export type RiskServiceDraft = { 
/**
 * Its address; empty for none.
 */
address: string, 
/**
 * A new secret of 16 signs or more; absent to keep the one that is there.
 */
secret: string | null, };

export type RiskSign = { "sign": "own_purchases", 
/**
 * On own purchases.
 */
own_micro: number, 
/**
 * In all.
 */
earned_micro: number, } | { "sign": "shared_phone", 
/**
 * Whose.
 */
others: Array<MemberId>, } | { "sign": "shared_account", 
/**
 * Whose.
 */
others: Array<MemberId>, } | { "sign": "returned_late", 
/**
 * What that took back.
 */
returned_micro: number, 
/**
 * Earned in the month.
 */
earned_micro: number, } | { "sign": "rushed", 
/**
 * What was earned on it.
 */
rushed_micro: number, 
/**
 * Earned in the month.
 */
earned_micro: number, } | { "sign": "jump", 
/**
 * Earned in the month.
 */
earned_micro: number, 
/**
 * On average in the six months before.
 */
average_micro: number, } | { "sign": "bought_more", 
/**
 * Own purchases.
 */
bought_minor: number, 
/**
 * What the branch below bought.
 */
sold_minor: number, } | { "sign": "ring", 
/**
 * On those purchases.
 */
ring_micro: number, 
/**
 * Earned in the month.
 */
earned_micro: number, } | { "sign": "sign_ins", 
/**
 * On so many days of the month.
 */
days: number, } | { "sign": "outside", 
/**
 * In its words.
 */
says: string, };

export type RiskTerms = { 
/**
 * Months that pay less than this are not looked at, in minor units.
 */
least_minor: number, 
/**
 * Commission on own purchases is this share of the month's or more, in millionths.
 */
own_ppm: number, 
/**
 * The telephone number is another member's too.
 */
shared_phone: boolean, 
/**
 * The account for payouts is another member's too.
 */
shared_account: boolean, 
/**
 * Returns took back this share, in millionths, of what was earned before the month was closed, or more.
 */
returned_ppm: number, 
/**
 * Days before the end of a month: what was sold in them and came back after it …
 */
rushed_days: number, 
/**
 * … earned this share of the month's commission or more, in millionths.
 */
rushed_ppm: number, 
/**
 * The month's commission is so many times the member's average of the six months before, in millionths: 5,000,000 is five times.
 */
jump_ppm: number, 
/**
 * Own purchases are so many times what the branch below bought, in millionths.
 */
bought_ppm: number, 
/**
 * Commission on purchases of members with the same telephone number or account is this share of the month's or more, in millionths.
 */
ring_ppm: number, 
/**
 * The member came by for points on so many days of the month, or more, and bought nothing.
 */
sign_in_days: number, };

export type Role = "clerk" | "manager" | "owner";

export type RowRemark = { 
/**
 * Line of the file, counted from 1, header included.
 */
row: number, 
/**
 * Whether the row was taken.
 */
verdict: Verdict, 
/**
 * What there is to say.
 */
remark: Remark, };

export type Ruling = "passed" | "held" | "noted";

export type RunDraft = { 
/**
 * The month it is written down for, `YYYY-MM`; absent for none.
 */
month: string | null, 
/**
 * Only these members; empty for everyone.
 */
members: Array<MemberId>, };

export type RunTold = { 
/**
 * Payouts.
 */
payouts: number, 
/**
 * Their sum, fees included, in minor units.
 */
amount_minor: number, 
/**
 * Members that were left out because something stands against it.
 */
left: number, };

export type RunningOut = { 
/**
 * Whose.
 */
member: MemberHit, 
/**
 * How many of them run out up to the day asked for.
 */
points: number, 
/**
 * The first last day among them.
 */
good_until: string, };

export type RunningOutAnswer = { 
/**
 * Up to and on this day.
 */
until: string, 
/**
 * Whose, those that run out first before the others.
 */
rows: Array<RunningOut>, 
/**
 * True where there are more members than are told.
 */
more: boolean, };

export type Safety = { 
/**
 * The folder of the copies.
 */
folder: string, 
/**
 * The copies, newest first.
 */
copies: Array<BackupRow>, 
/**
 * Why the last try to make one failed; absent after one that did not.
 */
fault: Failure | null, 
/**
 * True once somebody proved that the recovery key is on paper.
 */
recovery_proved: boolean, 
/**
 * The unlocked books of an earlier version that still lie beside the file.
 */
plain_copy: string | null, };

export type SaleDraft = { 
/**
 * Chosen when the ticket was opened: recording it twice records one sale.
 */
sale: SaleId, 
/**
 * Lines in the order they were scanned; `product` is a product's id.
 */
lines: Array<DraftLine>, 
/**
 * Discounts of the whole order, in order.
 */
discounts: Array<OrderDiscount>, 
/**
 * Points that the buyer wants to offset.
 */
points: number, 
/**
 * The buyer.
 */
member: MemberId | null, 
/**
 * How it is paid; empty while it is only priced.
 */
tenders: Array<TenderDraft>, 
/**
 * Somebody's yes to what goes past the seller's own limit.
 */
approval?: Approval, 
/**
 * Who served the customer, where that is not whoever takes the money.
 */
salesperson?: PersonId, };

export type SaleFilter = { 
/**
 * Start of a number.
 */
search: string, 
/**
 * First day.
 */
from: string | null, 
/**
 * Last day.
 */
to: string | null, 
/**
 * Only this buyer's.
 */
member: MemberId | null, 
/**
 * Only what this person sold.
 */
person: PersonId | null, 
/**
 * Only what was paid with this tender, wholly or partly.
 */
tender: string | null, 
/**
 * Only sales of this kind.
 */
kind: SaleKind | null, };

export type SaleId = string;

export type SaleKind = "till" | "imported" | "returned";

export type SalePaper = "receipt" | "delivery";

export type SalePdf = { 
/**
 * Which.
 */
sale: SaleId, 
/**
 * As what.
 */
paper: SalePaper, 
/**
 * Where to.
 */
path: string, };

export type SaleReceipt = { 
/**
 * The sale as recorded.
 */
sale: SaleRecorded, 
/**
 * The receipt, row by row, as the printer's own bytes read.
 */
rows: Array<PrintedRow>, 
/**
 * True if it went to a printer; how that ended is told later.
 */
printing: boolean, };

export type SaleRecorded = { 
/**
 * The sale; chosen when the ticket was opened, so that asking twice records once.
 */
sale: SaleId, 
/**
 * Receipt number: till code, chain letter, counter. Never printed twice.
 */
number: string, 
/**
 * Name of the till.
 */
till: string, 
/**
 * The buyer.
 */
member: MemberId | null, 
/**
 * Lines in the order they were scanned.
 */
lines: Array<SoldLine>, 
/**
 * Goods after all discounts, in minor units; contains the tax where prices include it.
 */
goods_minor: number, 
/**
 * Tax in it or on top of it.
 */
tax_minor: number, 
/**
 * What was asked for, cash rounding included.
 */
due_minor: number, 
/**
 * What cash rounding added (or, below zero, gave).
 */
rounding_minor: number, 
/**
 * The step cash was rounded to, in minor units; 0 or 1 for none.
 */
cash_step_minor: number, 
/**
 * How it was paid; cash as handed over.
 */
tenders: Array<TenderTaken>, 
/**
 * Cash given back.
 */
change_minor: number, 
/**
 * Points the buyer earned.
 */
points_earned: number, 
/**
 * Points the buyer spent.
 */
points_spent: number, 
/**
 * By which plan the upline earned.
 */
plan: PlanUsed | null, 
/**
 * The buyer and everyone above, nearest first, as they stood.
 */
chain: Array<ChainLink>, 
/**
 * What each upline earned and why.
 */
earned: Array<Earned>, 
/**
 * Who agreed to what went past the seller's own limit; absent where nothing did.
 */
approved_by?: PersonId | null, 
/**
 * Categories of the goods that count for commission, as they stood: the tags that rules can ask for.
 */
tags?: Array<string>, 
/**
 * The shift whose drawer took the cash; decided in the sale's own transaction, so a sale in the closing minute belongs to exactly one.
 */
shift?: ShiftId | null, 
/**
 * Who served the customer, where that is not whoever took the money.
 */
salesperson?: PersonId, 
/**
 * Promotions and coupons that took something off.
 */
promotions?: Array<PromotionUsed>, 
/**
 * The place that the goods left; absent for the shop floor.
 */
location?: LocationId, 
/**
 * First day on which the earned points can be spent; absent where they can be at once.
 */
points_usable_from?: string, 
/**
 * Last day of the earned points; absent where they never run out.
 */
points_good_until?: string, 
/**
 * The spent points by where they came from; absent where none of them runs out.
 */
points_parts?: Array<PointsPart>, };

export type SaleReturned = { 
/**
 * The return; chosen when it was begun, so that asking twice records once.
 */
returned: ReturnId, 
/**
 * Number of the credit note, in the same count as receipts: no number is printed twice.
 */
number: string, 
/**
 * Name of the till.
 */
till: string, 
/**
 * The sale that came back; absent where nobody could show a receipt.
 */
sale?: SaleId | null, 
/**
 * Its number.
 */
sale_number?: string | null, 
/**
 * Its buyer.
 */
member?: MemberId | null, 
/**
 * What came back.
 */
lines: Array<ReturnedLine>, 
/**
 * True where with it everything of the sale has come back.
 */
whole?: boolean, 
/**
 * What the customer is owed, tax on top included, before cash rounding; in minor units.
 */
refund_minor: number, 
/**
 * The goods' part of it, as the sale's `goods_minor`: contains the tax where prices included it.
 */
goods_minor: number, 
/**
 * Tax in it or on top of it.
 */
tax_minor: number, 
/**
 * What cash rounding added (or, below zero, kept).
 */
rounding_minor: number, 
/**
 * How it was given back.
 */
refunds: Array<Refund>, 
/**
 * Earned points taken back, whatever the member has left: what is short is a debt.
 */
points_taken: number, 
/**
 * Spent points given back.
 */
points_given: number, 
/**
 * By which plan the upline had earned.
 */
plan?: PlanUsed | null, 
/**
 * What each upline's earning falls by: the sale's earnings in their order, base and amount zero or below.
 */
earned?: Array<Earned>, 
/**
 * Why the goods came back, in the words of whoever took them.
 */
reason?: string | null, 
/**
 * Who agreed to what the clerk may not do alone.
 */
approved_by?: PersonId | null, 
/**
 * The sale that was settled together with it, in an exchange.
 */
exchanged_for?: SaleId | null, 
/**
 * The shift whose drawer gave the cash back; decided in the return's own transaction.
 */
shift?: ShiftId | null, 
/**
 * The place that the goods had left and come back to; absent for the shop floor.
 */
location?: LocationId, 
/**
 * How many of the points taken back were still locked.
 */
points_from_locked?: number, 
/**
 * How many of the points taken back had run out already: they are not taken once more.
 */
points_expired?: number, 
/**
 * The points given back by where they came from; absent where none of them runs out.
 */
points_parts?: Array<PointsPart>, };

export type SaleRow = { 
/**
 * The sale.
 */
sale: SaleId, 
/**
 * Receipt number, or the number in the earlier system.
 */
number: string, 
/**
 * Name of the earlier system, where it was brought in.
 */
source: string | null, 
/**
 * The shop's day.
 */
business_date: string, 
/**
 * When, milliseconds since 1970 UTC.
 */
at_ms: number, 
/**
 * Buyer's name, where a member.
 */
member: string | null, 
/**
 * Pieces in thousandths.
 */
pieces_milli: number, 
/**
 * Net in minor units.
 */
net_minor: number, 
/**
 * Commission on it, exact, in millionths of a minor unit.
 */
earned_micro: number, 
/**
 * Name of who sold; empty where nobody was signed in, or the document was brought in.
 */
clerk: string, 
/**
 * Discounts given, in minor units.
 */
discount_minor: number, 
/**
 * What it was paid with, kinds in order of name; empty for a document that was brought in.
 */
tenders: Array<string>, 
/**
 * True for goods that came back.
 */
is_return: boolean, 
/**
 * Number of the sale that came back, on a return with a receipt.
 */
origin: string | null, 
/**
 * How much of the sale has come back, in minor units, zero or above.
 */
returned_minor: number, 
/**
 * How many pieces of it, in thousandths.
 */
returned_milli: number, };

export type SaleSheet = { 
/**
 * As recorded; absent for a document of an earlier system.
 */
sale: SaleRecorded | null, 
/**
 * As listed.
 */
row: SaleRow, 
/**
 * The receipt as a copy.
 */
rows: Array<PrintedRow>, 
/**
 * As recorded, where it is goods that came back.
 */
returned: SaleReturned | null, 
/**
 * What came back of it, oldest first.
 */
returns: Array<SaleRow>, };

export type SalesExport = { 
/**
 * Which sales.
 */
filter: SaleFilter, 
/**
 * Where to; `.xlsx` or `.csv` decides the format.
 */
path: string, };

export type SalesList = { 
/**
 * The rows asked for.
 */
page: Page<SaleRow>, 
/**
 * Sums under the same filter.
 */
totals: TradeTotals, };

export type SalesQuestion = { 
/**
 * Which sales.
 */
filter: SaleFilter, 
/**
 * Which rows.
 */
window: Window, };

export type SalesSummary = { 
/**
 * Sales.
 */
sales: number, 
/**
 * Customers named in them.
 */
customers: number, 
/**
 * Lines without a customer.
 */
walk_in_lines: number, 
/**
 * All lines.
 */
total: KindSum, 
/**
 * By kind of line.
 */
by_kind: { [key in ImportedKind]?: KindSum }, 
/**
 * By month of the line, `2011-12`, and kind.
 */
by_month: { [key in string]: { [key in ImportedKind]?: KindSum } }, 
/**
 * By what the number's prefix says of the sale.
 */
by_prefix: { [key in NumberPrefix]?: KindSum }, 
/**
 * Sum of all lines in minor units less their exact sum, in millionths of a minor unit.
 */
rounding_micro: number, };

export type Scanned = { "scan": "product", 
/**
 * It.
 */
product: ProductRow, } | { "scan": "several", 
/**
 * They.
 */
products: Array<ProductRow>, } | { "scan": "label", 
/**
 * It.
 */
product: ProductRow, 
/**
 * Goes with the line, which is priced by it.
 */
label: string, 
/**
 * Thousandths.
 */
qty_milli: number, 
/**
 * The amount printed, in minor units.
 */
price_minor: number | null, } | { "scan": "coupon", 
/**
 * Its code as it is compared.
 */
coupon: string, 
/**
 * Its name.
 */
name: string, } | { "scan": "voucher", 
/**
 * It.
 */
voucher: VoucherRow, } | { "scan": "member", 
/**
 * Who.
 */
member: MemberHit, } | { "scan": "sale", 
/**
 * It.
 */
sale: SaleRow, } | { "scan": "unknown", 
/**
 * As scanned.
 */
code: string, };

export type SendDraft = { 
/**
 * Everything approved of this channel.
 */
channel: string, 
/**
 * Where the file goes.
 */
path: string, };

export type Sending = "off" | "here" | "elsewhere";

export type Session = { 
/**
 * The person.
 */
person: PersonId, 
/**
 * As shown.
 */
name: string, 
/**
 * What they may do.
 */
role: Role, };

export type Settings = { 
/**
 * The shop's name, on receipts and in the window.
 */
shop_name: string, 
/**
 * Language of paper and of sheets: `zh-CN` or `en`.
 */
language: Language, 
/**
 * Where the shop is; printed under its name.
 */
address: string, 
/**
 * The shop's telephone; printed under its name.
 */
telephone: string, 
/**
 * The shop's tax number; printed under its name.
 */
tax_number: string, 
/**
 * Tax classes by name.
 */
taxes: { [key in string]: TaxClass }, 
/**
 * How points are earned and spent; absent: the shop has none.
 */
points: PointsRules | null, 
/**
 * Smallest step of cash in minor units; 0 for none.
 */
cash_rounding_minor: number, 
/**
 * The receipt printer of this device.
 */
printer: Printer | null, 
/**
 * The label printer of this device.
 */
label_printer: LabelPrinter | null, 
/**
 * The picture over the shop's name on receipts.
 */
logo: Picture | null, 
/**
 * Lines on receipts under the shop's name, address, telephone and tax number.
 */
receipt_header: Array<string>, 
/**
 * Lines at the foot of receipts.
 */
receipt_footer: Array<string>, 
/**
 * Seconds without a command after which the window asks for a PIN again; 0 for never.
 */
idle_lock_seconds: number, 
/**
 * Country code given to national telephone numbers, digits only.
 */
country_code: string, 
/**
 * Largest share that a clerk may take off by hand, in millionths.
 */
clerk_discount_ppm: number, 
/**
 * Days within which goods come back without asking; later a manager has to agree. 0 for any number.
 */
return_days: number, 
/**
 * Law by which plans are checked: `CN`, `EU`, `US` or `none`.
 */
jurisdiction: string, 
/**
 * Every tender the shop has or had, those offered at the till first to last as they stand there.
 */
tenders: Array<TenderTerms>, 
/**
 * Ranks that were not reached again fall at a month's close; otherwise they stay.
 */
rank_demotion: boolean, 
/**
 * Months after the last in which a rank was reached, during which it does not fall.
 */
rank_protection_months: number, 
/**
 * How the shop uses shifts.
 */
shifts: ShiftSettings, 
/**
 * What each member level is worth: its share of every list price, and its multiplier of points.
 */
levels: { [key in string]: LevelTerms }, 
/**
 * How the shop's scales fill their labels, such as `22IIIIIPPPPPC`.
 */
scale_labels: Array<string>, 
/**
 * How the shop keeps stored value.
 */
balance: BalanceSettings, 
/**
 * How the shop keeps vouchers.
 */
vouchers: VoucherSettings, 
/**
 * Products on the till's quick keys, in order.
 */
quick_keys: Array<ProductId>, 
/**
 * The terms of payouts.
 */
payouts: PayoutTerms, 
/**
 * When points run out, and what is given without a purchase.
 */
points_terms: PointsTerms, 
/**
 * Where one group of members ends and the next begins.
 */
groups: GroupTerms, 
/**
 * Who may name a member's sponsor at the till, and for how long it holds.
 */
binding: BindingTerms, 
/**
 * Kept views of the member list: name and filter, in order of name.
 */
member_views: { [key in string]: MemberFilter }, 
/**
 * When a member's month is worth a look before it is paid.
 */
risk: RiskTerms, 
/**
 * What brings growth, and what happens to those who do not keep their level.
 */
growth: GrowthTerms, 
/**
 * What members are told of, in which words, and which device sends.
 */
messages: MessageTerms, };

export type SettleDraft = { 
/**
 * Which.
 */
payouts: Array<PayoutId>, 
/**
 * `paid`, `failed` or `returned`.
 */
to: PayoutState, 
/**
 * Why, where it did not arrive.
 */
reason: string, 
/**
 * The bank's number.
 */
reference: string, };

export type SetupState = { 
/**
 * The shop, where there is one.
 */
shop: ShopCard | null, 
/**
 * Who is signed in at this window.
 */
session: Session | null, 
/**
 * What keeps the shop closed: the keyring's complaint, where a passphrase is needed.
 */
needs_passphrase: string | null, 
/**
 * True where a passphrase was set on this device before.
 */
has_vault: boolean, 
/**
 * The books that wait for their recovery key: where they are.
 */
locked: string | null, };

export type SheetFound = { "kind": "csv", 
/**
 * Name of the encoding.
 */
encoding: string, 
/**
 * The delimiter.
 */
delimiter: Delimiter, 
/**
 * True where the file was packed as xz.
 */
packed: boolean, } | { "kind": "workbook", 
/**
 * Its sheets.
 */
sheets: Array<string>, 
/**
 * The one that is read.
 */
sheet: string, };

export type SheetKind = "products" | "members" | "sales";

export type SheetOptions = { 
/**
 * Name of an encoding, as `UTF-8`, `GB18030`, `Big5` (WHATWG labels).
 */
encoding: string | null, 
/**
 * What stands between the fields of a CSV.
 */
delimiter: Delimiter | null, 
/**
 * Name of a sheet of a workbook; the first one unless chosen.
 */
sheet: string | null, };

export type SheetPreview = { 
/**
 * What the file was taken for.
 */
found: SheetFound, 
/**
 * The titles of its columns.
 */
header: Array<string>, 
/**
 * At most 20 rows.
 */
rows: Array<SheetRow>, };

export type SheetRow = { 
/**
 * Line of the file or row of the sheet, counted from 1, header included.
 */
number: number, 
/**
 * Its cells, as many as the row has.
 */
cells: Array<string>, 
/**
 * What was lost before the cells got here.
 */
notes: Array<CellNote>, };

export type ShiftClosed = { 
/**
 * The shift.
 */
shift: ShiftId, 
/**
 * Number of the report: `Z`, till code, chain letter, counter. Never given twice.
 */
number: string, 
/**
 * Name of the till.
 */
till: string, 
/**
 * The cash as it was counted, largest piece first.
 */
cash: Array<CountedPieces>, 
/**
 * Cash counted, in minor units.
 */
counted_minor: number, 
/**
 * Cash that the ledger expected, in minor units.
 */
expected_minor: number, 
/**
 * Why counted and expected differ, where a person said so.
 */
reason?: string | null, 
/**
 * Other tenders, expected and, where the shop counts them, counted.
 */
tenders?: Array<CountedTender>, };

export type ShiftFigures = { 
/**
 * Receipts.
 */
receipts: number, 
/**
 * Net of goods in minor units.
 */
net_minor: number, 
/**
 * Tax.
 */
tax_minor: number, 
/**
 * Discounts given.
 */
discount_minor: number, 
/**
 * What each tender took in and gave back, in minor units: kind, in, out (below zero).
 */
tenders: Array<[string, number, number]>, 
/**
 * What came in for stored value, less what went back of it: no sale, and in the tenders all the same.
 */
owed_minor: number, 
/**
 * Cash in and out, oldest first.
 */
moves: Array<CashMoveRow>, 
/**
 * What the ledger says is in the drawer.
 */
drawer_minor: number, };

export type ShiftId = string;

export type ShiftReport = { 
/**
 * The shift.
 */
row: ShiftRow, 
/**
 * What it took; without the drawer where whoever asks is to count blind.
 */
figures: ShiftFigures, 
/**
 * True where the expected cash is kept back.
 */
blind: boolean, 
/**
 * How it was closed.
 */
closed: ShiftClosed | null, 
/**
 * The report, row by row, as the printer's own bytes read.
 */
rows: Array<PrintedRow>, 
/**
 * True if it went to a printer.
 */
printing: boolean, };

export type ShiftRow = { 
/**
 * The shift.
 */
shift: ShiftId, 
/**
 * Name of its till.
 */
till: string, 
/**
 * True for this device's own.
 */
here: boolean, 
/**
 * The shop's day it was opened on.
 */
business_date: string, 
/**
 * When it was opened, milliseconds since 1970 UTC.
 */
opened_at_ms: number, 
/**
 * Who opened it.
 */
opened_by: PersonId | null, 
/**
 * Their name.
 */
opened_name: string, 
/**
 * Cash put into the drawer at first.
 */
float_minor: number, 
/**
 * Number of its Z report; absent while it is open.
 */
number: string | null, 
/**
 * When it was closed.
 */
closed_at_ms: number | null, 
/**
 * Name of who closed it.
 */
closed_name: string | null, 
/**
 * Cash counted at the end.
 */
counted_minor: number | null, 
/**
 * Cash expected at the end.
 */
expected_minor: number | null, };

export type ShiftSettings = { 
/**
 * True: no sale outside of a shift; the till asks for the float first.
 */
required: boolean, 
/**
 * True: a clerk counts before the expected cash is shown.
 */
blind: boolean, 
/**
 * What cash may differ by without a reason, in minor units.
 */
tolerance_minor: number, 
/**
 * True: slips of the other tenders are counted too.
 */
count_tenders: boolean, };

export type ShiftState = { 
/**
 * Name of this till.
 */
till: string, 
/**
 * The open shift.
 */
open: ShiftRow | null, 
/**
 * How the shop uses shifts.
 */
settings: ShiftSettings, 
/**
 * True where whoever is signed in may close the open shift.
 */
may_close: boolean, 
/**
 * Notes and coins to count, in minor units, largest first.
 */
pieces: Array<number>, 
/**
 * Other tenders to count; empty where the shop does not.
 */
tenders: Array<string>, 
/**
 * Float of the shift before, to propose it again.
 */
last_float_minor: number, };

export type ShopCard = { 
/**
 * Name.
 */
name: string, 
/**
 * ISO 4217.
 */
currency: string, 
/**
 * Decimals of the currency.
 */
minor_digits: number, 
/**
 * Language of paper.
 */
language: string, 
/**
 * True for the sample shop.
 */
sample: boolean, 
/**
 * The shop's day now.
 */
today: string, };

export type ShopDraft = { 
/**
 * Name.
 */
name: string, 
/**
 * ISO 4217; `CNY` where the person did not choose.
 */
currency: string, 
/**
 * `zh-CN` or `en`.
 */
language: string, 
/**
 * Name of the owner.
 */
owner: string, 
/**
 * Their PIN.
 */
pin: string, 
/**
 * Fill it with the sample.
 */
sample: boolean, };

export type Side = "L" | "R";

export type SignInDraft = { 
/**
 * Who says they are there.
 */
person: PersonId, 
/**
 * Their PIN.
 */
pin: string, };

export type SimulateDraft = { 
/**
 * JSON text of the plan language.
 */
text: string, 
/**
 * `YYYY-MM`.
 */
month: string, };

export type Simulation = { 
/**
 * Figures of the whole.
 */
summary: SimulationSummary, 
/**
 * Members who earn by either plan.
 */
page: Page<SimulationRow>, };

export type SimulationFile = { 
/**
 * Hash of the plan that was run.
 */
hash: string, 
/**
 * The month that it was run on.
 */
month: string, 
/**
 * Where to; `.xlsx` or `.csv` decides the format.
 */
path: string, };

export type SimulationQuestion = { 
/**
 * Hash of the plan that was run.
 */
hash: string, 
/**
 * The month that it was run on.
 */
month: string, 
/**
 * Part of a name or number; empty for all.
 */
search: string, 
/**
 * `number`, `name`, `before`, `after` or `difference`.
 */
sort: string | null, 
/**
 * Largest first.
 */
descending: boolean, 
/**
 * Which rows.
 */
window: Window, };

export type SimulationRow = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * Number.
 */
number: string, 
/**
 * Name.
 */
name: string, 
/**
 * By the plan of that month.
 */
before_minor: number, 
/**
 * By the draft.
 */
after_minor: number, 
/**
 * Draft less plan.
 */
difference_minor: number, };

export type SimulationSummary = { 
/**
 * Hash of the plan that was run.
 */
hash: string, 
/**
 * The month.
 */
month: string, 
/**
 * Version whose plan it is held against; absent where none was in force.
 */
version: number | null, 
/**
 * Orders that count.
 */
orders: number, 
/**
 * What the buyers paid in them.
 */
net_minor: number, 
/**
 * Statements by the plan of that month.
 */
before_minor: number, 
/**
 * Statements by the draft.
 */
after_minor: number, 
/**
 * Members who would gain.
 */
gain: number, 
/**
 * Members who would lose.
 */
lose: number, 
/**
 * Members who would earn the same.
 */
same: number, 
/**
 * Of the money received, in millionths, rounded up; absent where nothing was sold.
 */
ratio_ppm: number | null, 
/**
 * What the draft can pay at most, in millionths of money received.
 */
bound_ppm: number | null, 
/**
 * What the goods brought whose cost is known.
 */
costed_net_minor: number, 
/**
 * What they cost, at today's cost.
 */
cost_minor: number, 
/**
 * Members by the size of the difference, from the largest loss to the largest gain.
 */
spread: Array<SpreadBin>, };

export type SoldLine = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * Its code then.
 */
code: string, 
/**
 * Its name then.
 */
name: string, 
/**
 * Thousandths of a piece.
 */
qty_milli: number, 
/**
 * Price of one before the line's discount, in minor units.
 */
unit_minor: number, 
/**
 * Discounts of every kind on this line, zero or above.
 */
discount_minor: number, 
/**
 * What the customer paid for it.
 */
net_minor: number, 
/**
 * Tax in it or on top of it.
 */
tax_minor: number, 
/**
 * Tax rate in millionths.
 */
tax_ppm: number, 
/**
 * True where the net contains the tax.
 */
tax_included: boolean, 
/**
 * Its part of the points earned.
 */
points_earned: number, 
/**
 * Its part of the points spent.
 */
points_spent: number, 
/**
 * What commission is worked out on: 0 for goods without commission.
 */
base_minor: number, 
/**
 * Where the price of one comes from; absent where it is the list price.
 */
why?: UnitPriceWhy, 
/**
 * What the goods had cost the shop, in minor units, by weighted average; absent in facts of before values were kept.
 */
cost_minor?: number, 
/**
 * What its discounts are made of; absent in facts of before they were named.
 */
offs?: Array<LineOff>, };

export type SpecialPrice = { "fixed_minor": number } | { "share_of_list_ppm": number };

export type SpendStep = { 
/**
 * What the eligible lines must still cost, in minor units.
 */
over_minor: number, 
/**
 * What is taken off then.
 */
off: Off, };

export type SpreadBin = { 
/**
 * Above (for gains: from just above) this many minor units; absent for the lowest bin.
 */
from_minor: number | null, 
/**
 * Up to this many; absent for the highest bin.
 */
to_minor: number | null, 
/**
 * Members.
 */
members: number, 
/**
 * Their differences together.
 */
sum_minor: number, };

export type StatementChecked = { 
/**
 * Its number.
 */
number: string, 
/**
 * The hash on the paper.
 */
hash: string, 
/**
 * What the books say.
 */
verdict: HashVerdict, };

export type StatementPdf = { 
/**
 * Its number.
 */
number: string, 
/**
 * Where to.
 */
path: string, };

export type StatementRow = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Round of the close.
 */
round: number, 
/**
 * Whose.
 */
member: MemberId, 
/**
 * Number on the card.
 */
member_number: string, 
/**
 * Name.
 */
name: string, 
/**
 * Its number.
 */
number: string, 
/**
 * What the one before left.
 */
opening_micro: number, 
/**
 * Earned in the month.
 */
earned_micro: number, 
/**
 * Returns, late sales, cuts, differences.
 */
adjusted_micro: number, 
/**
 * What is paid, tax included.
 */
payable_minor: number, 
/**
 * Tax withheld.
 */
tax_minor: number, 
/**
 * What is left.
 */
closing_micro: number, };

export type StatementToCheck = { "by": "file", 
/**
 * Where it lies.
 */
path: string, } | { "by": "printed", 
/**
 * The statement's number.
 */
number: string, 
/**
 * Its hash.
 */
hash: string, };

export type StatementVerdict = { 
/**
 * True where every statement in it is exactly as it was released and, of a file, no byte was changed since a device of this shop wrote it.
 */
genuine: boolean, 
/**
 * Of a file: who wrote it; absent where only number and hash were asked about.
 */
file: FileVerdict | null, 
/**
 * Each statement that it names.
 */
statements: Array<StatementChecked>, };

export type StatementsPdf = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * The folder, which must not be there yet.
 */
path: string, };

export type StatementsQuestion = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Those worked out and not released, instead of the released ones.
 */
provisional: boolean, 
/**
 * Which rows.
 */
window: Window, };

export type StatementsSheet = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Where to; `.xlsx` or `.csv` decides the format.
 */
path: string, };

export type Status = { 
/**
 * Name of this till.
 */
till: string, 
/**
 * The shop's day.
 */
today: string, 
/**
 * Receipts today.
 */
receipts: number, 
/**
 * Net of them in minor units.
 */
net_minor: number, 
/**
 * Entries in the journal.
 */
entries: number, 
/**
 * Version of the program.
 */
version: string, };

export type StepDraft = { 
/**
 * Which.
 */
payouts: Array<PayoutId>, 
/**
 * Why, or what the bank said.
 */
reason: string, 
/**
 * The bank's number.
 */
reference: string, };

export type StockCounted = { 
/**
 * Number of the document.
 */
number: string, 
/**
 * Which place; absent for the shop floor.
 */
location: LocationId | null, 
/**
 * What was counted.
 */
lines: Array<CountedLine>, 
/**
 * Free text.
 */
note: string | null, };

export type StockList = "low" | "oversold";

export type StockMove = { 
/**
 * When, milliseconds since 1970 UTC.
 */
at_ms: number, 
/**
 * Kind of the fact.
 */
kind: string, 
/**
 * Receipt number, where it was a sale.
 */
number: string | null, 
/**
 * Thousandths of a piece, below zero where goods left.
 */
by_milli: number, 
/**
 * Other side: supplier, customer, the reason of an adjustment, or another place.
 */
account: string, 
/**
 * Name of the place; absent for a shop floor without one.
 */
place: string | null, 
/**
 * Name of the place that it went to, where it was a transfer.
 */
to: string | null, 
/**
 * The document that says more of it: a delivery, transfer or count.
 */
document: EntryId | null, };

export type StockTransferred = { 
/**
 * Number of the document.
 */
number: string, 
/**
 * Whence; absent for the shop floor.
 */
from: LocationId | null, 
/**
 * Whither; absent for the shop floor.
 */
to: LocationId | null, 
/**
 * What went.
 */
lines: Array<MovedLine>, 
/**
 * Free text.
 */
note: string | null, };

export type Style = { 
/**
 * Heavy strokes.
 */
bold: boolean, 
/**
 * Letters twice as wide.
 */
wide: boolean, 
/**
 * Letters twice as high.
 */
tall: boolean, };

export type SupplierCard = { 
/**
 * Name.
 */
name: string, 
/**
 * Whom to talk to.
 */
contact: string | null, 
/**
 * Telephone, as typed.
 */
phone: string | null, 
/**
 * Free text.
 */
note: string | null, 
/**
 * True once it is no longer offered.
 */
archived: boolean, };

export type SupplierDraft = { 
/**
 * Which to change.
 */
supplier: SupplierId | null, 
/**
 * The card.
 */
card: SupplierCard, };

export type SupplierId = string;

export type SupplierRow = { 
/**
 * The supplier.
 */
supplier: SupplierId, 
/**
 * The card.
 */
card: SupplierCard, 
/**
 * Deliveries so far.
 */
deliveries: number, 
/**
 * What they cost, in minor units.
 */
cost_minor: number, };

export type SyncStatus = { 
/**
 * The link; absent where the shop is on this device alone.
 */
link: LinkCard | null, 
/**
 * The meeting place answered when it was last asked.
 */
online: boolean, 
/**
 * When it last answered, milliseconds.
 */
last_ms: number | null, 
/**
 * Entries of this device that are not there yet.
 */
waiting: number, 
/**
 * Entries of others that are not here yet.
 */
behind: number, 
/**
 * By how much this clock is ahead of the meeting place's, milliseconds.
 */
skew_ms: number | null, 
/**
 * What a person has to see to.
 */
trouble: Trouble | null, };

export type TagDraft = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * The word.
 */
tag: string, 
/**
 * True to put it on.
 */
on: boolean, };

export type Tagged = { 
/**
 * The word.
 */
tag: string, 
/**
 * True where it was put on.
 */
on: boolean, 
/**
 * How many members it was put on or taken off; those who had it, or had it not, are not among them.
 */
members: number, 
/**
 * Names the job for [`undo_tags`].
 */
batch: string, };

export type TakeDraft = { 
/**
 * What it is called.
 */
label: string, 
/**
 * Which place; absent for the shop floor.
 */
location: LocationId | null, };

export type TakeLine = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * Its code.
 */
code: string, 
/**
 * Its barcode.
 */
barcode: string | null, 
/**
 * Its name.
 */
name: string, 
/**
 * Counted, in thousandths.
 */
counted_milli: number, };

export type TakeReview = { 
/**
 * The count.
 */
take: TakeRow, 
/**
 * What was counted, the largest differences in value first.
 */
lines: Array<ExpectedLine>, 
/**
 * What the books have at the place and nobody counted.
 */
uncounted: Array<ExpectedLine>, 
/**
 * What the differences are worth, in minor units.
 */
value_minor: number, };

export type TakeRow = { 
/**
 * The count; becomes the document's id.
 */
take: EntryId, 
/**
 * What it is called.
 */
label: string, 
/**
 * Which place; the nil id for the shop floor.
 */
location: LocationId, 
/**
 * Its name.
 */
place: string, 
/**
 * Who began it.
 */
person: PersonId | null, 
/**
 * When, milliseconds since 1970 UTC.
 */
at_ms: number, 
/**
 * Products counted so far.
 */
products: number, };

export type Takeover = { "takeover": "never" } | { "takeover": "any_time" } | { "takeover": "after", 
/**
 * Days.
 */
days: number, };

export type TaskDraft = { 
/**
 * Its identity.
 */
task: string, 
/**
 * Accepted does what is proposed.
 */
done: TaskEnd, 
/**
 * Why; may be empty.
 */
reason: string, };

export type TaskEnd = "accepted" | "left";

export type TaskKind = "oversold" | "points_short" | "balance_short" | "voucher_short" | "same_phone" | "refused_move" | "two_moves" | "late_sales" | "two_copies";

export type TaskRow = { 
/**
 * Its identity.
 */
task: string, 
/**
 * What is not as it should be.
 */
kind: TaskKind, 
/**
 * The product, where it is about one.
 */
product: ProductId | null, 
/**
 * The member, where it is about one; of a shared number whoever has it later.
 */
member: MemberId | null, 
/**
 * Name of what it is about.
 */
name: string, 
/**
 * Its number, code or month.
 */
number: string, 
/**
 * Who else, or where to.
 */
other: string, 
/**
 * Thousandths of a piece, points or minor units by which it is short; how many sales came late.
 */
amount: number, 
/**
 * What the tills did, newest first.
 */
seen: Array<TaskSeen>, };

export type TaskSeen = { 
/**
 * Letters of the till's receipts; empty where it never sold.
 */
till: string, 
/**
 * True on this device.
 */
here: boolean, 
/**
 * When, milliseconds since 1970 UTC by that device's clock.
 */
at_ms: number, 
/**
 * Kind of the fact.
 */
kind: string, 
/**
 * Number of the receipt, or a name.
 */
number: string, 
/**
 * By how much it moved, in the unit of the task.
 */
amount: number, };

export type TaxClass = { 
/**
 * Millionths: 130 000 is 13 %.
 */
rate_ppm: number, 
/**
 * True where the price contains the tax, false where the tax is added on top of it.
 */
included: boolean, };

export type TaxYear = { 
/**
 * The members, the largest first.
 */
page: Page<TaxYearRow>, 
/**
 * The sums of all of them.
 */
sums: TaxYearSums, 
/**
 * What the law of the shop's jurisdiction asks to report of this year; absent where the pack knows of nothing.
 */
report: YearlyReport | null, 
/**
 * Years that have anything, newest first.
 */
years: Array<number>, };

export type TaxYearFile = { 
/**
 * The year.
 */
year: number, 
/**
 * Only those whom the law asks to report.
 */
reported: boolean, 
/**
 * Where to; `.xlsx` or `.csv` decides the format.
 */
path: string, };

export type TaxYearQuestion = { 
/**
 * The year.
 */
year: number, 
/**
 * Only those whom the law asks to report.
 */
reported: boolean, 
/**
 * Which rows.
 */
window: Window, };

export type TaxYearRow = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * Number on the card.
 */
number: string, 
/**
 * Name.
 */
name: string, 
/**
 * Who holds the account that commission is paid to; the name on the document.
 */
holder: string, 
/**
 * Number of the identity document; empty where none is known.
 */
identity: string, 
/**
 * The sums.
 */
sums: TaxYearSums, };

export type TaxYearSums = { 
/**
 * Months with a released statement.
 */
months: number, 
/**
 * What the statements of the year's months granted, tax included, minor units.
 */
gross_minor: number, 
/**
 * Tax withheld from that.
 */
tax_minor: number, 
/**
 * What is left of it.
 */
net_minor: number, 
/**
 * What reached the member in the year, by whichever month it was earned in; fees of the way included.
 */
paid_minor: number, };

export type Template = { 
/**
 * Its format.
 */
format: BatchFormat, 
/**
 * Titles with what stands under them.
 */
columns: Array<[string, Column]>, };

export type TenderDraft = { 
/**
 * How.
 */
kind: TenderKind, 
/**
 * As handed over, in minor units.
 */
amount_minor: number, 
/**
 * Reference of an outside payment.
 */
reference: string | null, };

export type TenderKept = { 
/**
 * How.
 */
kind: TenderKind, 
/**
 * After change, in minor units.
 */
amount_minor: number, };

export type TenderKind = string;

export type TenderTaken = { 
/**
 * `cash`, `card`, `wechat`, `alipay`, `transfer` …
 */
kind: string, 
/**
 * As handed over, in minor units.
 */
amount_minor: number, 
/**
 * Reference of an outside payment.
 */
reference: string | null, 
/**
 * How much of it the member's bonus paid; absent for everything but stored value.
 */
bonus_minor?: number, 
/**
 * The voucher that it was drawn from; its code is the reference.
 */
voucher?: VoucherId, };

export type TenderTerms = { 
/**
 * Code in facts: never changed, never given to another.
 */
code: string, 
/**
 * Name on screen and paper; empty for the program's own word, which the first seven have.
 */
name: string, 
/**
 * The name where the other language is shown; empty for the same.
 */
name_2: string, 
/**
 * True where more may be handed over than is due: the rest is given back in cash.
 */
gives_change: boolean, 
/**
 * True where it is taken only with the reference of the outside payment.
 */
needs_reference: boolean, 
/**
 * True where it lies in the drawer, which therefore opens.
 */
opens_drawer: boolean, 
/**
 * True where its slips are counted at the shift's end, in a shop that counts them.
 */
counted: boolean, 
/**
 * The digit that takes it with Alt at the till; absent: its place among the offered ones.
 */
key: number | null, 
/**
 * True where it is not offered any more.
 */
archived: boolean, };

export type TicketQuote = { 
/**
 * Every figure.
 */
quote: Quote, 
/**
 * Every order discount with its name: the shop's own first, then what was asked.
 */
discounts: Array<GivenDiscount>, 
/**
 * Points that one piece costs as a gift, line by line; absent where it is not one.
 */
gift_points: Array<number | null>, 
/**
 * The products on it, with stock, in the order of first appearance.
 */
products: Array<ProductRow>, 
/**
 * The buyer.
 */
member: MemberRow | null, 
/**
 * What each upline will earn: name, depth, millionths of a minor unit.
 */
will_earn: Array<[string, number, number]>, 
/**
 * What there is to say of the buyer's points; absent without a buyer.
 */
points: BuyerPoints | null, 
/**
 * The buyer's level before and after; absent where no level follows from growth.
 */
level: BuyerLevel | null, };

export type Tongue = "zh-CN" | "en";

export type TopUpDraft = { 
/**
 * Chosen when it was begun: recording it twice records one.
 */
top_up: TopUpId, 
/**
 * Whose balance.
 */
member: MemberId, 
/**
 * What is paid in, in minor units.
 */
amount_minor: number, 
/**
 * How; empty while it is only asked what it brings.
 */
tenders: Array<TenderDraft>, };

export type TopUpId = string;

export type TopUpQuote = { 
/**
 * What the shop adds.
 */
bonus_minor: number, 
/**
 * Cash given back.
 */
change_minor: number, 
/**
 * What is still missing.
 */
missing_minor: number, };

export type TopUpRefundDraft = { 
/**
 * Chosen when it was begun: recording it twice records one.
 */
refund: TopUpId, 
/**
 * Which top-up.
 */
top_up: TopUpId, 
/**
 * How much of the money paid in, in minor units.
 */
amount_minor: number, 
/**
 * By which tender it goes back; one that paid it in.
 */
to: TenderKind, 
/**
 * Reference of an outside payment.
 */
reference?: string, 
/**
 * Why, as typed.
 */
reason?: string, };

export type TopUpRow = { 
/**
 * The top-up.
 */
top_up: TopUpId, 
/**
 * Its number.
 */
number: string, 
/**
 * When, milliseconds since 1970 UTC.
 */
at_ms: number, 
/**
 * What was paid in, in minor units.
 */
amount_minor: number, 
/**
 * What the shop added.
 */
bonus_minor: number, 
/**
 * What has gone back of the money.
 */
refunded_minor: number, };

export type TopUpSheet = { 
/**
 * The tenders that paid it in.
 */
tenders: Array<string>, 
/**
 * The most that can go back by the first of them, before spent bonus is kept from it.
 */
most_minor: number, };

export type Topic = "settings" | "people" | "products" | "members" | "sales" | "plan" | "month" | "held" | "prints" | "shifts" | "promotions" | "stock" | "payouts" | "vouchers" | "sync" | "messages";

export type TradeBy = "day" | "clerk" | "tender" | "category" | "product";

export type TradeExport = { 
/**
 * Which days, by what.
 */
filter: TradeFilter, 
/**
 * Where to; `.xlsx` or `.csv` decides the format.
 */
path: string, };

export type TradeFilter = { 
/**
 * First day; from the beginning where absent.
 */
from: string | null, 
/**
 * Last day; until today where absent.
 */
to: string | null, 
/**
 * By what.
 */
by: TradeBy, };

export type TradeQuestion = { 
/**
 * Which days, by what.
 */
filter: TradeFilter, 
/**
 * Which rows.
 */
window: Window, };

export type TradeReport = { 
/**
 * The rows asked for.
 */
page: Page<TradeRow>, 
/**
 * Sums of all rows.
 */
totals: TradeTotals, };

export type TradeRow = { 
/**
 * Day, name of the clerk, kind of tender, category, or name of the product; empty where there is none.
 */
name: string, 
/**
 * The product's code; empty for everything else.
 */
code: string, 
/**
 * Receipts, counted once each.
 */
receipts: number, 
/**
 * Pieces in thousandths.
 */
pieces_milli: number, 
/**
 * What stayed of a tender, or net of goods, in minor units.
 */
net_minor: number, };

export type TradeTotals = { 
/**
 * Receipts.
 */
receipts: number, 
/**
 * Pieces in thousandths.
 */
pieces_milli: number, 
/**
 * Net in minor units.
 */
net_minor: number, 
/**
 * Tax.
 */
tax_minor: number, 
/**
 * Discounts given.
 */
discount_minor: number, };

export type TransferDraft = { 
/**
 * Chosen when the document was opened.
 */
document: EntryId, 
/**
 * Whence; absent for the shop floor.
 */
from: LocationId | null, 
/**
 * Whither; absent for the shop floor.
 */
to: LocationId | null, 
/**
 * What goes.
 */
lines: Array<MoveDraftLine>, 
/**
 * Free text.
 */
note: string | null, };

export type Trouble = "no_token" | "shut_out";

export type TryAnswer = { 
/**
 * Place in the chain, 0 the buyer.
 */
depth: number, 
/**
 * Rule.
 */
rule: string, 
/**
 * Exact amount in millionths of a minor unit; what is finer is cut off.
 */
amount_micro: number, 
/**
 * The engine's explanation.
 */
why: JsonValue, };

export type TryLink = { 
/**
 * Rank.
 */
rank: string | null, 
/**
 * False if frozen.
 */
active: boolean, };

export type UncountDraft = { 
/**
 * From which count.
 */
take: EntryId, 
/**
 * The product.
 */
product: ProductId, };

export type UnitPriceWhy = { "from": "list" } | { "from": "level", 
/**
 * The level.
 */
level: string, } | { "from": "level_share", 
/**
 * Millionths of the list price.
 */
share_ppm: number, } | { "from": "dated", 
/**
 * First date.
 */
first: string | null, 
/**
 * Last date.
 */
last: string | null, } | { "from": "quantity_break", 
/**
 * The least quantity, in thousandths.
 */
from_qty_milli: number, } | { "from": "by_hand" } | { "from": "gift" };

export type UnlockDraft = { 
/**
 * As typed.
 */
recovery_key: string, };

export type UnreceiptedPieces = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * Thousandths of a piece.
 */
qty_milli: number, 
/**
 * What was paid for one, in minor units.
 */
paid_minor: number, 
/**
 * Where the goods go.
 */
to: ReturnedTo, };

export type ValueFilter = { 
/**
 * Start of a code, or part of a name.
 */
search: string, 
/**
 * Only goods on hand without a value, or a value without goods.
 */
odd: boolean, };

export type ValuePage = { 
/**
 * Products in all.
 */
count: number, 
/**
 * The rows asked for.
 */
rows: Array<ValueRow>, 
/**
 * Value of all goods on hand, in minor units, whatever the filter.
 */
total_minor: number, 
/**
 * Cost of all goods sold so far.
 */
sold_minor: number, 
/**
 * Cost of all deliveries so far.
 */
received_minor: number, 
/**
 * Net of adjustments, counts and revaluations.
 */
adjusted_minor: number, };

export type ValueRow = { 
/**
 * The product.
 */
product: ProductId, 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * On hand at all places, in thousandths.
 */
qty_milli: number, 
/**
 * What they cost, in minor units.
 */
value_minor: number, 
/**
 * Cost of one, for the eye; absent where nothing is on hand.
 */
unit_minor: number | null, 
/**
 * The last known cost of one.
 */
cost_minor: number | null, };

export type ValuesQuestion = { 
/**
 * Which products.
 */
filter: ValueFilter, 
/**
 * Which rows.
 */
window: Window, };

export type Verdict = "fixable" | "rejected";

export type ViewDraft = { 
/**
 * Its name; one that stands is replaced.
 */
name: string, 
/**
 * What it shows; absent to forget the view.
 */
filter: MemberFilter | null, };

export type VoucherBack = { 
/**
 * Which.
 */
voucher: VoucherId, 
/**
 * Its code.
 */
code: string, 
/**
 * True where it was made for this refund.
 */
made?: boolean, 
/**
 * Last day of one that was made; absent where it does not end.
 */
expires?: string, };

export type VoucherChangeDraft = { 
/**
 * Which.
 */
voucher: VoucherId, 
/**
 * Its new last day.
 */
expires?: string, 
/**
 * Whether it is blocked.
 */
blocked?: boolean, 
/**
 * Why.
 */
reason: string, };

export type VoucherFilter = { 
/**
 * Start of a code or number, or a part of the member's name.
 */
search: string, 
/**
 * Only those that stand like this.
 */
state: VoucherState | null, };

export type VoucherGiftDraft = { 
/**
 * Chosen when it was begun: recording it twice records one.
 */
voucher: VoucherId, 
/**
 * What is to be on it, in minor units.
 */
amount_minor: number, 
/**
 * Code of a card that is printed already; absent: the program makes one.
 */
code?: string, 
/**
 * For whom.
 */
member?: MemberId, 
/**
 * Why.
 */
reason: string, };

export type VoucherHow = "sold" | "given" | "replaced" | "returned";

export type VoucherId = string;

export type VoucherPage = { 
/**
 * The rows.
 */
page: Page<VoucherRow>, 
/**
 * Of the whole shop.
 */
totals: VoucherTotals, };

export type VoucherQuote = { 
/**
 * Cash given back.
 */
change_minor: number, 
/**
 * What is still missing.
 */
missing_minor: number, };

export type VoucherReceipt = { 
/**
 * The voucher as it stands.
 */
row: VoucherRow, 
/**
 * Cash given back.
 */
change_minor: number, 
/**
 * The slip, row by row, as the printer's own bytes read.
 */
rows: Array<PrintedRow>, 
/**
 * True if it went to a printer.
 */
printing: boolean, };

export type VoucherReplaceDraft = { 
/**
 * The new one; chosen when it was begun.
 */
voucher: VoucherId, 
/**
 * The one that was lost.
 */
replaces: VoucherId, 
/**
 * Code of a card that is printed already; absent: the program makes one.
 */
code?: string, 
/**
 * Why.
 */
reason: string, };

export type VoucherRow = { 
/**
 * Which.
 */
voucher: VoucherId, 
/**
 * Its code.
 */
code: string, 
/**
 * How it came to be.
 */
how: VoucherHow, 
/**
 * Number of the slip or the credit note.
 */
number: string, 
/**
 * For whom.
 */
member: MemberId | null, 
/**
 * Their name.
 */
member_name: string | null, 
/**
 * When it came to be, milliseconds since 1970 UTC.
 */
at_ms: number, 
/**
 * What was on it.
 */
amount_minor: number, 
/**
 * What is left.
 */
left_minor: number, 
/**
 * Its last day.
 */
expires: string | null, 
/**
 * True where it does not pay until somebody lets it through.
 */
blocked: boolean, 
/**
 * How it stands today.
 */
state: VoucherState, };

export type VoucherSaleDraft = { 
/**
 * Chosen when it was begun: recording it twice records one.
 */
voucher: VoucherId, 
/**
 * What is to be on it, in minor units.
 */
amount_minor: number, 
/**
 * Code of a card that is printed already; absent: the program makes one.
 */
code?: string, 
/**
 * For whom.
 */
member?: MemberId, 
/**
 * How it is paid; empty while it is only asked what it costs.
 */
tenders: Array<TenderDraft>, };

export type VoucherSettings = { 
/**
 * Days that a new voucher pays, today among them; 0 for ever.
 */
valid_days: number, };

export type VoucherSheet = { 
/**
 * As it stands.
 */
row: VoucherRow, 
/**
 * What happened.
 */
steps: Array<VoucherStep>, };

export type VoucherState = "open" | "used" | "expired" | "blocked" | "overdrawn";

export type VoucherStep = { 
/**
 * When, milliseconds since 1970 UTC.
 */
at_ms: number, 
/**
 * Kind of the fact.
 */
kind: string, 
/**
 * Number of the document.
 */
number: string | null, 
/**
 * Who did it.
 */
by: string | null, 
/**
 * By how much it rose, or, below zero, fell.
 */
amount_minor: number, 
/**
 * What was left afterwards.
 */
after_minor: number, 
/**
 * Its new last day.
 */
expires: string | null, 
/**
 * Whether it was blocked, or let through.
 */
blocked: boolean | null, 
/**
 * What was said.
 */
reason: string | null, };

export type VoucherTotals = { 
/**
 * Vouchers with something left.
 */
open: number, 
/**
 * What is left on them all together, in minor units.
 */
owed_minor: number, 
/**
 * What of it is on vouchers whose last day is over.
 */
expired_minor: number, };

export type VouchersQuestion = { 
/**
 * Which vouchers.
 */
filter: VoucherFilter, 
/**
 * Which rows.
 */
window: Window, };

export type WhyAnswer = { 
/**
 * Number of the sale.
 */
number: string, 
/**
 * The shop's day.
 */
business_date: string, 
/**
 * Lines that counted: name, quantity in thousandths, what counted of them in minor units.
 */
lines: Array<[string, number, number]>, 
/**
 * Plan version and hash.
 */
plan: PlanUsed | null, 
/**
 * The earning.
 */
earned: Earned, 
/**
 * The engine's explanation.
 */
why: JsonValue, 
/**
 * The chain as it stood: the buyer first, each with name; empty for a rule of the month.
 */
chain: Array<[ChainLink, string]>, 
/**
 * The month whose rule earned it; absent for what was earned with a sale.
 */
month: string | null, 
/**
 * What the month's rule started from: an order, `buyer:` and a member, an earlier earning, `period`; `cut:` before it for what a limit takes back.
 */
source: string | null, 
/**
 * What an earlier round of the close had paid: the amount is the difference to it.
 */
before_micro: number | null, 
/**
 * Names of everyone that is mentioned.
 */
names: Array<[MemberId, string]>, 
/**
 * Numbers of the sales that the source mentions.
 */
sales: Array<[SaleId, string]>, 
/**
 * The return that took the earning back, where one did; everything above is then the sale's.
 */
reversal: WhyReversal | null, };

export type WhyQuestion = { 
/**
 * The sale.
 */
sale: SaleId, 
/**
 * Place among its earnings.
 */
line: number, };

export type WhyReversal = { 
/**
 * The sale that came back.
 */
sale: SaleId, 
/**
 * Number of the credit note.
 */
number: string, 
/**
 * The shop's day of it.
 */
business_date: string, 
/**
 * Why the goods came back, as typed.
 */
reason: string | null, 
/**
 * Lines that came back: name, quantity in thousandths, what counted of them in minor units.
 */
lines: Array<[string, number, number]>, 
/**
 * The part of the base that came back, in minor units, zero or below.
 */
base_minor: number, 
/**
 * What was taken back, exact, zero or below.
 */
amount_micro: number, };

export type Window = { 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows wanted, at most 200.
 */
limit: number, };

export type WordRow = { 
/**
 * Its name.
 */
word: string, 
/**
 * Its figures.
 */
figures: GroupFigures, };

export type Wording = { 
/**
 * One line.
 */
subject: string, 
/**
 * The text.
 */
text: string, };

export type WorstCase = { 
/**
 * From the buyer up.
 */
places: Array<WorstPlace>, 
/**
 * Money received in it, exact.
 */
net: string, 
/**
 * Paid in it, exact.
 */
paid: string, 
/**
 * Paid of received, such as `26.00%`, rounded up.
 */
share: string, 
/**
 * It reaches the bound: the bound is exact.
 */
reaches_bound: boolean, };

export type WorstPlace = { 
/**
 * Its rank.
 */
rank: string | null, 
/**
 * What it is paid, exact.
 */
amount: string, 
/**
 * Of money received, in millionths, rounded up.
 */
share_ppm: number, };

export type YearlyReport = { 
/**
 * Law by which plans are checked, as the settings name it.
 */
jurisdiction: string, 
/**
 * The first year in which it holds, until a later one takes its place.
 */
first_year: number, 
/**
 * Paid in the year: this much or more is reported, in whole units of the currency.
 */
least_units: number, 
/**
 * What the form is called.
 */
form: string, 
/**
 * The source of law.
 */
law: string, };

/** Every command: the least role that may ask, its question and its answer. */
export interface Menu {
  setup_state: { least: "anyone"; question: null; answer: SetupState };
  open_vault: { least: "anyone"; question: string; answer: null };
  create_shop: { least: "anyone"; question: ShopDraft; answer: Session };
  unlock_books: { least: "anyone"; question: UnlockDraft; answer: null };
  bring_books: { least: "anyone"; question: RestoreDraft; answer: null };
  people: { least: "anyone"; question: null; answer: Array<Person> };
  sign_in: { least: "anyone"; question: SignInDraft; answer: Session };
  sign_out: { least: "anyone"; question: null; answer: null };
  plan_run: { least: "anyone"; question: string; answer: JsonValue };
  plan_check: { least: "anyone"; question: CheckQuestion; answer: JsonValue };
  quote_file: { least: "anyone"; question: string; answer: JsonValue };
  scan: { least: "clerk"; question: string; answer: Scanned };
  find_products: { least: "clerk"; question: string; answer: Array<ProductRow> };
  quote_sale: { least: "clerk"; question: SaleDraft; answer: TicketQuote };
  record_sale: { least: "clerk"; question: SaleDraft; answer: SaleReceipt };
  hold_sale: { least: "clerk"; question: HoldDraft; answer: null };
  held_sales: { least: "clerk"; question: null; answer: Array<HeldRow> };
  drop_held: { least: "clerk"; question: SaleId; answer: null };
  sales: { least: "clerk"; question: SalesQuestion; answer: Page<SaleRow> };
  sale: { least: "clerk"; question: SaleId; answer: SaleSheet };
  reprint: { least: "clerk"; question: ReprintDraft; answer: SaleReceipt };
  press_sale: { least: "clerk"; question: SalePdf; answer: Exported };
  press_handbook: { least: "clerk"; question: HandbookPdf; answer: Exported };
  press_poster: { least: "clerk"; question: PosterPdf; answer: Exported };
  sales_list: { least: "manager"; question: SalesQuestion; answer: SalesList };
  trade: { least: "manager"; question: TradeQuestion; answer: TradeReport };
  export_sales: { least: "manager"; question: SalesExport; answer: number };
  export_trade: { least: "manager"; question: TradeExport; answer: number };
  shift_state: { least: "clerk"; question: null; answer: ShiftState };
  open_shift: { least: "clerk"; question: OpenShiftDraft; answer: ShiftState };
  move_cash: { least: "clerk"; question: CashDraft; answer: ShiftState };
  close_shift: { least: "clerk"; question: CloseShiftDraft; answer: ShiftReport };
  shift_report: { least: "clerk"; question: ShiftId; answer: ShiftReport };
  print_shift: { least: "clerk"; question: ShiftId; answer: ShiftReport };
  shifts: { least: "manager"; question: Window; answer: Page<ShiftRow> };
  name_till: { least: "manager"; question: string; answer: string };
  find_sales: { least: "clerk"; question: string; answer: Array<SaleRow> };
  return_sheet: { least: "clerk"; question: SaleId; answer: ReturnSheet };
  quote_return: { least: "clerk"; question: ReturnDraft; answer: ReturnQuoteAnswer };
  record_return: { least: "clerk"; question: ReturnDraft; answer: ReturnReceipt };
  reprint_return: { least: "clerk"; question: ReturnId; answer: ReturnReceipt };
  quote_exchange: { least: "clerk"; question: ExchangeDraft; answer: ExchangeQuote };
  record_exchange: { least: "clerk"; question: ExchangeDraft; answer: ExchangeReceipt };
  quote_balance: { least: "clerk"; question: TopUpDraft; answer: TopUpQuote };
  top_up: { least: "clerk"; question: TopUpDraft; answer: BalanceReceipt };
  balance: { least: "clerk"; question: BalanceQuestion; answer: BalanceSheet };
  top_up_sheet: { least: "manager"; question: TopUpId; answer: TopUpSheet };
  refund_balance: { least: "manager"; question: TopUpRefundDraft; answer: BalanceReceipt };
  balance_totals: { least: "manager"; question: BalanceDays; answer: BalanceTotals };
  find_voucher: { least: "clerk"; question: string; answer: VoucherRow };
  voucher_to_pay: { least: "clerk"; question: string; answer: VoucherRow };
  quote_voucher: { least: "clerk"; question: VoucherSaleDraft; answer: VoucherQuote };
  sell_voucher: { least: "clerk"; question: VoucherSaleDraft; answer: VoucherReceipt };
  give_voucher: { least: "manager"; question: VoucherGiftDraft; answer: VoucherReceipt };
  replace_voucher: { least: "manager"; question: VoucherReplaceDraft; answer: VoucherReceipt };
  change_voucher: { least: "manager"; question: VoucherChangeDraft; answer: VoucherSheet };
  vouchers: { least: "manager"; question: VouchersQuestion; answer: VoucherPage };
  voucher: { least: "manager"; question: VoucherId; answer: VoucherSheet };
  print_voucher: { least: "manager"; question: VoucherId; answer: VoucherReceipt };
  show_customer: { least: "clerk"; question: CustomerView; answer: null };
  open_display: { least: "clerk"; question: DisplayDraft; answer: null };
  quick_keys: { least: "clerk"; question: null; answer: Array<ProductRow> };
  save_quick_keys: { least: "manager"; question: Array<ProductId>; answer: Array<ProductRow> };
  till_place: { least: "clerk"; question: null; answer: LocationRow };
  set_till_place: { least: "manager"; question: LocationId; answer: LocationRow };
  prices: { least: "clerk"; question: ProductId; answer: Array<PriceVersion> };
  set_prices: { least: "manager"; question: PricesDraft; answer: Array<PriceVersion> };
  promotions: { least: "clerk"; question: null; answer: Array<PromotionRow> };
  save_promotion: { least: "manager"; question: PromotionDraft; answer: Array<PromotionRow> };
  products: { least: "clerk"; question: ProductsQuestion; answer: Page<ProductRow> };
  product: { least: "clerk"; question: ProductId; answer: ProductRow };
  bought_with: { least: "clerk"; question: BoughtQuestion; answer: Array<ProductRow> };
  categories: { least: "clerk"; question: null; answer: Array<string> };
  stock_moves: { least: "clerk"; question: ProductId; answer: Array<StockMove> };
  save_product: { least: "manager"; question: ProductDraft; answer: ProductRow };
  archive_product: { least: "manager"; question: ArchiveDraft; answer: null };
  receive_stock: { least: "manager"; question: ReceiveDraft; answer: ProductRow };
  adjust_stock: { least: "manager"; question: AdjustDraft; answer: ProductRow };
  locations: { least: "clerk"; question: null; answer: Array<LocationRow> };
  save_location: { least: "manager"; question: LocationDraft; answer: Array<LocationRow> };
  places_of: { least: "clerk"; question: ProductId; answer: Array<PlaceStock> };
  suppliers: { least: "manager"; question: null; answer: Array<SupplierRow> };
  save_supplier: { least: "manager"; question: SupplierDraft; answer: Array<SupplierRow> };
  receive_goods: { least: "manager"; question: GoodsDraft; answer: DocumentSheet };
  transfer_stock: { least: "manager"; question: TransferDraft; answer: DocumentSheet };
  stock_documents: { least: "manager"; question: DocumentsQuestion; answer: Page<DocumentRow> };
  stock_document: { least: "manager"; question: EntryId; answer: DocumentSheet };
  stock_values: { least: "manager"; question: ValuesQuestion; answer: ValuePage };
  revalue_stock: { least: "manager"; question: RevalueDraft; answer: null };
  takes: { least: "clerk"; question: null; answer: Array<TakeRow> };
  begin_take: { least: "manager"; question: TakeDraft; answer: TakeRow };
  take: { least: "clerk"; question: EntryId; answer: Array<TakeLine> };
  count_stock: { least: "clerk"; question: CountDraft; answer: Array<TakeLine> };
  uncount_stock: { least: "clerk"; question: UncountDraft; answer: Array<TakeLine> };
  drop_take: { least: "manager"; question: EntryId; answer: null };
  review_take: { least: "manager"; question: EntryId; answer: TakeReview };
  post_take: { least: "manager"; question: PostDraft; answer: DocumentSheet };
  members: { least: "clerk"; question: MembersQuestion; answer: Page<MemberRow> };
  find_members: { least: "clerk"; question: string; answer: Array<MemberHit> };
  member: { least: "clerk"; question: MemberId; answer: MemberSheet };
  bind_sponsor: { least: "clerk"; question: BindDraft; answer: MemberSheet };
  member_history: { least: "manager"; question: HistoryQuestion; answer: Page<HistoryRow> };
  member_words: { least: "clerk"; question: null; answer: MemberWords };
  enrol_member: { least: "clerk"; question: EnrolDraft; answer: MemberSheet };
  save_member: { least: "manager"; question: MemberDraft; answer: MemberSheet };
  move_sponsor: { least: "manager"; question: MoveDraft; answer: MemberSheet };
  merge_members: { least: "manager"; question: MergeDraft; answer: MemberSheet };
  erase_member: { least: "owner"; question: ErasureDraft; answer: MemberSheet };
  export_member_data: { least: "manager"; question: MemberDataFile; answer: number };
  member_levels: { least: "clerk"; question: LevelsQuestion; answer: MemberLevels };
  grant_level: { least: "manager"; question: GrantDraft; answer: MemberLevels };
  grant_group_level: { least: "manager"; question: GroupGrantDraft; answer: number };
  member_groups: { least: "manager"; question: null; answer: GroupsReport };
  tag_member: { least: "clerk"; question: TagDraft; answer: Array<string> };
  tag_group: { least: "manager"; question: GroupTagDraft; answer: number };
  undo_tags: { least: "manager"; question: string; answer: number };
  save_member_view: { least: "manager"; question: ViewDraft; answer: Array<string> };
  export_members: { least: "manager"; question: MembersExport; answer: number };
  placement: { least: "clerk"; question: MemberId; answer: PlacementSheet };
  place_member: { least: "manager"; question: PlaceDraft; answer: PlacementSheet };
  member_points: { least: "clerk"; question: PointsQuestion; answer: PointsStatement };
  give_points: { least: "manager"; question: PointsDraft; answer: PointsStatement };
  points_liability: { least: "manager"; question: null; answer: PointsLiability };
  points_running_out: { least: "manager"; question: null; answer: RunningOutAnswer };
  award_points: { least: "clerk"; question: AwardDraft; answer: PointsStatement };
  sign_in_member: { least: "clerk"; question: MemberId; answer: CameBy };
  points_day: { least: "clerk"; question: null; answer: PointsDay };
  graph_children: { least: "manager"; question: GraphQuestion; answer: Page<GraphNode> };
  graph_path: { least: "manager"; question: GraphAt; answer: Array<GraphPlace> };
  lineage: { least: "manager"; question: GraphAt; answer: Lineage };
  overview: { least: "manager"; question: OverviewQuestion; answer: Overview };
  export_branch: { least: "manager"; question: BranchExport; answer: number };
  plans: { least: "manager"; question: null; answer: Array<PlanVersion> };
  plan_gallery: { least: "manager"; question: string; answer: Array<GalleryPlan> };
  check_plan: { least: "manager"; question: string; answer: PlanCheck };
  compare_plans: { least: "manager"; question: PlanPair; answer: Array<PlanChange> };
  read_plan: { least: "manager"; question: PlanToRead; answer: OpenedPlan };
  export_plan: { least: "manager"; question: PlanFile; answer: null };
  try_plan: { least: "manager"; question: PlanTry; answer: Array<TryAnswer> };
  simulate_plan: { least: "manager"; question: SimulateDraft; answer: number };
  simulation: { least: "manager"; question: SimulationQuestion; answer: Simulation };
  export_simulation: { least: "manager"; question: SimulationFile; answer: number };
  activate_plan: { least: "owner"; question: PlanDraft; answer: Array<PlanVersion> };
  months: { least: "manager"; question: null; answer: Array<string> };
  month: { least: "manager"; question: MonthQuestion; answer: MonthReport };
  earnings: { least: "manager"; question: EarningsQuestion; answer: Page<EarningRow> };
  why: { least: "manager"; question: WhyQuestion; answer: WhyAnswer };
  export_month: { least: "manager"; question: ExportDraft; answer: number };
  reconcile_month: { least: "manager"; question: string; answer: Reconciliation };
  month_review: { least: "manager"; question: ReviewQuestion; answer: MonthReview };
  export_review: { least: "manager"; question: ReviewFile; answer: number };
  closing: { least: "manager"; question: null; answer: ClosingState };
  try_close: { least: "manager"; question: string; answer: number };
  statements: { least: "manager"; question: StatementsQuestion; answer: Page<StatementRow> };
  close_ranks: { least: "manager"; question: Window; answer: Page<RankTold> };
  tasks: { least: "manager"; question: null; answer: Array<TaskRow> };
  settle_task: { least: "manager"; question: TaskDraft; answer: Array<TaskRow> };
  month_risks: { least: "manager"; question: RiskQuestion; answer: RiskPage };
  risk_service: { least: "owner"; question: null; answer: RiskService };
  save_risk_service: { least: "owner"; question: RiskServiceDraft; answer: RiskService };
  judge_statement: { least: "manager"; question: JudgeDraft; answer: null };
  release_month: { least: "owner"; question: CloseDraft; answer: number };
  reopen_month: { least: "owner"; question: ReopenDraft; answer: ClosingState };
  member_statements: { least: "manager"; question: MemberId; answer: Array<StatementRow> };
  press_statement: { least: "manager"; question: StatementPdf; answer: Exported };
  press_statements: { least: "manager"; question: StatementsPdf; answer: number };
  export_statements: { least: "manager"; question: StatementsSheet; answer: number };
  verify_statement: { least: "manager"; question: StatementToCheck; answer: StatementVerdict };
  why_nothing: { least: "manager"; question: NothingQuestion; answer: NothingAnswer };
  member_payouts: { least: "clerk"; question: MemberId; answer: MemberPayouts };
  save_payee: { least: "clerk"; question: PayeeDraft; answer: MemberPayouts };
  quote_payout: { least: "clerk"; question: number; answer: PayoutQuote };
  request_payout: { least: "clerk"; question: PayoutDraft; answer: MemberPayouts };
  payables: { least: "manager"; question: PayablesQuestion; answer: PayablesAnswer };
  run_payouts: { least: "manager"; question: RunDraft; answer: RunTold };
  payouts: { least: "manager"; question: PayoutsQuestion; answer: Page<PayoutRow> };
  payout_steps: { least: "manager"; question: PayoutId; answer: Array<PayoutStepRow> };
  approve_payouts: { least: "manager"; question: StepDraft; answer: number };
  reject_payouts: { least: "manager"; question: StepDraft; answer: number };
  settle_payouts: { least: "manager"; question: SettleDraft; answer: number };
  hold_payouts: { least: "manager"; question: HoldPayoutsDraft; answer: MemberPayouts };
  register_payout: { least: "manager"; question: OutsideDraft; answer: MemberPayouts };
  payout_batches: { least: "manager"; question: Window; answer: Page<BatchRow> };
  send_payouts: { least: "manager"; question: SendDraft; answer: BatchRow };
  write_batch: { least: "manager"; question: BatchFileDraft; answer: null };
  payout_result: { least: "manager"; question: ResultDraft; answer: ResultTold };
  tax_year: { least: "manager"; question: TaxYearQuestion; answer: TaxYear };
  export_tax_year: { least: "manager"; question: TaxYearFile; answer: number };
  member_ranks: { least: "manager"; question: MemberId; answer: Array<RankRow> };
  import_preview: { least: "manager"; question: ImportSource; answer: ImportPreview };
  import_dry_run: { least: "manager"; question: ImportDraft; answer: number };
  import_run: { least: "manager"; question: ImportDraft; answer: number };
  settings: { least: "clerk"; question: null; answer: Settings };
  save_settings: { least: "owner"; question: Settings; answer: Settings };
  logo_from: { least: "owner"; question: string; answer: Picture };
  test_printer: { least: "owner"; question: Printer; answer: null };
  printers_found: { least: "clerk"; question: null; answer: Array<FoundPrinter> };
  label_preview: { least: "clerk"; question: LabelsDraft; answer: Picture };
  print_labels: { least: "clerk"; question: LabelsDraft; answer: null };
  press_labels: { least: "clerk"; question: LabelsPdf; answer: Exported };
  prints: { least: "clerk"; question: null; answer: Array<PrintRow> };
  retry_print: { least: "clerk"; question: number; answer: null };
  print_elsewhere: { least: "clerk"; question: ElsewhereDraft; answer: null };
  drop_print: { least: "clerk"; question: number; answer: null };
  message_setup: { least: "owner"; question: null; answer: MessageSetup };
  save_message_setup: { least: "owner"; question: MessageSetupDraft; answer: MessageSetup };
  try_message: { least: "owner"; question: MessageTry; answer: MessageTried };
  preview_message: { least: "manager"; question: PreviewDraft; answer: Wording };
  messages: { least: "manager"; question: MessagesQuestion; answer: MessagesAnswer };
  retry_message: { least: "manager"; question: number; answer: null };
  drop_message: { least: "manager"; question: number; answer: null };
  send_messages: { least: "manager"; question: null; answer: MessagesSent };
  save_person: { least: "owner"; question: PersonDraft; answer: Person };
  sync_status: { least: "clerk"; question: null; answer: SyncStatus };
  sync_now: { least: "clerk"; question: null; answer: SyncStatus };
  link_shop: { least: "owner"; question: LinkDraft; answer: SyncStatus };
  link_again: { least: "owner"; question: string; answer: SyncStatus };
  join_shop: { least: "anyone"; question: JoinDraft; answer: null };
  invite_device: { least: "owner"; question: InviteDraft; answer: Invitation };
  devices: { least: "manager"; question: null; answer: Array<DeviceSeen> };
  set_device: { least: "owner"; question: DeviceStateDraft; answer: Array<DeviceSeen> };
  held_entries: { least: "owner"; question: null; answer: Array<HeldEntry> };
  admit_entry: { least: "owner"; question: HeldPlace; answer: Array<HeldEntry> };
  owner_page: { least: "owner"; question: null; answer: OwnerPage };
  set_owner_page: { least: "owner"; question: string; answer: PageSecret };
  prove_owner_page: { least: "owner"; question: string; answer: OwnerPage };
  end_owner_page: { least: "owner"; question: null; answer: OwnerPage };
  remove_sample: { least: "owner"; question: null; answer: ShopCard };
  safety: { least: "manager"; question: null; answer: Safety };
  back_up_now: { least: "manager"; question: null; answer: Safety };
  restore_backup: { least: "owner"; question: RestoreDraft; answer: null };
  remove_plain_copy: { least: "owner"; question: null; answer: null };
  crash: { least: "clerk"; question: null; answer: Crash | null };
  forget_crash: { least: "clerk"; question: null; answer: null };
  make_report: { least: "manager"; question: null; answer: number };
  save_report: { least: "manager"; question: ReportFile; answer: null };
  recovery_key: { least: "owner"; question: string; answer: RecoveryKey };
  prove_recovery_key: { least: "owner"; question: RecoveryProof; answer: null };
  jobs: { least: "clerk"; question: null; answer: Array<JobState> };
  cancel_job: { least: "manager"; question: number; answer: null };
  status: { least: "clerk"; question: null; answer: Status };
  verify: { least: "manager"; question: null; answer: number };
  backup: { least: "manager"; question: string; answer: number };
}
