import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import {
  Amount,
  Button,
  type Column,
  Dialog,
  EmptyHint,
  Facts,
  Figure,
  Filters,
  Grid,
  notify,
  Page,
  Seal,
  Select,
  SideSheet,
  TextField,
  useCurrency,
  writeFixed,
  writeMonth,
} from "../../design";
import { call, type RiskRow, type Ruling } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, useKeys, useMessageWords, useSearchState } from "../../shell";
import css from "./Risks.module.css";
import { evidenceOf, signOf, verdictOf, verdictTone } from "./risks";

const usual = { month: "" };
const topics = ["month", "members", "payouts", "settings"] as const;
const verdicts: Record<string, Ruling> = { p: "passed", h: "held", n: "noted" };
const beside: readonly string[] = ["name", "amount", "verdict"];

/** The review of a month: whose commission is worth a look, why, and what was decided. P passes, H holds, N notes. */
export default function Risks() {
  const { t, i18n } = useLingui();
  const { code } = useCurrency();
  const [state, change] = useSearchState(usual);
  const closing = useAnswer("closing", null, { topics: ["month", "sales"] });
  const worked = closing.data?.worked?.month;
  const months = [...new Set([...(worked ? [worked] : []), ...(closing.data?.closes ?? []).map((one) => one.month)])];
  const month = state.month || months[0] || "";
  const [open, setOpen] = useState<string | null>(null);
  const [asking, setAsking] = useState<{ row: RiskRow; verdict: Ruling } | null>(null);
  const head = useAnswer("month_risks", { month, window: { offset: 0, limit: 200 } }, { topics, enabled: month !== "", keep: true });
  const told = head.data;
  const { fault } = useMessageWords();
  const shown = told?.page.rows.find((row) => keyOf(row) === open) ?? null;
  const name = (member: string) => told?.names.find(([id]) => id === member)?.[1] ?? "";
  const released = told?.released ?? false;
  const ask = (row: RiskRow, verdict: Ruling): boolean => {
    if (!may(row, verdict)) return false;
    setAsking({ row, verdict });
    return true;
  };
  useKeys({ Escape: () => (open ? setOpen(null) : go("/month/close")) });
  const columns: Column<RiskRow>[] = [
    { id: "number", title: t`Number`, width: "104px", cell: (row) => row.number },
    { id: "name", title: t`Name`, width: "minmax(96px, 1fr)", cell: (row) => row.name },
    {
      id: "amount",
      title: released ? t`Held` : t`To pay after tax`,
      width: "124px",
      align: "end",
      cell: (row) => <Amount minor={row.net_minor ?? row.held_minor} />,
    },
    { id: "signs", title: t`Signs`, width: "minmax(160px, 2fr)", cell: (row) => row.signs.map((sign) => i18n._(signOf(sign))).join(" · ") },
    {
      id: "verdict",
      title: t`Decision`,
      width: "112px",
      cell: (row) => <Seal tone={verdictTone(row.verdict)}>{i18n._(verdictOf(row.verdict))}</Seal>,
    },
    { id: "reason", title: t`Reason`, width: "minmax(96px, 1fr)", cell: (row) => row.reason },
  ];
  return (
    <Page
      title={t`Review of the month`}
      note={t`amounts in ${code}`}
      acts={<Button keys="Esc" onPress={() => go("/month/close")}>{t`To the close`}</Button>}
      strip={<FailureStrip failure={closing.error ?? head.error} />}
      side={
        shown && <RiskSheet key={open} row={shown} name={name} onAsk={(verdict) => ask(shown, verdict)} onClose={() => setOpen(null)} />
      }
    >
      {months.length > 0 && (
        <Filters>
          <Select
            label={t`Which month`}
            hideLabel
            options={months.map((one) => ({ key: one, text: writeMonth(one, i18n.locale) }))}
            value={month}
            onChange={(next) => {
              setOpen(null);
              change({ month: next });
            }}
          />
          {told && !shown && (
            <div className={css.figures}>
              {!released && <Figure name={t`Waiting`}>{writeFixed(told.waiting, 0)}</Figure>}
              <Figure name={t`Held`}>{writeFixed(told.held, 0)}</Figure>
            </div>
          )}
        </Filters>
      )}
      {closing.data && months.length === 0 && (
        <EmptyHint>{t`Nothing is worked out and nothing is closed yet. Work a month out first, then look it over here.`}</EmptyHint>
      )}
      {told && (
        <p className={css.prose}>
          {released
            ? t`This month is released. P lets go what is held, with a reason; N writes a note.`
            : worked !== month
              ? t`Work the month out on the page of the close, then decide here. What was decided before stands.`
              : t`P passes, H holds, N writes a note; each with a reason. What is held is released and kept out of what is payable until somebody passes it; what nobody decides is paid.`}
        </p>
      )}
      {told?.outside_fault && (
        <p className={css.prose} role="status">
          {t`The outside risk service was not heard, so its flags are missing here. Work the month out again, or decide without it.`}{" "}
          {fault(told.outside_fault)}
        </p>
      )}
      {told && (
        <Grid
          label={t`Months worth a look`}
          name={["month_risks", month]}
          topics={topics}
          columns={shown ? columns.filter((column) => beside.includes(column.id)) : columns}
          fetch={(offset, limit) => call("month_risks", { month, window: { offset, limit } }).then(({ page }) => page)}
          rowKey={keyOf}
          current={open}
          onOpen={(row) => setOpen(keyOf(row))}
          onRowKey={(key, row) => {
            const verdict = verdicts[key.toLowerCase()];
            return verdict !== undefined && ask(row, verdict);
          }}
          autoFocus
          empty={<EmptyHint>{t`No month shows a sign. The rules stand in the settings, under Payouts.`}</EmptyHint>}
        />
      )}
      {asking && (
        <JudgeDialog key={asking.verdict} month={month} row={asking.row} verdict={asking.verdict} onClose={() => setAsking(null)} />
      )}
    </Page>
  );
}

const keyOf = (row: RiskRow): string => `${row.member} ${row.round}`;

/** Before the release everything can be decided; after it what is held can be let go. */
const may = (row: RiskRow, verdict: Ruling): boolean => row.net_minor !== null || (row.held_minor > 0 && verdict !== "held");

interface SheetProps {
  row: RiskRow;
  name: (member: string) => string;
  onAsk: (verdict: Ruling) => void;
  onClose: () => void;
}

function RiskSheet({ row, name, onAsk, onClose }: SheetProps) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const day = [row.business_date, row.by].filter(Boolean).join(" · ");
  return (
    <SideSheet
      title={row.name}
      more={
        <>
          <span>{row.number}</span> <Seal tone={verdictTone(row.verdict)}>{i18n._(verdictOf(row.verdict))}</Seal>
        </>
      }
      close={t`Close`}
      onClose={onClose}
      footer={
        <div className={css.acts}>
          {may(row, "passed") && <Button keys="P" onPress={() => onAsk("passed")}>{t`Pass…`}</Button>}
          {may(row, "held") && <Button keys="H" onPress={() => onAsk("held")}>{t`Hold…`}</Button>}
          {may(row, "noted") && <Button keys="N" onPress={() => onAsk("noted")}>{t`Note…`}</Button>}
        </div>
      }
    >
      <ul className={css.signs} aria-label={t`Signs`}>
        {row.signs.map((sign) => (
          <li key={sign.sign}>
            <b>{i18n._(signOf(sign))}</b>
            <span>{i18n._(evidenceOf(sign, digits, name))}</span>
          </li>
        ))}
      </ul>
      <Facts
        facts={[
          ...(row.net_minor === null ? [] : [{ name: t`To pay after tax`, value: <Amount minor={row.net_minor} /> }]),
          ...(row.held_minor === 0 ? [] : [{ name: t`Held`, value: <Amount minor={row.held_minor} /> }]),
          ...(row.reason === "" ? [] : [{ name: t`Reason`, value: row.reason }]),
          ...(day === "" ? [] : [{ name: t`Decided`, value: day }]),
        ]}
      />
    </SideSheet>
  );
}

/** Every decision is written down with its reason. */
function JudgeDialog({ month, row, verdict, onClose }: { month: string; row: RiskRow; verdict: Ruling; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [reason, setReason] = useState("");
  const { name } = row;
  const word = i18n._(verdictOf(verdict));
  const judge = useDeed("judge_statement", () => {
    notify({ text: t`${name}: ${word}` });
    onClose();
  });
  const submit = () => {
    if (reason.trim() !== "" && !judge.isPending) judge.mutate({ month, member: row.member, verdict, reason: reason.trim() });
  };
  const titles: Record<Ruling, string> = { passed: t`Pass ${name}`, held: t`Hold ${name}`, noted: t`Note on ${name}` };
  return (
    <Dialog
      title={titles[verdict]}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Not now`}</Button>
          <Button kind="ink" onPress={submit} disabled={reason.trim() === ""} busy={judge.isPending}>
            {titles[verdict]}
          </Button>
        </>
      }
    >
      <TextField label={t`Reason`} value={reason} onChange={setReason} onEnter={submit} maxLength={200} autoFocus />
      <FailureStrip failure={judge.error} />
    </Dialog>
  );
}
