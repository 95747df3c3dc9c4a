import { useLingui } from "@lingui/react/macro";
import { useEffect, useMemo, useState } from "react";
import {
  Amount,
  Button,
  type Column,
  EmptyHint,
  Figure,
  Grid,
  Menu,
  SearchField,
  Section,
  Select,
  type Sort,
  Strip,
  useCurrency,
  writeFixed,
  writeMonth,
  writePlain,
} from "../../design";
import { call, chooseTarget, failureFrom, type SimulationRow, type SimulationSummary } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useJob } from "../../shell";
import css from "./Simulation.module.css";
import { Spread } from "./Spread";
import { afterCommission, isRun, type Run, twoDecimals } from "./simulation";

interface SimulationProps {
  /** The plan as it stands, where it is one. */
  text: string | null;
  hash: string | null;
  /** Past months with sales, newest first. */
  months: readonly string[];
  run: Run | null;
  onRun: (run: Run) => void;
  onClose: () => void;
}

/** The draft on a past month of the shop's own sales: what it would have paid, to whom more and to whom less. */
export function Simulation({ text, hash, months, run, onRun, onClose }: SimulationProps) {
  const { t, i18n } = useLingui();
  const [month, setMonth] = useState(run?.month ?? months[0] ?? "");
  const [job, setJob] = useState<number | null>(null);
  const state = useJob(job);
  const begin = useDeed("simulate_plan", setJob);
  const end = state?.end;
  const result = end?.end === "done" && isRun(end.result) ? end.result : null;
  useEffect(() => {
    if (result && (result.hash !== run?.hash || result.month !== run?.month)) onRun({ hash: result.hash, month: result.month });
  }, [result, run, onRun]);
  const running = job !== null && !end;
  const done = writeFixed(state?.done ?? 0, 0);
  const total = writeFixed(state?.total ?? 0, 0);
  const name = month ? writeMonth(month, i18n.locale) : "";
  const stale = run !== null && hash !== null && run.hash !== hash;
  if (months.length === 0) {
    return (
      <Section title={t`Simulation`} acts={<Button onPress={onClose}>{t`Back to the rules`}</Button>}>
        <EmptyHint>{t`There is no past month with sales to try the plan on.`}</EmptyHint>
      </Section>
    );
  }
  return (
    <section className={css.simulation} aria-label={t`Simulation`}>
      <header className={css.head}>
        <Select
          label={t`Month to try the plan on`}
          hideLabel
          options={months.map((one) => ({ key: one, text: writeMonth(one, i18n.locale) }))}
          value={month}
          onChange={setMonth}
        />
        <Button
          kind="ink"
          disabled={text === null || running}
          busy={begin.isPending}
          onPress={() => text !== null && begin.mutate({ text, month })}
        >
          {t`Try the plan on ${name}`}
        </Button>
        {running && (
          <>
            <progress
              className={css.progress}
              max={state?.total || undefined}
              value={state?.total ? state.done : undefined}
              aria-label={t`Trying the plan`}
            />
            <span className={css.aside}>{state?.total ? t`${done} of ${total}` : ""}</span>
            <Button onPress={() => void call("cancel_job", job)}>{t`Stop`}</Button>
          </>
        )}
        <span className={css.back}>
          <Button kind="quiet" onPress={onClose}>
            {t`Back to the rules`}
          </Button>
        </span>
      </header>
      <FailureStrip failure={begin.error ?? (end?.end === "failed" ? failureFrom(end.failure) : null)} />
      {end?.end === "cancelled" && <Strip tone="note">{t`Stopped. Nothing was kept.`}</Strip>}
      {stale && <Strip tone="wait">{t`This result is of an earlier draft. Try the plan again to see what it does now.`}</Strip>}
      {!run && !running && (
        <EmptyHint>{t`Every sale of the month is worked out again by this draft and by the plan that the month had.`}</EmptyHint>
      )}
      {run && <Result run={run} />}
    </section>
  );
}

function Result({ run }: { run: Run }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const [search, setSearch] = useState("");
  const [sort, setSort] = useState<Sort | null>(null);
  const head = useAnswer("simulation", { ...run, search: "", sort: null, descending: false, window: { offset: 0, limit: 1 } });
  const exported = useDeed("export_simulation");
  const save = (extension: "xlsx" | "csv") =>
    void chooseTarget({
      name: `${run.month}.${extension}`,
      kinds: [{ name: extension === "xlsx" ? "Excel" : "CSV", extensions: [extension] }],
    }).then((path) => {
      if (path) exported.mutate({ ...run, path });
    });
  const columns = useMemo<Column<SimulationRow, SimulationSummary>[]>(() => {
    const money = (id: string, title: string, of: (row: SimulationRow) => number, total: (sums: SimulationSummary) => number) => ({
      id,
      title,
      width: "128px",
      align: "end" as const,
      sortable: true,
      cell: (row: SimulationRow) => <Amount minor={of(row)} />,
      copy: (row: SimulationRow) => writePlain(of(row), digits),
      total: (sums: SimulationSummary) => <Amount minor={total(sums)} />,
    });
    return [
      { id: "number", title: t`Number`, width: "96px", sortable: true, cell: (row) => row.number },
      { id: "name", title: t`Name`, width: "minmax(96px, 1fr)", sortable: true, cell: (row) => row.name, total: () => t`Total` },
      money(
        "before",
        t`That month's plan`,
        (row) => row.before_minor,
        (sums) => sums.before_minor,
      ),
      money(
        "after",
        t`This draft`,
        (row) => row.after_minor,
        (sums) => sums.after_minor,
      ),
      money(
        "difference",
        t`Difference`,
        (row) => row.difference_minor,
        (sums) => sums.after_minor - sums.before_minor,
      ),
    ];
  }, [t, digits]);
  const summary = head.data?.summary;
  return (
    <>
      <FailureStrip failure={head.error ?? exported.error} />
      {summary && (
        <>
          <Figures summary={summary} />
          <Spread bins={summary.spread} />
          <div className={css.listHead}>
            <h2>{t`Member by member, ${writeMonth(summary.month, i18n.locale)}`}</h2>
            <SearchField label={t`Name or number`} value={search} onChange={setSearch} />
            <Menu
              label={t`Save as…`}
              items={[
                { key: "xlsx", text: t`Save as Excel…`, act: () => save("xlsx") },
                { key: "csv", text: t`Save as CSV…`, act: () => save("csv") },
              ]}
            >
              {t`Save as…`}
            </Menu>
          </div>
          <div className={css.grid}>
            <Grid
              label={t`Members and what changes for them`}
              name={["simulation", run, search, sort]}
              columns={columns}
              fetch={(offset, limit) =>
                call("simulation", {
                  ...run,
                  search,
                  sort: sort?.by ?? null,
                  descending: sort?.descending ?? false,
                  window: { offset, limit },
                }).then(({ page, summary: sums }) => ({
                  rows: page.rows,
                  count: page.count,
                  totals: search === "" ? sums : undefined,
                }))
              }
              rowKey={(row) => row.member}
              sort={sort}
              onSort={setSort}
              empty={<EmptyHint>{search ? t`Nobody of this name earns by either plan.` : t`Nobody earns by either plan.`}</EmptyHint>}
            />
          </div>
        </>
      )}
    </>
  );
}

function Figures({ summary }: { summary: SimulationSummary }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const { gain, lose, same, version } = summary;
  const left = afterCommission(summary);
  const before = version === null ? t`No plan then` : t`By version ${version}`;
  const net = writeFixed(summary.net_minor, digits);
  const orders = writeFixed(summary.orders, 0);
  const costed = writeFixed(summary.costed_net_minor, digits);
  const known = summary.costed_net_minor > 0;
  return (
    <>
      <div className={css.figures}>
        <Figure name={t`By this draft`}>
          <Amount minor={summary.after_minor} />
        </Figure>
        <Figure name={before}>
          <Amount minor={summary.before_minor} />
        </Figure>
        <Figure name={t`Difference`}>
          <Amount minor={summary.after_minor - summary.before_minor} />
        </Figure>
        <Figure name={t`Of money received`}>{summary.ratio_ppm === null ? "–" : twoDecimals(summary.ratio_ppm)}</Figure>
        <Figure name={t`At most, proved`}>{summary.bound_ppm === null ? t`no bound` : twoDecimals(summary.bound_ppm)}</Figure>
        <Figure name={t`Margin left`}>{known ? <Amount minor={left} /> : "–"}</Figure>
      </div>
      <p className={css.aside}>
        {t`${orders} sales to members, ${net} received. ${gain} members gain, ${lose} lose, ${same} stay.`}{" "}
        {known
          ? t`The margin is of all goods sold in the month whose cost is known (${costed}), at today's cost, less this commission.`
          : t`No cost is known of the goods that were sold.`}
      </p>
    </>
  );
}
