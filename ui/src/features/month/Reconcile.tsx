import { useLingui } from "@lingui/react/macro";
import {
  Button,
  EmptyHint,
  Filters,
  Page,
  Seal,
  Section,
  Select,
  Sheet,
  Strip,
  useCurrency,
  writeFixed,
  writeMicro,
  writeMonth,
} from "../../design";
import type { ProofApart, ProofOf, ProofRow } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip, go, useKeys, useSearchState } from "../../shell";
import { lineOf, noteOf } from "./lines";
import css from "./Reconcile.module.css";

const usual = { month: "" };

/** A month held against itself: report and statements, ledger, and payouts beside each other, and whoever makes a difference. */
export default function Reconcile() {
  const { t, i18n } = useLingui();
  const { code, digits } = useCurrency();
  const [state, change] = useSearchState(usual);
  const months = useAnswer("months", null, { topics: ["month", "sales"] });
  const list = months.data ?? [];
  const month = state.month || list[0] || "";
  const proof = useAnswer("reconcile_month", month, {
    topics: ["month", "sales", "members", "payouts"],
    enabled: month !== "",
    keep: true,
  });
  const step = (by: number) => {
    const next = list[list.indexOf(month) + by];
    if (next) change({ month: next });
  };
  useKeys({ "[": () => step(1), "]": () => step(-1), Escape: () => go("/month") });
  const name = month ? writeMonth(month, i18n.locale) : "";
  const told = proof.data;
  const rows = told ? [...told.month_rows, ...told.payout_rows] : [];
  const wrong = rows.filter((row) => row.differing > 0);
  const owed = told?.month_rows.find((row) => row.line === "owed");
  const taken = told ? writeFixed(told.taken_minor, digits) : "";
  const payable = told ? writeFixed(told.payable_minor, digits) : "";
  return (
    <Page
      title={t`Proof of the month`}
      note={t`amounts in ${code}`}
      acts={<Button keys="Esc" onPress={() => go("/month")}>{t`To the report`}</Button>}
      strip={
        <>
          <FailureStrip failure={months.error ?? proof.error} />
          {wrong.length > 0 && (
            <Strip tone="stop">
              {t`The books of ${name} do not agree with themselves. Do not pay by them: have the books checked in the settings, and bring back a copy from before.`}
            </Strip>
          )}
        </>
      }
    >
      {list.length > 0 && (
        <Filters>
          <Select
            label={t`Which month`}
            hideLabel
            options={list.map((one) => ({ key: one, text: writeMonth(one, i18n.locale) }))}
            value={month}
            onChange={(next) => change({ month: next })}
          />
        </Filters>
      )}
      {months.data && list.length === 0 && <EmptyHint>{t`There are no sales yet, and so nothing to prove.`}</EmptyHint>}
      {told && (
        <Sheet>
          <p className={css.verdict} role="status" data-wrong={wrong.length > 0 || undefined}>
            {wrong.length === 0
              ? t`Statements, ledger and payouts agree, to the cent and beyond.`
              : t`Not all agree: ${writeFixed(wrong.length, 0)} lines differ.`}
          </p>
          <Section title={name} acts={<Seal tone={told.closed ? "done" : "wait"}>{told.closed ? t`released` : t`not released`}</Seal>}>
            <ProofTable label={t`Proof of ${name}`} rows={told.month_rows} />
            {owed && (
              <p className={css.small}>
                {t`Of what members are owed, payouts took ${taken}, and ${payable} is payable or held still. Payouts use the oldest statement up first.`}
              </p>
            )}
            {!told.closed && <p className={css.small}>{t`Statements cover the whole month once it is released.`}</p>}
          </Section>
          <Section title={t`All payouts until now`}>
            <ProofTable label={t`Proof of all payouts`} rows={told.payout_rows} />
          </Section>
        </Sheet>
      )}
    </Page>
  );
}

function ProofTable({ label, rows }: { label: string; rows: readonly ProofRow[] }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  return (
    <table className={css.proof} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t`What`}</th>
          <th scope="col">{t`Report and statements`}</th>
          <th scope="col">{t`Ledger`}</th>
          <th scope="col">{t`Payouts`}</th>
          <th scope="col">{t`Difference`}</th>
        </tr>
      </thead>
      {rows.map((row) => {
        const write = (amount: number | null) =>
          amount === null ? "" : row.exact ? writeMicro(amount, digits) : writeFixed(amount, digits);
        const differing = writeFixed(row.differing, 0);
        const wrong = row.differing > 0;
        return (
          <tbody key={row.line} data-wrong={wrong || undefined}>
            <tr>
              <th scope="row">
                {i18n._(lineOf(row.line))}
                <small>{i18n._(noteOf(row.line))}</small>
              </th>
              <td>{write(row.listed)}</td>
              <td>{write(row.ledger)}</td>
              <td>{write(row.payouts)}</td>
              <td>{wrong ? (row.apart === 0 ? t`0, but ${differing} differ` : write(row.apart)) : t`none`}</td>
            </tr>
            {row.apart_of.map((one) => (
              <Apart key={JSON.stringify(one.of)} one={one} write={write} />
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

function Apart({ one, write }: { one: ProofApart; write: (amount: number | null) => string }) {
  const { t } = useLingui();
  const sides = [one.listed, one.ledger, one.payouts].filter((side) => side !== null);
  const apart = Math.max(...sides) - Math.min(...sides);
  const named = (of: ProofOf): string => {
    switch (of.kind) {
      case "member":
        return `${of.name} ${of.number}`;
      case "entry": {
        const { entry, number } = of;
        const written = number ?? "";
        return number === null ? t`Entry ${entry}` : t`${written} (entry ${entry})`;
      }
      case "round": {
        const { round } = of;
        return t`round ${round}`;
      }
      case "nobody":
        return t`Nobody that the books know`;
    }
  };
  return (
    <tr className={css.apart}>
      <th scope="row">{named(one.of)}</th>
      <td>{write(one.listed)}</td>
      <td>{write(one.ledger)}</td>
      <td>{write(one.payouts)}</td>
      <td>{write(apart)}</td>
    </tr>
  );
}
