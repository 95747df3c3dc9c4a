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
  Sheet,
  SideSheet,
  writeFixed,
} from "../../design";
import { call, type SaleFilter, type SaleKind, type SaleRow, type TradeBy, type TradeFilter } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, useKeys, useSearchState } from "../../shell";
import { useTenderNames } from "../../shell/tenders";
import { Owed } from "../balance/Owed";
import { ReturnedSeal } from "../returns/ReturnedSeal";
import { ReturnHistory } from "../returns/ReturnHistory";
import { Report } from "./Report";
import { SalePdf } from "./SalePdf";
import css from "./Sales.module.css";
import { SalesGrid } from "./SalesGrid";
import { useSheets } from "./useSheets";

const usual = { view: "list", from: "", to: "", person: "", tender: "", kind: "", member: "", search: "", open: "" };
const reports: readonly string[] = ["day", "clerk", "tender", "category", "product"] satisfies TradeBy[];

/** What was sold: every document with its sums, and the same added up by day, clerk, tender, category and product. */
export default function Sales() {
  const { t } = useLingui();
  const [state, change] = useSearchState(usual);
  const owed = state.view === "balance";
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
  const list = useAnswer(
    "sales_list",
    { filter, window: { offset: 0, limit: 1 } },
    { topics: ["sales"], enabled: !by && !owed, keep: true },
  );
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
      note={totals && !owed && t`${receipts} receipts`}
      acts={
        <>
          {!by && !owed && (
            <SearchField
              label={t`Start of a number`}
              value={state.search}
              onChange={(search) => change({ search, open: "" })}
              keys="/"
              inputRef={find}
            />
          )}
          <Button keys="D" disabled={!today} onPress={() => today && change({ from: today, to: today, open: "" })}>{t`Today`}</Button>
          {!owed && (
            <Menu
              label={t`Save as…`}
              items={[
                { key: "xlsx", text: t`Save as Excel…`, act: () => void save("xlsx") },
                { key: "csv", text: t`Save as CSV…`, act: () => void save("csv") },
              ]}
            >
              {t`Save as…`}
            </Menu>
          )}
        </>
      }
      strip={<FailureStrip failure={list.error ?? report.error ?? failure} />}
      side={
        shown && (
          <Receipt
            key={shown.sale}
            row={shown}
            onOpen={(row) => {
              setOpened(row);
              change({ open: row.sale });
            }}
            onClose={() => change({ open: "" })}
          />
        )
      }
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
            { key: "balance", text: t`Stored value` },
          ]}
          value={owed ? "balance" : (by ?? "list")}
          onChange={(view) => change({ view, open: "" })}
        />
        <DateField label={t`From the day`} value={state.from || null} onChange={(from) => change({ from: from ?? "", open: "" })} />
        <DateField label={t`To the day`} value={state.to || null} onChange={(to) => change({ to: to ?? "", open: "" })} />
        {!by && !owed && <Narrow state={state} change={(part) => change({ ...part, open: "" })} />}
        {totals && !owed && (
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
      {owed ? (
        <Sheet narrow>
          <Owed days={days} />
        </Sheet>
      ) : by ? (
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

/** The receipt of one sale, as it was printed, with what came back of it; printed again as a copy. */
function Receipt({ row, onOpen, onClose }: { row: SaleRow; onOpen: (row: SaleRow) => void; onClose: () => void }) {
  const { t } = useLingui();
  const sheet = useAnswer("sale", row.sale, { topics: ["sales"] });
  const again = useDeed("reprint");
  const noteAgain = useDeed("reprint_return");
  const listed = sheet.data?.row ?? row;
  const { origin } = listed;
  const left = !listed.is_return && listed.returned_milli < listed.pieces_milli;
  const find = async () => {
    const found = origin === null ? [] : await call("find_sales", origin);
    const sale = found.find((one) => one.number === origin);
    if (sale) onOpen(sale);
  };
  const print = () => {
    if (sheet.data?.sale && !again.isPending) again.mutate({ sale: row.sale });
    if (sheet.data?.returned && !noteAgain.isPending) noteAgain.mutate(row.sale);
  };
  useKeys({ "Ctrl+P": print, Escape: onClose });
  return (
    <SideSheet
      wide
      title={row.number}
      more={
        <span>
          {row.business_date} <ReturnedSeal row={listed} />
        </span>
      }
      close={t`Close`}
      onClose={onClose}
      footer={
        <>
          {sheet.data?.sale && (
            <Button keys="Ctrl+P" busy={again.isPending} onPress={print}>
              {t`Print the receipt again`}
            </Button>
          )}
          {sheet.data?.returned && (
            <Button keys="Ctrl+P" busy={noteAgain.isPending} onPress={print}>
              {t`Print the credit note again`}
            </Button>
          )}
          {left && <Button onPress={() => go("/returns", { sale: row.sale })}>{t`Take goods back`}</Button>}
        </>
      }
    >
      <FailureStrip failure={sheet.error ?? again.error ?? noteAgain.error} />
      {(sheet.data?.sale || sheet.data?.returned) && (
        <SalePdf sale={row.sale} number={row.number} returned={sheet.data.returned !== null} />
      )}
      {sheet.data && <ReturnHistory returns={sheet.data.returns} onOpen={onOpen} />}
      {origin !== null && (
        <p>
          {t`Goods of the sale`}{" "}
          <Button kind="quiet" onPress={() => void find()}>
            {origin}
          </Button>
        </p>
      )}
      {sheet.data &&
        (sheet.data.rows.length > 0 ? (
          <Paper label={t`Receipt`} rows={sheet.data.rows} />
        ) : (
          <p>{t`This document was brought in from an earlier system; it has no receipt here.`}</p>
        ))}
    </SideSheet>
  );
}
