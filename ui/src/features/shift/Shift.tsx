import { useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import {
  Amount,
  Button,
  type Column,
  EmptyHint,
  Facts,
  Grid,
  Page,
  Paper,
  Section,
  Sheet,
  SideSheet,
  Strip,
  TextField,
  useCurrency,
  writePlain,
  writeTime,
} from "../../design";
import { call, type ShiftReport, type ShiftRow, type ShiftState } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, leave, useKeys, useMay } from "../../shell";
import { useFocusDrawn } from "../../shell/useFocusDrawn";
import { CashForm } from "./CashForm";
import { CountForm } from "./CountForm";
import { OpenForm } from "./OpenForm";
import "./refusals";
import css from "./Shift.module.css";

/** The shift of this till, from its float to its count, and for a manager every shift of the shop. */
export default function Shift() {
  const { t, i18n } = useLingui();
  const manager = useMay("manager");
  const state = useAnswer("shift_state", null, { topics: ["shifts", "settings"], keep: true });
  const [paper, setPaper] = useState<ShiftReport | null>(null);
  const [task, setTask] = useState<"none" | "cash" | "count">("none");
  const show = useDeed("shift_report", setPaper);
  const print = useDeed("print_shift", setPaper);
  const open = state.data?.open ?? null;
  const acts = useRef<HTMLDivElement>(null);
  const focusDrawn = useFocusDrawn();
  // Where a task ends, the focus goes back to the acts.
  const turn = (next: typeof task) => {
    setTask(next);
    if (next === "none") focusDrawn(() => acts.current?.querySelector("button"));
  };
  // What was typed is not lost unasked.
  const to = (next: typeof task) => leave(() => turn(next));
  const till = state.data?.till;
  useKeys({
    X: () => open && show.mutate(open.shift),
    M: () => open && to("cash"),
    C: () => open && state.data?.may_close && to("count"),
    "Ctrl+P": paper ? () => print.mutate(paper.row.shift) : undefined,
    Escape: () => (paper ? setPaper(null) : task === "none" ? go("/till") : to("none")),
  });

  const title = paper?.row.number ?? t`Shift so far`;
  return (
    <Page
      title={t`Shift`}
      note={till && t`Till ${till}`}
      acts={<Button keys="Ctrl+1" onPress={() => go("/till")}>{t`To the till`}</Button>}
      strip={<FailureStrip failure={state.error ?? show.error ?? print.error} />}
      side={
        paper && (
          <SideSheet
            wide
            takeFocus
            title={title}
            close={t`Close`}
            onClose={() => setPaper(null)}
            footer={
              <Button keys="Ctrl+P" onPress={() => print.mutate(paper.row.shift)} busy={print.isPending}>
                {t`Print`}
              </Button>
            }
          >
            {paper.blind && <Strip tone="note">{t`Blind count: the expected cash is shown once it is counted.`}</Strip>}
            <Paper label={title} rows={paper.rows} />
          </SideSheet>
        )
      }
    >
      <Sheet>
        <div className={css.desk}>
          {state.data && !open && <OpenForm state={state.data} takeFocus={paper === null} />}
          {state.data && open && (
            <Section title={t`This shift`}>
              <Facts
                facts={[
                  { name: t`Opened`, value: `${open.business_date} ${writeTime(open.opened_at_ms, i18n.locale)}` },
                  { name: t`By`, value: open.opened_name },
                  { name: t`Float`, value: <Amount minor={open.float_minor} /> },
                ]}
              />
              <div className={css.acts} ref={acts}>
                <Button keys="X" onPress={() => show.mutate(open.shift)} busy={show.isPending}>{t`Report so far`}</Button>
                <Button keys="M" onPress={() => to("cash")} pressed={task === "cash"}>{t`Cash in or out`}</Button>
                <Button
                  keys="C"
                  kind={task === "count" ? "plain" : "ink"}
                  onPress={() => to("count")}
                  pressed={task === "count"}
                  disabled={!state.data.may_close}
                >{t`Count and close`}</Button>
              </div>
              {!state.data.may_close && <p className={css.prose}>{t`Another person opened this shift. They or a manager close it.`}</p>}
            </Section>
          )}
          {state.data && open && task === "cash" && <CashForm onDone={() => turn("none")} />}
          {state.data && open && task === "count" && (
            <CountForm
              key={open.shift}
              state={state.data}
              shift={open.shift}
              onClosed={(z) => {
                setTask("none");
                setPaper(z);
              }}
            />
          )}
          {manager && state.data && <Till state={state.data} />}
        </div>
        {manager && (
          <Section title={t`Shifts before`}>
            <Shifts narrow={paper !== null} current={paper?.row.shift ?? null} onOpen={(row) => show.mutate(row.shift)} />
          </Section>
        )}
      </Sheet>
    </Page>
  );
}

/** Columns that stay while a report lies beside the list. */
const beside: readonly string[] = ["number", "opened", "difference"];

function Shifts({ narrow, current, onOpen }: { narrow: boolean; current: string | null; onOpen: (row: ShiftRow) => void }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const columns: Column<ShiftRow>[] = [
    { id: "number", title: t`Report number`, width: "minmax(120px, 1fr)", cell: (row) => row.number ?? t`open` },
    { id: "till", title: t`At till`, width: "88px", cell: (row) => row.till },
    {
      id: "opened",
      title: t`Opened`,
      width: "156px",
      cell: (row) => `${row.business_date} ${writeTime(row.opened_at_ms, i18n.locale)}`,
    },
    { id: "by", title: t`By`, width: "minmax(88px, 1fr)", cell: (row) => row.closed_name ?? row.opened_name },
    {
      id: "expected",
      title: t`Expected`,
      width: "116px",
      align: "end",
      cell: (row) => row.expected_minor !== null && <Amount minor={row.expected_minor} />,
      copy: (row) => row.expected_minor !== null && writePlain(row.expected_minor, digits),
    },
    {
      id: "difference",
      title: t`Difference`,
      width: "104px",
      align: "end",
      cell: (row) => row.counted_minor !== null && <Amount signed minor={row.counted_minor - (row.expected_minor ?? 0)} />,
    },
  ] as Column<ShiftRow>[];
  return (
    <div className={css.before}>
      <Grid
        label={t`Shifts before`}
        name={["shifts"]}
        topics={["shifts"]}
        columns={narrow ? columns.filter((column) => beside.includes(column.id)) : columns}
        fetch={(offset, limit) => call("shifts", { offset, limit })}
        rowKey={(row) => row.shift}
        current={current}
        onOpen={onOpen}
        empty={<EmptyHint>{t`No shift was opened yet.`}</EmptyHint>}
      />
    </div>
  );
}

/** What this device's till is called; its receipts carry the name. */
function Till({ state }: { state: ShiftState }) {
  const { t } = useLingui();
  const [name, setName] = useState<string | null>(null);
  const save = useDeed("name_till", () => setName(null));
  return (
    <Section title={t`This till`}>
      <div className={css.acts}>
        <TillName value={name ?? state.till} onChange={setName} onEnter={() => name && save.mutate(name)} />
        <Button disabled={name === null || name === state.till} busy={save.isPending} onPress={() => name && save.mutate(name)}>
          {t`Rename the till`}
        </Button>
      </div>
      <p className={css.prose}>{t`Stands in receipt numbers.`}</p>
      <FailureStrip failure={save.error} />
    </Section>
  );
}

function TillName({ value, onChange, onEnter }: { value: string; onChange: (name: string) => void; onEnter: () => void }) {
  const { t } = useLingui();
  return <TextField label={t`Name of the till`} value={value} onChange={onChange} onEnter={onEnter} maxLength={8} />;
}
