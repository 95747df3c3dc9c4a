import { useLingui } from "@lingui/react/macro";
import { Amount, DoubleRuleTotals, SideSheet, useCurrency, writeMicro, writeMonth } from "../../design";
import type { MonthRow } from "../../host";
import { EarningsList } from "./EarningsList";

/** What one member earned in the month, sale by sale; each amount opens its reason. */
export function MemberEarnings({ row, month, onClose }: { row: MonthRow; month: string; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const when = writeMonth(month, i18n.locale);
  return (
    <SideSheet
      wide
      takeFocus
      title={row.name}
      more={
        <span>
          {row.number} {row.rank && `· ${row.rank}`} {"·"} {when}
        </span>
      }
      close={t`Close`}
      onClose={onClose}
    >
      <DoubleRuleTotals
        lines={[
          { name: t`Commission base`, figure: <Amount minor={row.base_minor} /> },
          { name: t`Exact commission`, figure: writeMicro(row.amount_micro, digits) },
        ]}
        sum={{ name: t`Payable, rounded down once`, figure: <Amount minor={row.payable_minor} /> }}
      />
      <EarningsList earner={row} month={month} />
    </SideSheet>
  );
}
