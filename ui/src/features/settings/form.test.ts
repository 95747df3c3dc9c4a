import { expect, it } from "vitest";
import { Refused, type Settings, type TenderTerms } from "../../host";
import { differs, formOf, partOf, problemsOf, readPointValue, settingsOf, verdictOf, writePointValue } from "./form";
import { earlier, newTender, offers } from "./tenderList";

const tender = (code: string): TenderTerms => ({
  code,
  name: "",
  name_2: "",
  gives_change: code === "cash",
  needs_reference: false,
  opens_drawer: code === "cash",
  counted: true,
  key: null,
  archived: false,
});

const settings: Settings = {
  shop_name: "青禾茶舍",
  language: "zh-CN",
  address: "虎跑路 39 号",
  telephone: "0571-8700",
  tax_number: "",
  taxes: { "13%": { rate_ppm: 130_000, included: true } },
  points: {
    earn_per_minor: 100,
    value_micro: 500_000,
    step: 100,
    max_share_ppm: 500_000,
    per_order: 3,
    categories: ["茶"],
    lock_days: 7,
    campaigns: [{ name: "周年", from: "2026-03-01", to: "2026-03-31", percent: 200, categories: ["茶"] }],
  },
  groups: { new_days: 30, active_days: 90, sleeping_days: 180, rfm_days: 60, rfm_purchases: 3, rfm_minor: 100_000, bands: [10_000] },
  member_views: {},
  growth: { per_unit: 1, per_point: 2, sign_in: 5, referral: 40, fall: "to_growth" },
  messages: { sender: null, sender_name: "", occasions: {} },
  points_terms: {
    expiry: { by: "months", months: 12 },
    announce_days: 30,
    sign_in: [1, 2, 5],
    birthday: 50,
    referral: 30,
    review: 20,
    share: 5,
  },
  cash_rounding_minor: 10,
  printer: { line: "network", address: "192.168.1.60", baud: 9600, paper: "paper58", answers: true, drawer: false, picture: false },
  label_printer: null,
  logo: null,
  receipt_header: ["朝阳店", "电话 010"],
  receipt_footer: ["谢谢惠顾"],
  idle_lock_seconds: 600,
  country_code: "86",
  clerk_discount_ppm: 100_000,
  return_days: 7,
  jurisdiction: "CN",
  rank_demotion: true,
  rank_protection_months: 0,
  tenders: [tender("cash"), tender("wechat")],
  balance: { bonus: [{ from_minor: 50_000, bonus_minor: 5_000 }] },
  vouchers: { valid_days: 0 },
  shifts: { required: false, blind: true, tolerance_minor: 0, count_tenders: false },
  levels: {
    金卡: {
      price_share_ppm: 900_000,
      points_ppm: 2_000_000,
      growth: { threshold: 300, valid_days: 365, keep: 150, gift: 50, birthday: 0 },
    },
  },
  scale_labels: ["22IIIIIPPPPPC"],
  quick_keys: ["p"],
  payouts: {
    minimum_minor: 1,
    maximum_minor: 0,
    fee_ppm: 0,
    fee_least_minor: 0,
    free_from_minor: 0,
    free_to_minor: 0,
    days: [5],
    approves: "manager",
    second_above_minor: 500_000,
    identity: true,
    channels: [
      {
        id: "cash",
        name: "现金",
        kind: "cash",
        points_per_unit: 0,
        template: {
          format: "xlsx",
          columns: [
            ["单号", "number"],
            ["金额", "amount"],
          ],
        },
      },
    ],
  },
  binding: { until: "first_order", takeover: { takeover: "after", days: 30 }, valid_days: 0 },
  risk: {
    least_minor: 100,
    own_ppm: 500_000,
    shared_phone: true,
    shared_account: true,
    returned_ppm: 300_000,
    rushed_days: 3,
    rushed_ppm: 300_000,
    jump_ppm: 5_000_000,
    bought_ppm: 3_000_000,
    ring_ppm: 100_000,
    sign_in_days: 20,
  },
};

it("takes the settings to the form and back without a change, and keeps what it does not show", () => {
  expect(settingsOf(formOf(settings, 2), settings, 2)).toEqual(settings);
  expect(differs(formOf(settings, 2), settings, 2)).toBe(false);
  const off = settingsOf({ ...formOf(settings, 2), points: false, address: " ", footer: "\n" }, settings, 2);
  expect([off?.points, off?.printer, off?.receipt_footer]).toEqual([null, null, []]);
  const form = formOf(settings, 2);
  for (const wrong of [{ takeover_days: null }, { takeover_days: 3661 }, { valid_days: -1 }]) {
    expect(problemsOf({ ...form, binding: { ...form.binding, ...wrong } }, 2)).toEqual({ binding: "binding" });
  }
  expect(settingsOf({ ...form, binding: { ...form.binding, takeover: "never" } }, settings, 2)?.binding.takeover).toEqual({
    takeover: "never",
  });
  const [campaign] = form.campaigns;
  for (const wrong of [{ name: " " }, { from: null }, { to: "2026-02-28" }, { percent: 99 }, { percent: 1001 }]) {
    const odd = { ...form, campaigns: [{ ...campaign, ...wrong } as (typeof form.campaigns)[number]] };
    expect(problemsOf(odd, 2)).toEqual({ points: "campaign" });
    expect(settingsOf(odd, settings, 2)).toBeNull();
  }
});

it("writes what a point is worth exactly, finer than the smallest coin", () => {
  expect([writePointValue(500_000, 2), writePointValue(1_000_000, 2), writePointValue(0, 2), writePointValue(10_000_000, 0)]).toEqual([
    "0.005",
    "0.01",
    "0",
    "10",
  ]);
  expect([readPointValue("0.005", 2), readPointValue("０。０１", 2), readPointValue("x", 2)]).toEqual([500_000, 1_000_000, null]);
});

it("finds what cannot be saved, by part", () => {
  const form = formOf(settings, 2);
  expect(problemsOf(form, 2)).toEqual({});
  const tax = { name: "9%", rate_ppm: 90_000, included: true };
  expect(problemsOf({ ...form, taxes: [tax, { ...tax, name: " 9% " }] }, 2)).toEqual({ taxes: "tax_name" });
  expect(problemsOf({ ...form, taxes: [{ ...tax, rate_ppm: 1_000_001 }] }, 2)).toEqual({ taxes: "tax_rate" });
  expect(
    problemsOf({ ...form, step: 0, tenders: form.tenders.map((terms) => ({ ...terms, archived: true })), discount_ppm: null }, 2),
  ).toEqual({
    points: "step",
    tenders: "no_tender",
    safety: "share",
  });
  expect(problemsOf({ ...form, points: false, step: 0 }, 2)).toEqual({});
  expect(settingsOf({ ...form, cash_rounding: -1 }, settings, 2)).toBeNull();
});

it("leads to the part that a refusal is about", () => {
  const part = (code: string, setting?: string) => partOf(new Refused(code, { setting }));
  expect([
    part("tax_in_use"),
    part("unknown_tender"),
    part("below_zero", "points"),
    part("below_zero", "cash_rounding_minor"),
    part("busy"),
  ]).toEqual(["taxes", "tenders", "points", "shop", null]);
});

it("puts tenders away, offers them again and moves them forward", () => {
  const all = [tender("cash"), tender("card"), tender("wechat")];
  const codes = (list: TenderTerms[]) => list.map((terms) => (terms.archived ? `(${terms.code})` : terms.code)).join(" ");
  const away = offers(all, 0, false);
  expect(codes(away)).toBe("card wechat (cash)");
  expect(codes(offers(away, 2, true))).toBe("card wechat cash");
  expect(codes(earlier(all, 2))).toBe("cash wechat card");
  expect(codes(earlier(all, 0))).toBe("cash card wechat");
  expect(newTender([...all, newTender(all)]).code).toBe("own_2");
});

it("asks for a name of one's own tender, and for keys that differ", () => {
  const form = formOf(settings, 2);
  expect(problemsOf({ ...form, tenders: [...form.tenders, newTender(form.tenders)] }, 2)).toEqual({ tenders: "tender_name" });
  const same = form.tenders.map((terms) => ({ ...terms, key: 3 }));
  expect(problemsOf({ ...form, tenders: same }, 2)).toEqual({ tenders: "tender_key" });
});

it("reads the verdict of verifying and nothing else", () => {
  const whole = { entries: 10, seals: 2, head: "ab", tables: [], first_difference: null };
  expect(verdictOf(whole)).toEqual({ entries: 10, seals: 2, head: "ab", difference: null });
  expect(verdictOf({ ...whole, first_difference: "entry 3 is torn" })?.difference).toBe("entry 3 is torn");
  expect([verdictOf("done"), verdictOf(null), verdictOf([]), verdictOf({ entries: 1 })]).toEqual([null, null, null, null]);
});
