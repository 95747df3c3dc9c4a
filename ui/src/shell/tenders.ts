import { useLingui } from "@lingui/react/macro";
import type { TenderKind } from "../host";

/** How a sale can be paid, in words. */
export function useTenderNames(): Record<TenderKind, string> {
  const { t } = useLingui();
  return {
    cash: t`Cash`,
    card: t`Card`,
    wechat: t`WeChat Pay`,
    alipay: t`Alipay`,
    transfer: t`Transfer`,
    balance: t`Stored value`,
    voucher: t`Voucher`,
  };
}

const known: readonly string[] = ["cash", "card", "wechat", "alipay", "transfer", "balance", "voucher"] satisfies TenderKind[];

/** The tenders that the shop offers, in its order; cash where the setting says nothing that is known. */
export function offeredTenders(names: readonly string[]): TenderKind[] {
  const offered = names.filter((name): name is TenderKind => known.includes(name));
  return offered.length > 0 ? offered : ["cash"];
}
