import { useLingui } from "@lingui/react/macro";
import { notify, useCurrency, writeFixed } from "../../design";
import { call, type TenderDraft, type VoucherRow } from "../../host";
import { sound } from "./sound";

const plain = (code: string | null): string => (code ?? "").replace(/[\s-]/g, "").toUpperCase();

/** How much of what is missing a voucher pays, beside what it has paid of this sale already. Refused where it does not pay at all. */
export async function fromVoucher(code: string, missing: number, taken: readonly TenderDraft[]): Promise<number> {
  const { left_minor } = await call("voucher_to_pay", code);
  const drawn = taken.filter((one) => one.kind === "voucher" && plain(one.reference) === plain(code));
  return Math.min(missing, Math.max(0, left_minor - drawn.reduce((sum, one) => sum + one.amount_minor, 0)));
}

/** A scanned voucher pays; with nothing to pay it tells what is left on it. `pay` answers `false` where there is nothing. */
export function useScannedVoucher(pay: (code: string) => unknown): (row: VoucherRow) => void {
  const { t } = useLingui();
  const { digits } = useCurrency();
  return (row) => {
    sound(true);
    if (pay(row.code) !== false) return;
    const [code, left, last] = [row.code, writeFixed(row.left_minor, digits), row.expires ?? ""];
    notify({ text: row.state === "expired" ? t`Voucher ${code}: ${left} left, over since ${last}` : t`Voucher ${code}: ${left} left` });
  };
}
