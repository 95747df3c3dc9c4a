// Made from the menu by `cargo xtask bindings`. Not edited by hand.

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
note: string | null, };



export type Align = "left" | "center" | "right";

export type ArchiveDraft = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * Off or on.
 */
archived: boolean, };



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
every: boolean, } };

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

export type Eligible = { 
/**
 * Only this category.
 */
category: string | null, 
/**
 * Where not empty, only these products.
 */
products: Array<string>, };

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

export type ExportDraft = { 
/**
 * Which month and members, in which order.
 */
filter: MonthFilter, 
/**
 * Where to; `.xlsx` or `.csv` decides the format.
 */
path: string, };



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



export type MemberDraft = { 
/**
 * Whose.
 */
member: MemberId, 
/**
 * The card.
 */
card: MemberCard, };











export type MemberWords = { 
/**
 * Levels in use.
 */
levels: Array<string>, 
/**
 * Ranks of the plan in force, lowest first; those in use where there is no plan.
 */
ranks: Array<string>, };

export type MembersQuestion = { 
/**
 * Which members, in which order.
 */
filter: MemberFilter, 
/**
 * Which rows.
 */
window: Window, };



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
fault: string | null, };











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



export type PlanCheck = { 
/**
 * The plan as text of the plan language.
 */
text: string, 
/**
 * The most of money received that it can ever pay, such as `26.00%`; absent where nothing bounds it.
 */
bound: string | null, 
/**
 * The same in millionths, rounded up.
 */
bound_ppm: number | null, 
/**
 * Findings of the compliance check.
 */
findings: Array<PlanFinding>, 
/**
 * The whole report of the engine.
 */
report: JsonValue, };

export type PlanDraft = { 
/**
 * The plan.
 */
source: PlanSource, 
/**
 * First business date.
 */
effective_from: string, 
/**
 * Rules of the check that the owner acknowledged.
 */
acknowledged: Array<string>, };









export type PlanTry = { 
/**
 * The plan.
 */
source: PlanSource, 
/**
 * Net of the order in minor units.
 */
net_minor: number, 
/**
 * The chain: the buyer first, then each upline with rank and whether active.
 */
chain: Array<TryLink>, };













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







export type ProductsQuestion = { 
/**
 * Which products, in which order.
 */
filter: ProductFilter, 
/**
 * Which rows.
 */
window: Window, };





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
note: string | null, };

export type ReprintDraft = { 
/**
 * Which; the newest sale of this till where absent.
 */
sale: SaleId | null, };















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
rows: Array<PrintedRow>, };

export type SalesQuestion = { 
/**
 * Which sales.
 */
filter: SaleFilter, 
/**
 * Which rows.
 */
window: Window, };

export type Scanned = { "scan": "product", 
/**
 * It.
 */
product: ProductRow, } | { "scan": "several", 
/**
 * They.
 */
products: Array<ProductRow>, } | { "scan": "member", 
/**
 * Who.
 */
member: MemberHit, } | { "scan": "unknown", 
/**
 * As scanned.
 */
code: string, };





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
has_vault: boolean, };



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

export type SignInDraft = { 
/**
 * Who says they are there.
 */
person: PersonId, 
/**
 * Their PIN.
 */
pin: string, };

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
 * What commission is worked out on: 0 for goods without commission.
 */
base_minor: number, };

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
 * Other side: supplier, customer or the reason of an adjustment.
 */
account: string, };

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





export type TenderKept = { 
/**
 * How.
 */
kind: TenderKind, 
/**
 * After change, in minor units.
 */
amount_minor: number, };



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
reference: string | null, };

export type TicketQuote = { 
/**
 * Every figure.
 */
quote: Quote, 
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
will_earn: Array<[string, number, number]>, };

export type Topic = "settings" | "people" | "products" | "members" | "sales" | "plan" | "month" | "held";

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
 * Rate in millionths.
 */
rate_ppm: number | null, 
/**
 * Exact amount in millionths of a minor unit.
 */
amount_micro: number, };



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
 * The chain as it stood: the buyer first, each with name.
 */
chain: Array<[ChainLink, string]>, };

export type WhyQuestion = { 
/**
 * The sale.
 */
sale: SaleId, 
/**
 * Place among its earnings.
 */
line: number, };



/** Every command: the least role that may ask, its question and its answer. */
export interface Menu {
  setup_state: { least: "anyone"; question: null; answer: SetupState };
  open_vault: { least: "anyone"; question: string; answer: null };
  create_shop: { least: "anyone"; question: ShopDraft; answer: Session };
  people: { least: "anyone"; question: null; answer: Array<Person> };
  sign_in: { least: "anyone"; question: SignInDraft; answer: Session };
  sign_out: { least: "anyone"; question: null; answer: null };
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
  products: { least: "clerk"; question: ProductsQuestion; answer: Page<ProductRow> };
  categories: { least: "clerk"; question: null; answer: Array<string> };
  stock_moves: { least: "clerk"; question: ProductId; answer: Array<StockMove> };
  save_product: { least: "manager"; question: ProductDraft; answer: ProductRow };
  archive_product: { least: "manager"; question: ArchiveDraft; answer: null };
  receive_stock: { least: "manager"; question: ReceiveDraft; answer: ProductRow };
  adjust_stock: { least: "manager"; question: AdjustDraft; answer: ProductRow };
  members: { least: "clerk"; question: MembersQuestion; answer: Page<MemberRow> };
  find_members: { least: "clerk"; question: string; answer: Array<MemberHit> };
  member: { least: "clerk"; question: MemberId; answer: MemberSheet };
  member_words: { least: "clerk"; question: null; answer: MemberWords };
  enrol_member: { least: "clerk"; question: EnrolDraft; answer: MemberSheet };
  save_member: { least: "manager"; question: MemberDraft; answer: MemberSheet };
  move_sponsor: { least: "manager"; question: MoveDraft; answer: MemberSheet };
  plans: { least: "manager"; question: null; answer: Array<PlanVersion> };
  check_plan: { least: "manager"; question: PlanSource; answer: PlanCheck };
  try_plan: { least: "manager"; question: PlanTry; answer: Array<TryAnswer> };
  activate_plan: { least: "owner"; question: PlanDraft; answer: Array<PlanVersion> };
  months: { least: "manager"; question: null; answer: Array<string> };
  month: { least: "manager"; question: MonthQuestion; answer: MonthReport };
  earnings: { least: "manager"; question: EarningsQuestion; answer: Page<EarningRow> };
  why: { least: "manager"; question: WhyQuestion; answer: WhyAnswer };
  export_month: { least: "manager"; question: ExportDraft; answer: number };
  settings: { least: "clerk"; question: null; answer: Settings };
  save_settings: { least: "owner"; question: Settings; answer: Settings };
  test_printer: { least: "owner"; question: Printer; answer: null };
  save_person: { least: "owner"; question: PersonDraft; answer: Person };
  remove_sample: { least: "owner"; question: null; answer: ShopCard };
  jobs: { least: "clerk"; question: null; answer: Array<JobState> };
  cancel_job: { least: "clerk"; question: number; answer: null };
  status: { least: "clerk"; question: null; answer: Status };
  verify: { least: "manager"; question: null; answer: number };
  backup: { least: "manager"; question: string; answer: number };
}
