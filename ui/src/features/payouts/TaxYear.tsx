import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
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
  Select,
  Switch,
  useCurrency,
  writeFixed,
  writePlain,
} from "../../design";
import { call, chooseTarget, type TaxYearRow, type TaxYearSums } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, useKeys, useSearchState, useSession } from "../../shell";
import { useSaved } from "../month/exports";
import css from "./Payouts.module.css";

const usual = { year: "", all: false };

/** The year for the tax office: each person with what was granted, withheld and paid. */
export default function TaxYear() {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const { shop } = useSession();
  const [state, change] = useSearchState(usual);
  const year = Number(state.year || shop.today.slice(0, 4));
  const head = useAnswer(
    "tax_year",
    { year, reported: !state.all, window: { offset: 0, limit: 1 } },
    { topics: ["payouts", "month", "settings"], keep: true },
  );
  const { report, sums, page, years = [] } = head.data ?? {};
  const reported = !state.all && report !== null;
  const [job, setJob] = useState<number | null>(null);
  const failed = useSaved(job, () => setJob(null));
  const deed = useDeed("export_tax_year", setJob);
  const save = async (kind: "xlsx" | "csv") => {
    const kinds = [kind === "xlsx" ? { name: "Excel", extensions: ["xlsx"] } : { name: "CSV", extensions: ["csv"] }];
    const path = await chooseTarget({ title: t`Save the year as a file`, kinds, name: `${t`tax year`}-${year}.${kind}` });
    if (path) deed.mutate({ year, reported, path });
  };
  const back = () => go("/month/payouts");
  useKeys({ Escape: back });
  const shown = [...new Set([year, ...years])].sort((one, other) => other - one);
  const count = page?.count ?? 0;
  const least = writeFixed(report?.least_units ?? 0, 0);
  const { form = "", law = "" } = report ?? {};
  const money = (id: keyof TaxYearSums, title: string): Column<TaxYearRow> => ({
    id,
    title,
    width: "96px",
    align: "end",
    cell: ({ sums }) => <Amount minor={sums[id]} />,
    copy: ({ sums }) => writePlain(sums[id], digits),
  });
  const columns: Column<TaxYearRow>[] = [
    { id: "number", title: t`Number`, width: "76px", cell: ({ number }) => number },
    { id: "name", title: t`Name`, width: "minmax(64px, 1fr)", cell: ({ name }) => name },
    { id: "holder", title: t`Account holder`, width: "minmax(64px, 1fr)", cell: ({ holder }) => holder },
    { id: "identity", title: t`Identity number`, width: "144px", cell: ({ identity }) => identity || t`missing` },
    { id: "months", title: t`Months`, width: "44px", align: "end", cell: ({ sums }) => writeFixed(sums.months, 0) },
    money("gross_minor", t`Granted`),
    money("tax_minor", t`Tax withheld`),
    money("net_minor", t`After tax`),
    money("paid_minor", t`Paid in the year`),
  ];
  return (
    <Page
      title={t`Tax year`}
      note={plural(count, { one: "# person", other: "# persons" })}
      acts={
        <>
          <Menu
            label={t`Save…`}
            items={[
              { key: "xlsx", text: t`As an Excel file…`, act: () => void save("xlsx") },
              { key: "csv", text: t`As a CSV file…`, act: () => void save("csv") },
            ]}
          >
            {t`Save…`}
          </Menu>
          <Button keys="Escape" onPress={back}>
            {t`Payouts`}
          </Button>
        </>
      }
      strip={<FailureStrip failure={head.error ?? deed.error ?? failed} />}
    >
      <Filters>
        <Select
          label={t`Which year`}
          hideLabel
          options={shown.map((one) => ({ key: String(one), text: String(one) }))}
          value={String(year)}
          onChange={(key) => change({ year: key })}
        />
        {report && (
          <Switch value={state.all} onChange={(all) => change({ all })}>
            {t`Everybody`}
          </Switch>
        )}
        {sums && (
          <div className={css.figures}>
            <Figure name={t`Granted`}>
              <Amount minor={sums.gross_minor} />
            </Figure>
            <Figure name={t`Tax withheld`}>
              <Amount minor={sums.tax_minor} />
            </Figure>
            <Figure name={t`Paid in the year`}>
              <Amount minor={sums.paid_minor} />
            </Figure>
          </div>
        )}
      </Filters>
      {report && (
        <p className={css.prose}>
          {reported
            ? t`${form}: whoever was paid ${least} or more in the year. ${law}`
            : t`Everybody, whether ${form} asks for them or not.`}
        </p>
      )}
      <Grid
        label={t`Tax year`}
        name={["tax_year", year, reported]}
        topics={["payouts", "month", "members", "settings"]}
        columns={columns}
        rowKey={(row) => row.member}
        fetch={(offset, limit) => call("tax_year", { year, reported, window: { offset, limit } }).then((answer) => answer.page)}
        onOpen={(row) => go("/members", { open: row.member })}
        empty={<EmptyHint>{t`Nobody was granted or paid anything in this year.`}</EmptyHint>}
        autoFocus
      />
    </Page>
  );
}
