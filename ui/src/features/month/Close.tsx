import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import {
  Amount,
  Button,
  Dialog,
  DoubleRuleTotals,
  EmptyHint,
  Facts,
  notify,
  Page,
  Seal,
  Section,
  Sheet,
  TextField,
  useCurrency,
  writeFixed,
  writeMicro,
  writeMonth,
} from "../../design";
import type { CloseRow, CloseTold, RankTold, StatementRow } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, useJob, useKeys, useMay, useSearchState } from "../../shell";
import { CheckStatement } from "./CheckStatement";
import css from "./Close.module.css";
import { groundOf, howOf } from "./grounds";
import { StatementFiles } from "./StatementFiles";
import { StatementSheet } from "./StatementSheet";
import { Statements } from "./Statements";

const usual = { month: "" };

/** Closing a month: worked out and reviewed as often as wanted, released once; released statements never change. */
export default function Close() {
  const { t, i18n } = useLingui();
  const { code } = useCurrency();
  const [state, change] = useSearchState(usual);
  const owner = useMay("owner");
  const closing = useAnswer("closing", null, { topics: ["month", "sales", "plan"] });
  const [job, setJob] = useState<number | null>(null);
  const [asking, setAsking] = useState<"release" | "reopen" | null>(null);
  const [opened, setOpened] = useState<StatementRow | null>(null);
  const work = useDeed("try_close", setJob);
  const ended = useEnded(job, () => void closing.refetch());
  const next = closing.data?.next ?? null;
  const told = closing.data?.worked?.month === next ? (closing.data?.worked ?? null) : null;
  const last = closing.data?.last ?? null;
  const running = job !== null && !ended.over;
  const name = next ? writeMonth(next, i18n.locale) : "";
  const tryClose = () => {
    if (next && !running) work.mutate(next);
  };
  const shown = state.month || null;
  const listed = shown ?? (told ? next : null);
  const statement = opened?.month === listed ? opened : null;
  const show = (month: string) => {
    setOpened(null);
    change({ month });
  };
  useKeys({
    "Ctrl+Enter": () => (told && owner ? setAsking("release") : tryClose()),
    R: told || last ? () => go("/month/risk", { month: listed ?? "" }) : undefined,
    Escape: () => (statement ? setOpened(null) : go("/month")),
  });
  return (
    <Page
      title={t`Closing the month`}
      note={t`amounts in ${code}`}
      acts={
        <>
          <Button keys="Esc" onPress={() => go("/month")}>{t`To the report`}</Button>
          {(told || last) && (
            <Button keys="R" onPress={() => go("/month/risk", { month: listed ?? "" })}>
              {told && told.signs > 0 ? t`Review (${told.signs})` : t`Review`}
            </Button>
          )}
          {next && (
            <Button
              kind={told ? "plain" : "ink"}
              keys={told ? undefined : "Ctrl+Enter"}
              onPress={tryClose}
              busy={running || work.isPending}
            >
              {told ? t`Work ${name} out again` : t`Work ${name} out`}
            </Button>
          )}
          {told && owner && (
            <Button kind="ink" keys="Ctrl+Enter" onPress={() => setAsking("release")}>
              {t`Release ${name}…`}
            </Button>
          )}
        </>
      }
      strip={<FailureStrip failure={closing.error ?? work.error ?? ended.failure} />}
      side={
        statement && <StatementSheet key={statement.number} row={statement} provisional={shown === null} onClose={() => setOpened(null)} />
      }
    >
      <Sheet above={listed !== null}>
        {next && <Steps at={told ? "review" : "work"} />}
        {closing.data && !next && (
          <EmptyHint>{t`No month is waiting. A month can be closed once its last day is over and it has sales under a plan.`}</EmptyHint>
        )}
        {next && !told && (
          <p className={css.prose}>
            {t`${name} is over and open. Working it out records nothing: do it as often as you like, look at what comes of it, then release.`}
          </p>
        )}
        {told && <Summary told={told} />}
        {told && !owner && <p className={css.prose}>{t`The owner releases what was worked out.`}</p>}
        <Closes
          closes={closing.data?.closes ?? []}
          last={owner ? last : null}
          shown={shown}
          onShow={show}
          onReopen={() => setAsking("reopen")}
        />
      </Sheet>
      {listed && (
        <Statements
          key={`${shown} ${told?.run_hash}`}
          month={listed}
          provisional={shown === null}
          narrow={statement !== null}
          current={statement?.number ?? null}
          onOpen={setOpened}
        />
      )}
      {asking === "release" && told && (
        <ReleaseDialog
          told={told}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            show(told.month);
          }}
        />
      )}
      {asking === "reopen" && last && <ReopenDialog month={last} onClose={() => setAsking(null)} />}
    </Page>
  );
}

/** The way of a close, and where on it the month stands. */
function Steps({ at }: { at: "work" | "review" }) {
  const { t } = useLingui();
  const steps = [
    { key: "work", text: t`Work it out` },
    { key: "review", text: t`Look it over` },
    { key: "release", text: t`Release` },
    { key: "pay", text: t`Pay` },
  ];
  return (
    <ol className={css.steps} aria-label={t`The way of a close`}>
      {steps.map((step) => (
        <li key={step.key} aria-current={step.key === at ? "step" : undefined}>
          {step.text}
        </li>
      ))}
    </ol>
  );
}

/** How a job ended; `done` is called once where it did. */
function useEnded(job: number | null, done: () => void): { over: boolean; failure: unknown } {
  const end = useJob(job)?.end;
  const [failure, setFailure] = useState<unknown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of a job is told once.
  useEffect(() => {
    setFailure(end?.end === "failed" ? end.failure : null);
    if (end) done();
  }, [end]);
  return { over: end !== undefined && end !== null, failure };
}

function Summary({ told }: { told: CloseTold }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const micro = (amount: number) => writeMicro(amount, digits);
  const name = writeMonth(told.month, i18n.locale);
  const round = told.round;
  const hash = told.run_hash.slice(0, 16);
  const period = micro(told.period_micro);
  const version = told.plan?.version;
  return (
    <Section title={t`What ${name} comes to`} acts={<Seal tone="wait">{t`not released`}</Seal>}>
      <div className={css.two}>
        <DoubleRuleTotals
          lines={[
            { name: t`Left by earlier statements`, figure: micro(told.opening_micro) },
            { name: t`Earned, of it ${period} by the month's own rules`, figure: micro(told.earned_micro) },
            { name: t`Returns, late sales, cuts and differences`, figure: micro(told.adjusted_micro) },
            { name: t`Left for the next statements`, figure: micro(-told.closing_micro) },
          ]}
          sum={{ name: t`To pay, tax included`, figure: <Amount minor={told.payable_minor} /> }}
        />
        <div className={css.counts}>
          <Facts
            facts={[
              { name: t`Statements`, value: writeFixed(told.members, 0) },
              { name: t`Orders`, value: writeFixed(told.orders, 0) },
              { name: t`Tax withheld`, value: <Amount minor={told.tax_minor} /> },
              { name: t`Ranks up`, value: writeFixed(told.risen, 0) },
              { name: t`Ranks down`, value: writeFixed(told.fallen, 0) },
              { name: t`Worth a look`, value: writeFixed(told.signs, 0) },
              { name: t`Statements that end in a debt`, value: writeFixed(told.debts, 0) },
              { name: t`Plan`, value: version === undefined ? t`none in force` : t`Version ${version}` },
              { name: t`Hash of the result`, value: <span className={css.hash}>{hash}</span> },
              ...(round > 1 ? [{ name: t`Round`, value: t`${round}: differences to what was released before` }] : []),
            ]}
          />
        </div>
      </div>
      <Ranks key={told.run_hash} />
    </Section>
  );
}

/** Whose rank moves or is confirmed, and on what grounds; the first hundred. */
function Ranks() {
  const { t } = useLingui();
  const ranks = useAnswer("close_ranks", { offset: 0, limit: 100 }, { topics: ["month", "members"] });
  const rows = ranks.data?.rows ?? [];
  const more = (ranks.data?.count ?? 0) - rows.length;
  if (rows.length === 0) return null;
  return (
    <Section title={t`Ranks`}>
      <ul className={css.ranks} aria-label={t`Ranks`}>
        {rows.map((row) => (
          <Rank key={row.decided.member} row={row} />
        ))}
      </ul>
      {more > 0 && <p className={css.small}>{t`and ${more} more`}</p>}
    </Section>
  );
}

function Rank({ row }: { row: RankTold }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const { decided, number, name } = row;
  const none = t`no rank`;
  const grounds = decided.how === "reached" || decided.because.length > 0 ? decided.because : decided.missing;
  return (
    <li className={css.rank}>
      <span>
        {name} <span className={css.small}>{number}</span>
      </span>
      <span>
        {decided.before !== decided.rank && `${decided.before ?? none} → `}
        {decided.rank ?? none}
      </span>
      <span className={css.small}>
        {i18n._(howOf(decided.how))} {grounds.map((ground) => i18n._(groundOf(ground, digits))).join(" · ")}
      </span>
    </li>
  );
}

interface ClosesProps {
  closes: readonly CloseRow[];
  last: string | null;
  shown: string | null;
  onShow: (month: string) => void;
  onReopen: () => void;
}

function Closes({ closes, last, shown, onShow, onReopen }: ClosesProps) {
  const { t, i18n } = useLingui();
  const [checking, setChecking] = useState(false);
  if (closes.length === 0) return null;
  return (
    <Section title={t`Closed months`} acts={<Button kind="quiet" onPress={() => setChecking(true)}>{t`Check a statement…`}</Button>}>
      <ul className={css.ranks} aria-label={t`Closed months`}>
        {closes.map((one) => {
          const name = writeMonth(one.month, i18n.locale);
          const { round, reopened, business_date, by } = one;
          const open = one.month === last && reopened === null;
          return (
            <li key={`${one.month} ${round}`} className={css.rank}>
              <span>
                {name} {round > 1 && <span className={css.small}>{t`round ${round}`}</span>}
              </span>
              <span>
                <Amount minor={one.payable_minor} />
              </span>
              <span className={css.small}>
                {business_date} {by} <span className={css.hash}>{one.run_hash.slice(0, 12)}</span>{" "}
                {reopened !== null && t`Opened again: ${reopened}`}
              </span>
              <span className={css.acts}>
                <Button
                  kind="quiet"
                  label={shown === one.month ? t`Hide statements of ${name}` : t`Statements of ${name}`}
                  onPress={() => onShow(shown === one.month ? "" : one.month)}
                >
                  {shown === one.month ? t`Hide statements` : t`Statements`}
                </Button>
                {one.round === 1 && <StatementFiles month={one.month} />}
                {open && (
                  <Button kind="quiet" label={t`Open again… ${name}`} onPress={onReopen}>
                    {t`Open again…`}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {checking && <CheckStatement onClose={() => setChecking(false)} />}
    </Section>
  );
}

/** Money leaves by this: the month is typed before it is released. */
function ReleaseDialog({ told, onClose, onDone }: { told: CloseTold; onClose: () => void; onDone: () => void }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const [typed, setTyped] = useState("");
  const [job, setJob] = useState<number | null>(null);
  const release = useDeed("release_month", setJob);
  const name = writeMonth(told.month, i18n.locale);
  const ended = useEnded(job, () => {});
  const end = useJob(job)?.end;
  useEffect(() => {
    if (end?.end !== "done") return;
    notify({ text: t`${name} is closed.` });
    onDone();
  }, [end, name, onDone, t]);
  const amount = writeFixed(told.payable_minor, digits);
  const fits = typed.trim() === told.month;
  const submit = () => {
    if (fits && !release.isPending && (job === null || ended.over)) release.mutate({ month: told.month, run_hash: told.run_hash });
  };
  return (
    <Dialog
      title={t`Release ${name}`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Not now`}</Button>
          <Button kind="ink" onPress={submit} disabled={!fits} busy={release.isPending || (job !== null && !ended.over)}>
            {t`Release ${name}, pay ${amount}`}
          </Button>
        </>
      }
    >
      <p className={css.prose}>
        {t`Statements that were released never change. Sales and returns that come later count in the open month.`}
      </p>
      <Undecided month={told.month} />
      <TextField label={t`Type ${told.month} to confirm`} value={typed} onChange={setTyped} onEnter={submit} maxLength={7} autoFocus />
      <FailureStrip failure={release.error ?? ended.failure} />
    </Dialog>
  );
}

function ReopenDialog({ month, onClose }: { month: string; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [reason, setReason] = useState("");
  const name = writeMonth(month, i18n.locale);
  const reopen = useDeed("reopen_month", () => {
    notify({ text: t`${name} is open again.` });
    onClose();
  });
  const submit = () => {
    if (reason.trim() !== "" && !reopen.isPending) reopen.mutate({ month, reason: reason.trim() });
  };
  return (
    <Dialog
      title={t`Open ${name} again`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Not now`}</Button>
          <Button kind="ink" onPress={submit} disabled={reason.trim() === ""} busy={reopen.isPending}>
            {t`Open ${name} again`}
          </Button>
        </>
      }
    >
      <p className={css.prose}>{t`What was released stands. The next close of this month pays the differences alone.`}</p>
      <TextField label={t`Reason`} value={reason} onChange={setReason} onEnter={submit} maxLength={200} autoFocus />
      <FailureStrip failure={reopen.error} />
    </Dialog>
  );
}

/** What the review has not decided, and what it holds, said once more before money leaves. */
function Undecided({ month }: { month: string }) {
  const { t } = useLingui();
  const risks = useAnswer("month_risks", { month, window: { offset: 0, limit: 1 } }, { topics: ["month"] });
  const { waiting, held } = risks.data ?? { waiting: 0, held: 0 };
  if (waiting === 0 && held === 0) return null;
  return (
    <p
      className={css.prose}
    >{t`In the review ${held} are held and stay out of the payable; ${waiting} wait for a decision and are paid.`}</p>
  );
}
