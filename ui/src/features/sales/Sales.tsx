import { useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import {
  Amount,
  Button,
  Combo,
  DateField,
  Figure,
  Filters,
  Menu,
  Page,
  Paper,
  SearchField,
  Select,
  SideSheet,
  writeFixed,
} from "../../design";
import { call, type SaleFilter, type SaleKind, type SaleRow, type TradeBy, type TradeFilter } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useKeys, useSearchState } from "../../shell";
import { useTenderNames } from "../../shell/tenders";
import { Report } from "./Report";
import css from "./Sales.module.css";
import { SalesGrid } from "./SalesGrid";
import { useSheets } from "./useSheets";

const usual = { view: "list", from: "", to: "", person: "", tender: "", kind: "", member: "", search: "", open: "" };
const reports: readonly string[] = ["day", "clerk", "tender", "category", "product"] satisfies TradeBy[];

/** What was sold: every document with its sums, and the same added up by day, clerk, tender, category and product. */
export default function Sales() {
  const { t } = useLingui();
  const [state, change] = useSearchState(usual);
  const by = reports.includes(state.view) ? (state.view as TradeBy) : null;
  const find = useRef<HTMLInputElement>(null);
  const days = { from: state.from || null, to: state.to || null };
  const filter: SaleFilter = {
    ...days,
    search: state.search,
    member: state.member || null,
    person: state.person || null,
    tender: state.tender || null,
    kind: (state.kind || null) as SaleKind | null,
  };
  const trade: TradeFilter = { ...days, by: by ?? "day" };
  const [opened, setOpened] = useState<SaleRow | null>(null);
  const shown = !by && opened && state.open === opened.sale ? opened : null;
  const list = useAnswer("sales_list", { filter, window: { offset: 0, limit: 1 } }, { topics: ["sales"], enabled: !by, keep: true });
  const report = useAnswer(
    "trade",
    { filter: trade, window: { offset: 0, limit: 1 } },
    { topics: ["sales"], enabled: by !== null, keep: true },
  );
  const totals = by ? report.data?.totals : list.data?.totals;
  const { save, failure } = useSheets(by ? { by, trade } : { by: null, filter });
  const today = useAnswer("status", null, { topics: ["sales"] }).data?.today;
  useKeys({
    "/": () => find.current?.focus(),
    D: () => today && change({ from: today, to: today, open: "" }),
    L: () => change({ view: "list", open: "" }),
  });
  const receipts = totals ? writeFixed(totals.receipts, 0) : "";
  return (
    <Page
      title={t`Sales`}
      note={totals && t`${receipts} receipts`}
      acts={
        <>
          {!by && (
            <SearchField
              label={t`Start of a number`}
              value={state.search}
              onChange={(search) => change({ search, open: "" })}
              keys="/"
              inputRef={find}
            />
          )}
          <Button keys="D" disabled={!today} onPress={() => today && change({ from: today, to: today, open: "" })}>{t`Today`}</Button>
          <Menu
            label={t`Save as…`}
            items={[
              { key: "xlsx", text: t`Save as Excel…`, act: () => void save("xlsx") },
              { key: "csv", text: t`Save as CSV…`, act: () => void save("csv") },
            ]}
          >
            {t`Save as…`}
          </Menu>
        </>
      }
      strip={<FailureStrip failure={list.error ?? report.error ?? failure} />}
      side={shown && <Receipt key={shown.sale} row={shown} onClose={() => change({ open: "" })} />}
    >
      <Filters>
        <Select
          label={t`Show`}
          options={[
            { key: "list", text: t`Every sale` },
            { key: "day", text: t`By day` },
            { key: "clerk", text: t`By clerk` },
            { key: "tender", text: t`By tender` },
            { key: "category", text: t`By category` },
            { key: "product", text: t`Best sellers` },
          ]}
          value={by ?? "list"}
          onChange={(view) => change({ view, open: "" })}
        />
        <DateField label={t`From the day`} value={state.from || null} onChange={(from) => change({ from: from ?? "", open: "" })} />
        <DateField label={t`To the day`} value={state.to || null} onChange={(to) => change({ to: to ?? "", open: "" })} />
        {!by && <Narrow state={state} change={(part) => change({ ...part, open: "" })} />}
        {totals && (
          <div className={css.figures}>
            <Figure name={by === "tender" ? t`Kept` : t`Net sales`}>
              <Amount minor={totals.net_minor} />
            </Figure>
            {totals.discount_minor !== 0 && !shown && (
              <Figure name={t`Discounts`}>
                <Amount minor={-totals.discount_minor} />
              </Figure>
            )}
          </div>
        )}
      </Filters>
      {by ? (
        <Report filter={trade} />
      ) : (
        <SalesGrid
          filter={filter}
          narrow={shown !== null}
          current={shown?.sale ?? null}
          onOpen={(row) => {
            setOpened(row);
            change({ open: row.sale });
          }}
        />
      )}
    </Page>
  );
}

type State = typeof usual;

/** Who sold, who bought, how it was paid, where it came from. */
function Narrow({ state, change }: { state: State; change: (part: Partial<State>) => void }) {
  const { t } = useLingui();
  const people = useAnswer("people", null, { topics: ["people"] });
  const tenders = useTenderNames();
  const [member, setMember] = useState<{ key: string; text: string } | null>(null);
  const all = { key: "", text: t`All` };
  return (
    <>
      <Select
        label={t`Clerk`}
        options={[all, ...(people.data ?? []).map((person) => ({ key: person.person, text: person.name }))]}
        value={state.person}
        onChange={(person) => change({ person })}
      />
      <Select
        label={t`Paid with`}
        options={[all, ...Object.entries(tenders).map(([key, text]) => ({ key, text }))]}
        value={state.tender}
        onChange={(tender) => change({ tender })}
      />
      <Select
        label={t`Kind`}
        options={[
          all,
          { key: "till", text: t`From the till` },
          { key: "returned", text: t`Money given back` },
          { key: "imported", text: t`Brought in` },
        ]}
        value={state.kind}
        onChange={(kind) => change({ kind })}
      />
      <Combo
        label={t`Member`}
        chosen={state.member && member?.key === state.member ? member : null}
        onChoose={(hit) => {
          setMember(hit);
          change({ member: hit?.key ?? "" });
        }}
        search={async (text) => (await call("find_members", text)).map((hit) => ({ key: hit.member, text: hit.name, more: hit.number }))}
        none={t`No member of this name.`}
        clear={t`All members`}
      />
    </>
  );
}

/** The receipt of one sale, as it was printed; printed again as a copy. */
function Receipt({ row, onClose }: { row: SaleRow; onClose: () => void }) {
  const { t } = useLingui();
  const sheet = useAnswer("sale", row.sale, { topics: ["sales"] });
  const again = useDeed("reprint");
  const print = () => {
    if (sheet.data?.sale && !again.isPending) again.mutate({ sale: row.sale });
  };
  useKeys({ "Ctrl+P": print, Escape: onClose });
  return (
    <SideSheet
      wide
      title={row.number}
      more={<span>{row.business_date}</span>}
      close={t`Close`}
      onClose={onClose}
      footer={
        sheet.data?.sale && (
          <Button keys="Ctrl+P" busy={again.isPending} onPress={print}>
            {t`Print the receipt again`}
          </Button>
        )
      }
    >
      <FailureStrip failure={sheet.error ?? again.error} />
      {sheet.data &&
        (sheet.data.rows.length > 0 ? (
          <Paper label={t`Receipt`} rows={sheet.data.rows} />
        ) : (
          <p>{t`This document was brought in from an earlier system; it has no receipt here.`}</p>
        ))}
    </SideSheet>
  );
}
