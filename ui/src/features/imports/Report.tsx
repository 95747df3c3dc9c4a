import { useLingui } from "@lingui/react/macro";
import { Button, DoubleRuleTotals, Facts, Figure, Seal, useCurrency, writeFixed, writeMicro } from "../../design";
import type { ImportedKind, ImportReport, SalesSummary } from "../../host";
import css from "./Imports.module.css";
import { fieldNames, lineKinds, remarkWords } from "./words";

/** Remarks shown here; the sheet has them all. */
const SHOWN = 40;

interface ReportProps {
  report: ImportReport;
  /** What would be, or what was. */
  tense: "would" | "did";
  /** Writes every remark to a sheet. */
  onSave?: () => void;
}

/** What came of looking through a file, or of bringing it in: counts, remarks by row, and for sales the sums by kind of line. */
export function Report({ report, tense, onSave }: ReportProps) {
  const { t, i18n } = useLingui();
  const { counts } = report;
  const { digits } = useCurrency();
  const would = tense === "would";
  const facts = [
    { name: would ? t`Would be added` : t`Added`, value: writeFixed(report.added, 0), show: true },
    { name: would ? t`Would change` : t`Changed`, value: writeFixed(report.changed, 0), show: report.changed > 0 },
    { name: t`In the books already`, value: writeFixed(report.already, 0), show: report.already > 0 },
    { name: t`Products made for them`, value: writeFixed(report.made_products, 0), show: report.made_products > 0 },
    { name: t`Members made for them`, value: writeFixed(report.made_members, 0), show: report.made_members > 0 },
    { name: t`Stored value they bring along`, value: writeFixed(report.brought_minor, digits), show: report.brought_minor > 0 },
    { name: t`Points they bring along`, value: writeFixed(report.brought_points, 0), show: report.brought_points > 0 },
    { name: t`Stopped before these; bring the file in again to add them`, value: writeFixed(report.left, 0), show: report.left > 0 },
  ];
  const remarks = report.remarks.slice(0, SHOWN);
  const shown = writeFixed(remarks.length, 0);
  const all = writeFixed(report.remark_count, 0);
  return (
    <div className={css.report}>
      {would && (
        <div className={css.counts}>
          <Figure name={t`Rows in all`}>{writeFixed(counts.rows, 0)}</Figure>
          <Figure name={t`Good`}>{writeFixed(counts.good, 0)}</Figure>
          <Figure name={t`Taken with a remark`}>{writeFixed(counts.fixable, 0)}</Figure>
          <Figure name={t`Not taken`}>{writeFixed(counts.rejected, 0)}</Figure>
        </div>
      )}
      <Facts facts={facts.filter((fact) => fact.show)} />
      {report.sales && <Sums sales={report.sales} />}
      {would && report.remark_count > 0 && (
        <>
          <div className={css.line}>
            <span className={css.prose}>{t`Remarks: ${shown} of ${all}`}</span>
            {onSave && <Button onPress={onSave}>{t`Save all remarks…`}</Button>}
          </div>
          <table className={css.remarks}>
            <thead>
              <tr>
                <th scope="col">{t`Row`}</th>
                <th scope="col">{t`Result`}</th>
                <th scope="col">{t`Reason`}</th>
              </tr>
            </thead>
            <tbody>
              {remarks.map((one, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row may have several remarks, in a fixed order.
                <tr key={at}>
                  <td className={css.number}>{one.row}</td>
                  <td className={css.verdict}>
                    {one.verdict === "rejected" ? <Seal tone="stop">{t`not taken`}</Seal> : <Seal tone="wait">{t`taken`}</Seal>}
                  </td>
                  <td>{i18n._(remarkWords(one.remark, (field) => i18n._(fieldNames[field])))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}

/** The sales by kind of line: nothing in the file is dropped without being named. */
function Sums({ sales }: { sales: SalesSummary }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const kinds = Object.entries(sales.by_kind) as [ImportedKind, { lines: number; net_micro: number }][];
  const row = (lines: number, micro: number) => {
    const count = writeFixed(lines, 0);
    return (
      <>
        <span className={css.lines}>{t`${count} lines`}</span> <span className={css.net}>{writeMicro(micro, digits)}</span>
      </>
    );
  };
  const invoices = writeFixed(sales.sales, 0);
  const customers = writeFixed(sales.customers, 0);
  const walkIn = writeFixed(sales.walk_in_lines, 0);
  return (
    <div>
      <p className={css.prose}>{t`${invoices} sales, ${customers} members named, ${walkIn} lines without a member.`}</p>
      <DoubleRuleTotals
        lines={kinds.map(([kind, sum]) => ({ name: i18n._(lineKinds[kind]), figure: row(sum.lines, sum.net_micro) }))}
        sum={{ name: t`All lines`, figure: row(sales.total.lines, sales.total.net_micro) }}
      />
    </div>
  );
}
