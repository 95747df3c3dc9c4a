import { useLingui } from "@lingui/react/macro";
import { useMemo, useRef, useState } from "react";
import {
  Amount,
  Button,
  type Column,
  EmptyHint,
  Figure,
  Filters,
  Grid,
  Menu,
  Page,
  SearchField,
  Select,
  Strip,
  useCurrency,
  writeFixed,
  writeMicro,
  writeMonth,
  writePlain,
} from "../../design";
import { call, chooseTarget, type MonthFilter, type MonthRow, type MonthTotals } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, useKeys, useSearchState } from "../../shell";
import { useSaved } from "./exports";
import { MemberEarnings } from "./MemberEarnings";
import css from "./Month.module.css";
import { isTrue, payoutPpm, writeRatio } from "./proof";

const usual = { month: "", search: "", by: "amount", descending: true, open: "" };
/** Columns that stay while a member is open beside the list. */
const beside: readonly string[] = ["number", "name", "amount", "payable"];
const topics = ["month", "sales", "members"] as const;

/** The commission report of a month: who earned what, held against the ledger, down to each sale and its reason. */
export default function Month() {
  const { t, i18n } = useLingui();
  const { digits, code } = useCurrency();
  const [state, change] = useSearchState(usual);
  const months = useAnswer("months", null, { topics: ["month", "sales"] });
  const month = state.month || months.data?.[0] || "";
  const filter: MonthFilter = { month, search: state.search, sort: state.by, descending: state.descending };
  const head = useAnswer(
    "month",
    { filter: { month, search: "", sort: null, descending: false }, window: { offset: 0, limit: 1 } },
    { topics, enabled: month !== "", keep: true },
  );
  const [opened, setOpened] = useState<MonthRow | null>(null);
  const find = useRef<HTMLInputElement>(null);
  const { save, failure } = useExport(filter);
  const list = months.data ?? [];
  const step = (by: number) => {
    const next = list[list.indexOf(month) + by];
    if (next) change({ month: next, open: "" });
  };
  useKeys({
    G: () => go("/month/review", { month }),
    P: () => go("/month/proof", { month }),
    "/": () => find.current?.focus(),
    "[": () => step(1),
    "]": () => step(-1),
  });

  const columns = useMemo<Column<MonthRow, MonthTotals>[]>(
    () => [
      { id: "number", title: t`Number`, width: "112px", sortable: true, cell: (row) => row.number },
      { id: "name", title: t`Name`, width: "minmax(120px, 1fr)", sortable: true, cell: (row) => row.name, total: () => t`Total` },
      { id: "rank", title: t`Rank`, width: "96px", cell: (row) => row.rank ?? "" },
      {
        id: "sales",
        title: t`No. of sales`,
        width: "96px",
        align: "end",
        sortable: true,
        cell: (row) => writeFixed(row.sales, 0),
        copy: (row) => row.sales,
      },
      {
        id: "base",
        title: t`Commission base`,
        width: "136px",
        align: "end",
        sortable: true,
        cell: (row) => <Amount minor={row.base_minor} />,
        copy: (row) => writePlain(row.base_minor, digits),
      },
      {
        id: "amount",
        title: t`Exact commission`,
        width: "140px",
        align: "end",
        sortable: true,
        cell: (row) => writeMicro(row.amount_micro, digits),
        total: (totals) => writeMicro(totals.amount_micro, digits),
        copy: (row) => writePlain(row.amount_micro, digits + 6),
      },
      {
        id: "payable",
        title: t`Payable`,
        width: "116px",
        align: "end",
        cell: (row) => <Amount minor={row.payable_minor} />,
        total: (totals) => <Amount minor={totals.payable_minor} />,
        copy: (row) => writePlain(row.payable_minor, digits),
      },
    ],
    [t, digits],
  );

  const totals = head.data?.totals;
  const proof = head.data?.proof;
  const members = totals ? writeFixed(totals.members, 0) : "";
  const ratio = proof ? payoutPpm(proof) : null;
  const shown = opened && state.open === opened.member ? opened : null;
  const report = proof ? writeMicro(proof.report_micro, digits) : "";
  const ledger = proof ? writeMicro(proof.ledger_micro, digits) : "";

  return (
    <Page
      title={t`Commission by month`}
      note={totals && t`${members} members earned · amounts in ${code}`}
      acts={
        <>
          <SearchField
            label={t`Name, initials or number`}
            value={state.search}
            onChange={(search) => change({ search })}
            keys="/"
            inputRef={find}
          />
          <Button keys="G" onPress={() => go("/month/review", { month })}>{t`At a glance`}</Button>
          <Button keys="P" onPress={() => go("/month/proof", { month })}>{t`Proof`}</Button>
          <Button onPress={() => go("/month/payouts")}>{t`Payouts`}</Button>
          <Button onPress={() => go("/month/close")}>{t`Close a month`}</Button>
          <Menu
            label={t`Save as…`}
            items={[
              { key: "xlsx", text: t`Save as Excel…`, act: () => save("xlsx") },
              { key: "csv", text: t`Save as CSV…`, act: () => save("csv") },
            ]}
          >
            {t`Save as…`}
          </Menu>
        </>
      }
      strip={
        <>
          <FailureStrip failure={months.error ?? head.error ?? failure} />
          {proof && !isTrue(proof) && (
            <Strip tone="stop">
              {t`This report does not equal the ledger: ${report} here, ${ledger} there. Do not pay by it; have the books checked in the settings.`}
            </Strip>
          )}
        </>
      }
      side={shown && <MemberEarnings key={`${month} ${shown.member}`} row={shown} month={month} onClose={() => change({ open: "" })} />}
    >
      {list.length > 0 && (
        <Filters>
          <Select
            label={t`Which month`}
            hideLabel
            options={list.map((one) => ({ key: one, text: writeMonth(one, i18n.locale) }))}
            value={month}
            onChange={(next) => change({ month: next, open: "" })}
          />
          {totals && proof && (
            <div className={css.figures}>
              <Figure name={t`Payable`}>
                <Amount minor={totals.payable_minor} />
              </Figure>
              {!shown && (
                <Figure name={t`Net sales`}>
                  <Amount minor={proof.net_minor} />
                </Figure>
              )}
              <Figure name={t`Commission in net sales`}>{ratio === null ? "–" : writeRatio(ratio)}</Figure>
            </div>
          )}
        </Filters>
      )}
      {month !== "" ? (
        <Grid
          label={t`Commission of the month`}
          name={["month", filter]}
          topics={topics}
          columns={shown ? columns.filter((column) => beside.includes(column.id)) : columns}
          fetch={(offset, limit) =>
            call("month", { filter, window: { offset, limit } }).then(({ page, totals }) => ({
              rows: page.rows,
              count: page.count,
              totals,
            }))
          }
          rowKey={(row) => row.member}
          sort={{ by: state.by, descending: state.descending }}
          onSort={(sort) => change({ by: sort.by, descending: sort.descending })}
          current={shown?.member ?? null}
          onOpen={(row) => {
            setOpened(row);
            change({ open: row.member });
          }}
          empty={
            <EmptyHint>
              {state.search ? t`Nobody of this name earned in this month.` : t`Nobody earned commission in this month.`}
            </EmptyHint>
          }
          autoFocus
        />
      ) : (
        months.data && (
          <div className={css.nothing}>
            <EmptyHint>{t`There are no sales yet. Ctrl+1 opens the till; the first sale with a member begins the report.`}</EmptyHint>
          </div>
        )
      )}
      {proof && isTrue(proof) && (
        <p className={css.proof} role="status">
          {t`Equals the ledger to the cent and beyond: ${ledger} in the report and in the ledger.`}{" "}
          {t`Payable is rounded down once for each member.`}
        </p>
      )}
    </Page>
  );
}

/** Asks where to write the report and has it written; says where it is when it is done. */
function useExport(filter: MonthFilter) {
  const { t } = useLingui();
  const [job, setJob] = useState<number | null>(null);
  const deed = useDeed("export_month", setJob);
  const failed = useSaved(job, () => setJob(null));
  const save = async (kind: "xlsx" | "csv") => {
    const kinds = [kind === "xlsx" ? { name: "Excel", extensions: ["xlsx"] } : { name: "CSV", extensions: ["csv"] }];
    const title = t`Save the report as a file`;
    const path = await chooseTarget({ title, kinds, name: `${t`commission`}-${filter.month}.${kind}` });
    if (path) deed.mutate({ filter, path });
  };
  return { save, failure: deed.error ?? failed };
}
