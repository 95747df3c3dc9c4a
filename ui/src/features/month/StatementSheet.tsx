import { useLingui } from "@lingui/react/macro";
import { Amount, DoubleRuleTotals, Seal, SideSheet, useCurrency, writeMicro } from "../../design";
import type { StatementRow } from "../../host";
import { EarningsList } from "./EarningsList";
import { StatementPdf } from "./StatementFiles";

/** One member's statement: what it pays and carries on, and beneath it every amount with its reason. */
export function StatementSheet({ row, provisional, onClose }: { row: StatementRow; provisional: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const micro = (amount: number) => writeMicro(amount, digits);
  return (
    <SideSheet
      wide
      takeFocus
      title={row.name}
      more={
        <>
          <span>
            {row.member_number} {"·"} {row.number}
          </span>
          {provisional && <Seal tone="wait">{t`not released`}</Seal>}
        </>
      }
      close={t`Close`}
      onClose={onClose}
    >
      <DoubleRuleTotals
        lines={[
          { name: t`Left by earlier statements`, figure: micro(row.opening_micro) },
          { name: t`Earned`, figure: micro(row.earned_micro) },
          { name: t`Returns, late sales, cuts and differences`, figure: micro(row.adjusted_micro) },
          { name: t`Left for the next statements`, figure: micro(-row.closing_micro) },
        ]}
        sum={{ name: t`To pay, tax included`, figure: <Amount minor={row.payable_minor} /> }}
      />
      {row.tax_minor !== 0 && <DoubleRuleTotals lines={[]} sum={{ name: t`Tax withheld`, figure: <Amount minor={row.tax_minor} /> }} />}
      {!provisional && (
        <div>
          <StatementPdf number={row.number} name={row.name} />
        </div>
      )}
      <EarningsList earner={{ member: row.member, name: row.name, number: row.member_number }} month={row.month} />
    </SideSheet>
  );
}
