import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import {
  Amount,
  type Bar,
  BarChart,
  BarLegend,
  Button,
  DoubleRuleTotals,
  EmptyHint,
  Filters,
  Menu,
  Page,
  Section,
  Select,
  Sheet,
  useCurrency,
  writeFixed,
  writeMicro,
  writeMonth,
} from "../../design";
import { chooseTarget, type MonthReview, type ReviewBy, type ReviewPart } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, useKeys, useSearchState } from "../../shell";
import { useSaved } from "./exports";
import { changePpm, ratioPpm, writeChange, writeRatio } from "./proof";
import css from "./Review.module.css";

const usual = { month: "", top: "" };

/** The manager's month: what commission went where, against the month before and the same month of last year, and what is owed. */
export default function Review() {
  const { t, i18n } = useLingui();
  const { code } = useCurrency();
  const [state, change] = useSearchState(usual);
  const months = useAnswer("months", null, { topics: ["month", "sales"] });
  const list = months.data ?? [];
  const month = state.month || list[0] || "";
  const top = state.top || null;
  const review = useAnswer(
    "month_review",
    { month, top },
    { topics: ["month", "sales", "members", "payouts", "plan"], enabled: month !== "", keep: true },
  );
  const { save, failure } = useExport(month, top);
  const step = (by: number) => {
    const next = list[list.indexOf(month) + by];
    if (next) change({ month: next });
  };
  useKeys({ "[": () => step(1), "]": () => step(-1), Escape: () => (top ? change({ top: "" }) : go("/month")) });
  const told = review.data;
  const series = told ? told.figures.map((figures) => writeMonth(figures.month, i18n.locale)) : [];
  return (
    <Page
      title={t`The month at a glance`}
      note={t`amounts in ${code}`}
      acts={<Button keys="Esc" onPress={() => go("/month")}>{t`To the report`}</Button>}
      strip={<FailureStrip failure={months.error ?? review.error ?? failure} />}
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
          <BarLegend label={t`Which bar is which month`} series={series} />
        </Filters>
      )}
      {months.data && list.length === 0 && <EmptyHint>{t`There are no sales yet, and so nothing to look at.`}</EmptyHint>}
      {told && (
        <Sheet>
          <div className={css.two}>
            <Section title={t`Commission and sales`}>
              <Months told={told} series={series} />
            </Section>
            <Section title={t`Owed to members today`}>
              <Owed told={told} />
            </Section>
          </div>
          <div className={css.two}>
            {told.parts.map((part) => (
              <Part
                key={part.by}
                part={part}
                series={series}
                onTop={(member) => change({ top: member })}
                onBack={top ? () => change({ top: "" }) : undefined}
                onSave={(kind) => save(part.by, kind)}
              />
            ))}
          </div>
        </Sheet>
      )}
    </Page>
  );
}

/** Three months beside each other: sales, commission, its share, and what the plan can pay at most. */
function Months({ told, series }: { told: MonthReview; series: readonly string[] }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const [now] = told.figures;
  const share = (ppm: number | null) => (ppm === null ? "–" : writeRatio(ppm));
  const against = (of: (figures: MonthReview["figures"][number]) => number, at: number): ReactNode => {
    const other = told.figures[at];
    const ppm = at === 0 || !other ? null : changePpm(of(now), of(other));
    return ppm === null ? null : <small>{writeChange(ppm)}</small>;
  };
  const ratio = ratioPpm(now);
  const version = told.plan_version;
  const bound = told.bound_ppm === null ? "" : writeRatio(told.bound_ppm);
  const over = ratio !== null && told.bound_ppm !== null && ratio > told.bound_ppm;
  return (
    <>
      <table className={css.table} aria-label={t`Commission and sales`}>
        <thead>
          <tr>
            <td />
            {series.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t`Net sales`}</th>
            {told.figures.map((one, at) => (
              <td key={one.month}>
                <Amount minor={one.net_minor} /> {against((figures) => figures.net_minor, at)}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t`Commission`}</th>
            {told.figures.map((one, at) => (
              <td key={one.month}>
                {writeMicro(one.amount_micro, digits)} {against((figures) => figures.amount_micro, at)}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t`Commission in net sales`}</th>
            {told.figures.map((one) => (
              <td key={one.month}>{share(ratioPpm(one))}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t`Members who earned`}</th>
            {told.figures.map((one) => (
              <td key={one.month}>{writeFixed(one.members, 0)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t`Receipts`}</th>
            {told.figures.map((one) => (
              <td key={one.month}>{writeFixed(one.receipts, 0)}</td>
            ))}
          </tr>
        </tbody>
      </table>
      <p className={css.small} data-over={over || undefined}>
        {version === null
          ? t`No plan was in force on the last day of the month.`
          : told.bound_ppm === null
            ? t`Version ${version} of the plan has no proved bound.`
            : over
              ? t`More than the ${bound} that version ${version} of the plan can pay: commission of earlier months counts here as well.`
              : t`Version ${version} of the plan can pay ${bound} at most.`}{" "}
        {t`A small figure says by how much this month differs from that one.`}
      </p>
    </>
  );
}

function Owed({ told }: { told: MonthReview }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const { owing } = told;
  return (
    <DoubleRuleTotals
      lines={[
        { name: t`Earned, on no statement yet`, figure: writeMicro(owing.pending_micro, digits) },
        { name: t`On released statements`, figure: <Amount minor={owing.payable_minor} /> },
        { name: t`Held by the review`, figure: <Amount minor={owing.held_minor} /> },
        { name: t`Payouts under way`, figure: <Amount minor={owing.under_way_minor} /> },
      ]}
      sum={{ name: t`Unpaid commission`, figure: writeMicro(owing.total_micro, digits) }}
    />
  );
}

interface PartProps {
  part: ReviewPart;
  series: readonly string[];
  onTop: (member: string) => void;
  onBack: (() => void) | undefined;
  onSave: (kind: "xlsx" | "csv") => void;
}

function Part({ part, series, onTop, onBack, onSave }: PartProps) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const words = usePartWords();
  const { title, what, nothing } = words(part.by);
  const branch = part.by === "branch";
  const write = (micro: number) => writeMicro(micro, digits);
  const bars: Bar[] = part.rows.map((row) => {
    const { member, name, number, below } = row;
    const people = writeFixed(below, 0);
    return {
      key: `${number} ${name}`,
      name: name === "" ? nothing : part.by === "depth" ? (name === "0" ? t`On own purchases` : t`Depth ${name}`) : name,
      note: branch ? t`${number} · ${people} below` : number,
      values: row.amounts,
      ...(branch && below > 0 && member !== null ? { open: () => onTop(member) } : {}),
    };
  });
  if (part.rest.some((amount) => amount !== 0)) {
    const own = branch && part.within !== null ? t`${part.within.name} and the rest` : t`The rest`;
    bars.push({ key: "", name: own, values: part.rest });
  }
  const head = branch && part.within ? t`Branches below ${part.within.name}` : title;
  return (
    <BarChart
      title={head}
      series={series}
      bars={bars}
      write={write}
      words={{ what, chart: t`View as chart`, table: t`View as table` }}
      acts={
        <>
          {branch && onBack && <Button kind="quiet" keys="Esc" onPress={onBack}>{t`Back to the top`}</Button>}
          <Menu
            label={t`Save as… ${head}`}
            items={[
              { key: "xlsx", text: t`Save as Excel…`, act: () => onSave("xlsx") },
              { key: "csv", text: t`Save as CSV…`, act: () => onSave("csv") },
            ]}
          >
            {t`Save as…`}
          </Menu>
        </>
      }
    />
  );
}

function usePartWords() {
  const { t } = useLingui();
  return (by: ReviewBy): { title: string; what: string; nothing: string } => {
    switch (by) {
      case "rule":
        return { title: t`By rule`, what: t`Rule`, nothing: "" };
      case "rank":
        return { title: t`By rank`, what: t`Rank`, nothing: t`No rank` };
      case "depth":
        return { title: t`By depth`, what: t`Depth`, nothing: "" };
      case "product":
        return { title: t`By product`, what: t`Product`, nothing: t`Of no one product` };
      case "branch":
        return { title: t`By branch`, what: t`Branch`, nothing: "" };
      case "member":
        return { title: t`Top promoters`, what: t`Member`, nothing: t`Nobody that the books know` };
    }
  };
}

/** Asks where to write a part and has it written with all its rows. */
function useExport(month: string, top: string | null) {
  const { t } = useLingui();
  const words = usePartWords();
  const [job, setJob] = useState<number | null>(null);
  const deed = useDeed("export_review", setJob);
  const failed = useSaved(job, () => setJob(null));
  const save = async (by: ReviewBy, kind: "xlsx" | "csv") => {
    const kinds = [kind === "xlsx" ? { name: "Excel", extensions: ["xlsx"] } : { name: "CSV", extensions: ["csv"] }];
    const path = await chooseTarget({
      title: t`Save the report as a file`,
      kinds,
      name: `${t`commission`}-${month}-${words(by).what}.${kind}`,
    });
    if (path) deed.mutate({ month, by, top, path });
  };
  return { save, failure: deed.error ?? failed };
}
