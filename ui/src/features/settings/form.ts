/** The shop's settings as a form: what is typed, what stands in the way of saving, and what the books are asked. */
import { readFixed, writePlain } from "../../design/figures";
import type {
  Failure,
  JsonValue,
  LabelLanguage,
  LabelPrinter,
  LabelSize,
  Language,
  PaperWidth,
  Picture,
  PointsRules,
  Printer,
  PrinterLine,
  Settings,
  TenderTerms,
} from "../../host";
import { type BindingForm, bindingFormOf, bindingHolds, bindingOf } from "./bindingForm";
import { type CampaignRow, campaignHolds, campaignOf, campaignRows } from "./campaigns";
import { type LevelsForm, levelProblem, levelsAsked, levelsOf } from "./levelForm";
import { type PayoutForm, payoutFormOf, payoutTermsOf } from "./payoutForm";
import { lifeOf, readDays } from "./pointsLife";
import { type RiskForm, riskOf, riskProblem } from "./riskForm";
import { isFirst } from "./tenderList";

export interface TaxRow {
  name: string;
  rate_ppm: number | null;
  included: boolean;
}

export interface BonusRow {
  from: number | null;
  bonus: number | null;
}

export interface SettingsForm extends LevelsForm {
  shop_name: string;
  shop_address: string;
  telephone: string;
  tax_number: string;
  country_code: string;
  cash_rounding: number | null;
  taxes: TaxRow[];
  points: boolean;
  earn_per: number | null;
  /** What one point offsets, in the currency, as typed: it may be finer than the currency's smallest coin. */
  point_value: string;
  step: number | null;
  max_share_ppm: number | null;
  /** Days that earned points stay locked. */
  lock_days: number | null;
  expiry: "never" | "months" | "year_end";
  expiry_months: number | null;
  expiry_years: number | null;
  announce_days: number | null;
  /** What coming by earns on the first day in a row, the second and so on, as typed: `1 2 5`. */
  sign_in: string;
  birthday_points: number | null;
  referral_points: number | null;
  review_points: number | null;
  share_points: number | null;
  /** Points for a sale as such. */
  per_order: number | null;
  /** Where not empty, only goods of these earn. */
  earning_categories: string[];
  campaigns: CampaignRow[];
  tenders: TenderTerms[];
  /** What a top-up brings, by its amount. */
  bonus: BonusRow[];
  /** Days that a new voucher pays; 0 for ever. */
  voucher_days: number | null;
  paper_language: Language;
  /** Layouts of scale labels, one a line. */
  labels: string;
  header: string;
  footer: string;
  /** Empty where the shop has no receipt printer. */
  address: string;
  paper: PaperWidth;
  drawer: boolean;
  answers: boolean;
  line: PrinterLine;
  baud: number;
  /** The whole receipt as a picture. */
  picture: boolean;
  logo: Picture | null;
  /** Empty where there is no label printer. */
  label_address: string;
  label_line: PrinterLine;
  label_baud: number;
  label_language: LabelLanguage;
  label_size: LabelSize;
  idle_seconds: number;
  discount_ppm: number | null;
  /** 0 for any number. */
  return_days: number | null;
  jurisdiction: string;
  demotion: boolean;
  protection: number;
  shift_required: boolean;
  shift_blind: boolean;
  shift_tolerance: number | null;
  shift_count_tenders: boolean;
  payouts: PayoutForm;
  risk: RiskForm;
  binding: BindingForm;
}

export type Part =
  | "shop"
  | "binding"
  | "taxes"
  | "points"
  | "levels"
  | "tenders"
  | "balance"
  | "shifts"
  | "receipt"
  | "printer"
  | "payouts"
  | "messages"
  | "people"
  | "safety"
  | "tills"
  | "data"
  | "look"
  | "keys";

/** A field that cannot be saved as it stands. */
export type Problem =
  | "number"
  | "points_months"
  | "sign_in"
  | "campaign"
  | "binding"
  | "share"
  | "step"
  | "tax_name"
  | "level_name"
  | "level_twice"
  | "tax_rate"
  | "no_tender"
  | "tender_name"
  | "bonus"
  | "tender_key"
  | "country"
  | "shop_name"
  | "terms";

const noPoints: PointsRules = {
  earn_per_minor: 0,
  value_micro: 0,
  step: 1,
  max_share_ppm: 1_000_000,
  per_order: 0,
  categories: [],
  lock_days: 0,
  campaigns: [],
};

const MICRO_DIGITS = 6;

/** What one point is worth, without idle zeros: 500 000 millionths of a fen are `0.005`. */
export function writePointValue(micro: number, digits: number): string {
  return writePlain(micro, digits + MICRO_DIGITS).replace(/\.?0+$/, "") || "0";
}

export const readPointValue = (text: string, digits: number): number | null => readFixed(text, digits + MICRO_DIGITS);

export function formOf(settings: Settings, digits: number): SettingsForm {
  const points = settings.points ?? noPoints;
  return {
    shop_name: settings.shop_name,
    shop_address: settings.address,
    telephone: settings.telephone,
    tax_number: settings.tax_number,
    country_code: settings.country_code,
    cash_rounding: settings.cash_rounding_minor,
    taxes: Object.entries(settings.taxes).map(([name, tax]) => ({ name, ...tax })),
    points: settings.points !== null,
    earn_per: points.earn_per_minor,
    point_value: writePointValue(points.value_micro, digits),
    step: points.step,
    max_share_ppm: points.max_share_ppm,
    per_order: points.per_order,
    lock_days: points.lock_days,
    ...lifeOf(settings.points_terms),
    earning_categories: [...points.categories],
    campaigns: campaignRows(points),
    tenders: settings.tenders.map((terms) => ({ ...terms })),
    bonus: settings.balance.bonus.map((step) => ({ from: step.from_minor, bonus: step.bonus_minor })),
    voucher_days: settings.vouchers.valid_days,
    paper_language: settings.language,
    ...levelsOf(settings),
    labels: settings.scale_labels.join("\n"),
    header: settings.receipt_header.join("\n"),
    footer: settings.receipt_footer.join("\n"),
    address: settings.printer?.address ?? "",
    paper: settings.printer?.paper ?? "paper80",
    drawer: settings.printer?.drawer ?? false,
    answers: settings.printer?.answers ?? false,
    line: settings.printer?.line ?? "network",
    baud: settings.printer?.baud ?? 9600,
    picture: settings.printer?.picture ?? false,
    logo: settings.logo ?? null,
    label_address: settings.label_printer?.printer.address ?? "",
    label_line: settings.label_printer?.printer.line ?? "system",
    label_baud: settings.label_printer?.printer.baud ?? 9600,
    label_language: settings.label_printer?.language ?? "tspl",
    label_size: settings.label_printer?.size ?? "label40x30",
    idle_seconds: settings.idle_lock_seconds,
    discount_ppm: settings.clerk_discount_ppm,
    return_days: settings.return_days,
    jurisdiction: settings.jurisdiction,
    demotion: settings.rank_demotion,
    protection: settings.rank_protection_months,
    shift_required: settings.shifts.required,
    shift_blind: settings.shifts.blind,
    shift_tolerance: settings.shifts.tolerance_minor,
    shift_count_tenders: settings.shifts.count_tenders,
    payouts: payoutFormOf(settings.payouts),
    risk: { ...settings.risk },
    binding: bindingFormOf(settings.binding),
  };
}

const lines = (text: string): string[] =>
  text.trim() === ""
    ? []
    : text
        .replace(/\s+$/, "")
        .split("\n")
        .map((line) => line.trimEnd());

/** The printer of the form, or nothing where no address is given. */
export function printerOf(form: SettingsForm): Printer | null {
  const address = form.address.trim();
  const { line, baud, paper, drawer, answers, picture } = form;
  return address === "" ? null : { line, address, baud, paper, drawer, answers: answers && line !== "system", picture };
}

/** The label printer of the form, or nothing where no address is given. */
export function labelPrinterOf(form: SettingsForm): LabelPrinter | null {
  const address = form.label_address.trim();
  if (address === "") return null;
  const printer: Printer = {
    line: form.label_line,
    address,
    baud: form.label_baud,
    paper: "paper58",
    drawer: false,
    answers: false,
    picture: false,
  };
  return { printer, language: form.label_language, size: form.label_size };
}

/** What is wrong, by part; the first of each. Nothing where all can be saved. */
export function problemsOf(form: SettingsForm, digits: number): Partial<Record<Part, Problem>> {
  const found: Partial<Record<Part, Problem>> = {};
  const below = (figure: number | null) => figure === null || figure < 0;
  const share = (ppm: number | null) => below(ppm) || (ppm ?? 0) > 1_000_000;
  if (below(form.cash_rounding)) found.shop = "number";
  if (!/^\d{0,4}$/.test(form.country_code.trim())) found.shop = "country";
  if (form.shop_name.trim() === "") found.shop = "shop_name";
  const names = form.taxes.map((tax) => tax.name.trim());
  if (form.taxes.some((tax) => share(tax.rate_ppm))) found.taxes = "tax_rate";
  if (names.some((name) => name === "") || new Set(names).size < names.length) found.taxes = "tax_name";
  if (form.points) {
    if (below(form.earn_per) || below(form.per_order) || below(readPointValue(form.point_value, digits))) found.points = "number";
    else if (form.step === null || form.step < 1) found.points = "step";
    else if (share(form.max_share_ppm)) found.points = "share";
    else if (
      [form.lock_days, form.announce_days, form.birthday_points, form.referral_points, form.review_points, form.share_points].some(below)
    )
      found.points = "number";
    else if (form.expiry === "months" && (form.expiry_months ?? 0) < 1) found.points = "points_months";
    else if (form.expiry === "year_end" && below(form.expiry_years)) found.points = "number";
    else if (readDays(form.sign_in) === null) found.points = "sign_in";
    else if (!form.campaigns.every(campaignHolds)) found.points = "campaign";
  }
  const levels = levelProblem(form);
  if (levels) found.levels = levels;
  const offered = form.tenders.filter((terms) => !terms.archived);
  const keys = offered.flatMap((terms) => (terms.key === null ? [] : [terms.key]));
  if (offered.length === 0) found.tenders = "no_tender";
  else if (form.tenders.some((terms) => terms.name.trim() === "" && !isFirst(terms.code))) found.tenders = "tender_name";
  else if (new Set(keys).size < keys.length) found.tenders = "tender_key";
  else if (below(form.voucher_days)) found.tenders = "number";
  const from = form.bonus.map((row) => row.from);
  if (form.bonus.some((row) => below(row.bonus) || below(row.from) || row.from === 0) || new Set(from).size < from.length)
    found.balance = "bonus";
  if (below(form.shift_tolerance)) found.shifts = "number";
  if (share(form.payouts.fee_ppm)) found.payouts = "share";
  else if (payoutTermsOf(form.payouts) === null) found.payouts = "terms";
  if (!bindingHolds(form.binding)) found.binding = "binding";
  const risk = riskProblem(form.risk);
  if (risk) found.payouts = risk;
  if (share(form.discount_ppm)) found.safety = "share";
  else if (below(form.return_days)) found.safety = "number";
  return found;
}

/** What the books are asked; settings that the form does not show stay as they are. `null` while a problem stands. */
export function settingsOf(form: SettingsForm, before: Settings, digits: number): Settings | null {
  if (Object.keys(problemsOf(form, digits)).length > 0) return null;
  return {
    ...before,
    shop_name: form.shop_name.trim(),
    address: form.shop_address.trim(),
    telephone: form.telephone.trim(),
    tax_number: form.tax_number.trim(),
    country_code: form.country_code.trim(),
    cash_rounding_minor: form.cash_rounding ?? 0,
    taxes: Object.fromEntries(form.taxes.map(({ name, rate_ppm, included }) => [name.trim(), { rate_ppm: rate_ppm ?? 0, included }])),
    points: form.points
      ? {
          ...(before.points ?? noPoints),
          earn_per_minor: form.earn_per ?? 0,
          value_micro: readPointValue(form.point_value, digits) ?? 0,
          step: form.step ?? 1,
          max_share_ppm: form.max_share_ppm ?? 0,
          per_order: form.per_order ?? 0,
          lock_days: form.lock_days ?? 0,
          categories: form.earning_categories,
          campaigns: form.campaigns.map(campaignOf),
        }
      : null,
    points_terms: {
      expiry:
        form.expiry === "months"
          ? { by: "months", months: form.expiry_months ?? 1 }
          : form.expiry === "year_end"
            ? { by: "year_end", years: form.expiry_years ?? 0 }
            : { by: "never" },
      announce_days: form.announce_days ?? 0,
      sign_in: readDays(form.sign_in) ?? [],
      birthday: form.birthday_points ?? 0,
      referral: form.referral_points ?? 0,
      review: form.review_points ?? 0,
      share: form.share_points ?? 0,
    },
    tenders: form.tenders.map((terms) => ({ ...terms, name: terms.name.trim(), name_2: terms.name_2.trim() })),
    balance: {
      bonus: form.bonus
        .map((row) => ({ from_minor: row.from ?? 0, bonus_minor: row.bonus ?? 0 }))
        .sort((one, other) => one.from_minor - other.from_minor),
    },
    vouchers: { valid_days: form.voucher_days ?? 0 },
    language: form.paper_language,
    ...levelsAsked(form),
    scale_labels: lines(form.labels)
      .map((line) => line.trim())
      .filter(Boolean),
    receipt_header: lines(form.header),
    receipt_footer: lines(form.footer),
    printer: printerOf(form),
    label_printer: labelPrinterOf(form),
    logo: form.logo,
    idle_lock_seconds: form.idle_seconds,
    clerk_discount_ppm: form.discount_ppm ?? 0,
    return_days: form.return_days ?? 0,
    jurisdiction: form.jurisdiction,
    rank_demotion: form.demotion,
    rank_protection_months: form.protection,
    shifts: {
      required: form.shift_required,
      blind: form.shift_blind,
      tolerance_minor: form.shift_tolerance ?? 0,
      count_tenders: form.shift_count_tenders,
    },
    payouts: payoutTermsOf(form.payouts) ?? before.payouts,
    risk: riskOf(form.risk),
    binding: bindingOf(form.binding),
  };
}

/** True where anything differs from the settings as they stand. */
export const differs = (form: SettingsForm, settings: Settings, digits: number): boolean =>
  JSON.stringify(form) !== JSON.stringify(formOf(settings, digits));

/** The part that a refusal is about; nothing where it is about none. */
export function partOf(failure: Pick<Failure, "name"> & { code?: string; params?: Record<string, unknown> }): Part | null {
  switch (failure.code) {
    case "tax_rate":
    case "tax_in_use":
      return "taxes";
    case "level_range":
    case "level_growth":
    case "level_twice":
    case "label_layout":
      return "levels";
    case "points_terms":
    case "points_campaign":
      return "points";
    case "binding_terms":
      return "binding";
    case "payout_terms":
    case "risk_terms":
      return "payouts";
    case "unknown_tender":
    case "tender_twice":
    case "tender_name":
    case "tender_key":
    case "no_tender":
    case "too_many_tenders":
      return "tenders";
    case "bonus_steps":
      return "balance";
    case "no_shop_name":
      return "shop";
    case "no_printer_address":
      return "printer";
    case "below_zero":
      return failure.params?.setting === "points" ? "points" : failure.params?.setting === "clerk_discount_ppm" ? "safety" : "shop";
    default:
      return null;
  }
}

/** One of a list on or off: switched on it comes last. */
export const withChoice = (chosen: readonly string[], one: string, on: boolean): string[] =>
  on ? [...chosen.filter((other) => other !== one), one] : chosen.filter((other) => other !== one);

export interface BooksVerdict {
  entries: number;
  seals: number;
  head: string;
  /** Names what is wrong first; nothing where the books are whole. */
  difference: string | null;
}

/** The verdict as the job of verifying gives it; `null` where it is none. */
export function verdictOf(result: JsonValue): BooksVerdict | null {
  if (typeof result !== "object" || result === null || Array.isArray(result)) return null;
  const { entries, seals, head, first_difference } = result;
  if (typeof entries !== "number" || typeof seals !== "number" || typeof head !== "string") return null;
  return { entries, seals, head, difference: typeof first_difference === "string" ? first_difference : null };
}
