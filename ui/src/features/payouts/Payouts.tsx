import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, Figure, Filters, notify, Page, Select, useCurrency, writeFixed, writeMonth } from "../../design";
import type { BatchRow, PayableRow, PayoutRow, PayoutState } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, useKeys, useSearchState } from "../../shell";
import { Batches, BatchSheet } from "./Batches";
import { Payables, PayoutList } from "./Lists";
import { MemberSheet } from "./MemberSheet";
import { PayoutSheet } from "./PayoutSheet";
import css from "./Payouts.module.css";
import { ResultDialog } from "./ResultDialog";
import { stateWords } from "./words";

const tabs = ["payable", "payouts", "batches"] as const;
type Tab = (typeof tabs)[number];
const states: readonly PayoutState[] = ["requested", "seconded", "approved", "sent", "paid", "failed", "returned", "rejected"];

/** From a released statement to money in the member's hands: what is payable, what is under way, and the batches to banks and services. */
export default function Payouts() {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const [state, change] = useSearchState({ tab: "payable", state: "" });
  const tab: Tab = tabs.find((one) => one === state.tab) ?? "payable";
  const shown = states.find((one) => one === state.state) ?? null;
  const [member, setMember] = useState<PayableRow | null>(null);
  const [payout, setPayout] = useState<PayoutRow | null>(null);
  const [batch, setBatch] = useState<BatchRow | null>(null);
  const [reading, setReading] = useState(false);
  const head = useAnswer(
    "payables",
    { search: "", window: { offset: 0, limit: 1 } },
    { topics: ["payouts", "month", "members"], keep: true },
  );
  const closing = useAnswer("closing", null, { topics: ["month"] });
  const month = closing.data?.last ?? null;
  const run = useDeed("run_payouts", ({ payouts, amount_minor, left }) => {
    const count = writeFixed(payouts, 0);
    const sum = writeFixed(amount_minor, digits);
    const others = writeFixed(left, 0);
    notify({ text: t`${count} payouts asked for, ${sum} in all; ${others} members left out` });
    to("payouts");
  });
  const approve = useDeed("approve_payouts", (went) => {
    const count = writeFixed(went, 0);
    notify({ text: t`${count} payouts approved` });
  });
  const close = () => {
    setMember(null);
    setPayout(null);
    setBatch(null);
  };
  const to = (next: Tab) => {
    close();
    change({ tab: next });
  };
  const names: Record<Tab, string> = { payable: t`Payable`, payouts: t`Payouts`, batches: t`Batches & results` };
  const askAll = () => {
    if (!run.isPending) run.mutate({ month, members: [] });
  };
  const approveAll = () => {
    if (!approve.isPending) approve.mutate({ payouts: [], reason: "", reference: "" });
  };
  useKeys({
    "Alt+1": () => to("payable"),
    "Alt+2": () => to("payouts"),
    "Alt+3": () => to("batches"),
    "Ctrl+Enter": tab === "payable" ? askAll : tab === "payouts" ? approveAll : () => setReading(true),
    Escape: member || payout || batch ? close : undefined,
  });
  const totals = head.data?.totals;
  const name = month ? writeMonth(month, i18n.locale) : "";
  return (
    <Page
      title={t`Payouts`}
      note={names[tab]}
      acts={
        <>
          <Button onPress={() => go("/month")}>{t`Month`}</Button>
          <Button onPress={() => go("/month/tax")}>{t`Tax year`}</Button>
          {tab === "payable" && (
            <Button kind="ink" keys="Ctrl+Enter" busy={run.isPending} onPress={askAll}>
              {month ? t`Pay out ${name}` : t`Pay out all`}
            </Button>
          )}
          {tab === "payouts" && (
            <Button kind="ink" keys="Ctrl+Enter" busy={approve.isPending} onPress={approveAll}>
              {t`Approve all`}
            </Button>
          )}
          {tab === "batches" && (
            <Button kind="ink" keys="Ctrl+Enter" onPress={() => setReading(true)}>
              {t`Read a result…`}
            </Button>
          )}
        </>
      }
      strip={<FailureStrip failure={head.error ?? run.error ?? approve.error} />}
      side={
        member ? (
          <MemberSheet key={member.member} row={member} onClose={close} />
        ) : payout ? (
          <PayoutSheet key={payout.payout} row={payout} onClose={close} />
        ) : batch ? (
          <BatchSheet key={batch.batch} row={batch} onClose={close} />
        ) : null
      }
    >
      <Filters>
        <nav className={css.tabs} aria-label={t`Parts of the payouts`}>
          {tabs.map((one, index) => (
            <Button key={one} pressed={one === tab} keys={`Alt+${index + 1}`} onPress={() => to(one)}>
              {names[one]}
            </Button>
          ))}
        </nav>
        {tab === "payouts" && (
          <Select
            label={t`Where it stands`}
            hideLabel
            options={[{ key: "all", text: t`Wherever it stands` }, ...states.map((one) => ({ key: one, text: i18n._(stateWords(one)) }))]}
            value={shown ?? "all"}
            onChange={(next) => change({ state: next === "all" ? "" : next })}
          />
        )}
        {totals && !member && !payout && !batch && (
          <div className={css.figures}>
            <Figure name={t`Payable`}>
              <Amount minor={totals.payable_minor} />
            </Figure>
            {totals.held_minor > 0 && (
              <Figure name={t`Held by the review`}>
                <Amount minor={totals.held_minor} />
              </Figure>
            )}
            <Figure name={t`Under way`}>
              <Amount minor={totals.requested_minor + totals.approved_minor + totals.sent_minor} />
            </Figure>
            <Figure name={t`Paid`}>
              <Amount minor={totals.paid_minor} />
            </Figure>
          </div>
        )}
      </Filters>
      {tab === "payable" && <Payables open={member?.member ?? null} onOpen={setMember} />}
      {tab === "payouts" && <PayoutList states={shown ? [shown] : []} open={payout?.payout ?? null} onOpen={setPayout} />}
      {tab === "batches" && <Batches channels={head.data?.terms.channels ?? []} open={batch?.batch ?? null} onOpen={setBatch} />}
      {reading && <ResultDialog onClose={() => setReading(false)} />}
    </Page>
  );
}
