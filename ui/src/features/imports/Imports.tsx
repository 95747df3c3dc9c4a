import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button, Check, notify, Page, Section, Select, Sheet, Strip, TextField, writeFixed } from "../../design";
import { languageInUse } from "../../design/workstation";
import { chooseFile, chooseTarget, type Delimiter, type SheetKind } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, useKeys } from "../../shell";
import "./refusals";
import { Columns } from "./Columns";
import css from "./Imports.module.css";
import { Progress } from "./Progress";
import { Report } from "./Report";
import { type Outcome, useImportJob } from "./useImportJob";
import { draftOf, encodings, fileName, firstWish, missing, nameOf, taken, type Wish, withFile, withKind, withOptions } from "./wish";
import { fieldNames, kindNames } from "./words";

const kinds: readonly SheetKind[] = ["products", "members", "sales"];
const FOUND = "found";

/** What was chosen survives a visit to another screen; a job goes on in the status bar in any case. */
let kept: Wish = firstWish;

/** Bringing in products, members and sales: choose, say which column is what, look through, then import in one go. */
export default function Imports() {
  const { t, i18n } = useLingui();
  const [wish, setWishNow] = useState(kept);
  const setWish = (next: Wish) => {
    kept = next;
    setWishNow(next);
  };
  const preview = useAnswer(
    "import_preview",
    { path: wish.path ?? "", kind: wish.kind, options: wish.options },
    { enabled: wish.path !== null },
  );
  const shown = wish.path !== null ? preview.data : undefined;
  const mapping = wish.mapping ?? shown?.mapping ?? {};
  const draft = draftOf(wish, shown);
  const name = nameOf(draft);

  const [looked, setLooked] = useState<Outcome | null>(null);
  const [done, setDone] = useState<Outcome | null>(null);
  const look = useImportJob(useCallback((outcome: Outcome) => setLooked(outcome), []));
  const run = useImportJob(useCallback((outcome: Outcome) => setDone(outcome), []));
  const lookNow = useDeed("import_dry_run", (job, question) => look.begin(job, nameOf(question)));
  const runNow = useDeed("import_run", (job, question) => run.begin(job, nameOf(question)));
  const busy = look.running || run.running || lookNow.isPending || runNow.isPending;

  const judged = looked && looked.name === name ? looked : null;
  const finished = done && done.name === name ? done : null;
  const count = judged?.report ? taken(judged.report.counts) : 0;
  const importing = run.running || runNow.error !== null || finished !== null;
  const absent = shown ? missing(shown.fields, mapping) : [];

  // What came of it is what the person waits for: it comes into sight by itself.
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (judged || finished || look.running || run.running) outcome.current?.scrollIntoView({ block: "start" });
  }, [judged, finished, look.running, run.running]);

  const choose = async () => {
    const title = t`Choose the file`;
    const path = await chooseFile({ title, kinds: [{ name: "CSV, Excel", extensions: ["csv", "txt", "tsv", "xlsx", "xls", "xz"] }] });
    if (path) setWish(withFile(wish, path));
  };
  const begin = () => {
    if (!draft || busy || finished?.report) return;
    setDone(null);
    if (judged?.report) runNow.mutate(draft);
    else lookNow.mutate(draft);
  };
  const saveRemarks = async () => {
    const title = t`Save the remarks`;
    const types = [
      { name: "Excel", extensions: ["xlsx"] },
      { name: "CSV", extensions: ["csv"] },
    ];
    const path = await chooseTarget({ title, kinds: types, name: `${t`remarks`}.xlsx` });
    const asked = path && draftOf(wish, shown, { error_sheet: path, language: languageInUse() });
    if (asked) lookNow.mutate(asked, { onSuccess: () => notify({ text: t`The remarks are being written to ${path}` }) });
  };
  useKeys({ N: () => void choose(), "Ctrl+Enter": begin });

  const found = shown?.preview.found;
  const encoding = found?.kind === "csv" ? found.encoding : "";
  const rows = writeFixed(count, 0);
  return (
    <Page
      title={t`Import`}
      note={wish.path ? fileName(wish.path) : t`products, members and sales from CSV or Excel`}
      acts={
        // The next step stands in sight however long the file's columns and remarks are.
        draft &&
        !finished?.report && (
          <Button kind="ink" keys="Ctrl+Enter" disabled={busy || (judged?.report != null && count === 0)} onPress={begin}>
            {!judged?.report ? t`Look through the file` : count === 0 ? t`Nothing to import` : t`Import ${rows} rows`}
          </Button>
        )
      }
    >
      <Sheet>
        <Section title={t`1 · The file`}>
          <div className={css.line} role="group" aria-label={t`What is in it`}>
            {kinds.map((kind) => (
              <Button key={kind} pressed={wish.kind === kind} disabled={busy} onPress={() => setWish(withKind(wish, kind))}>
                {i18n._(kindNames[kind])}
              </Button>
            ))}
            <Button kind={wish.path ? "plain" : "ink"} keys="N" disabled={busy} onPress={() => void choose()}>
              {wish.path ? t`Another file…` : t`Choose the file…`}
            </Button>
          </div>
          {!wish.path && (
            <p className={css.prose}>
              {t`Products first, then members, then sales. Nothing is written before you have seen what would be, and bringing in the same file twice adds nothing.`}
            </p>
          )}
          {wish.path && (
            <p className={css.path} data-selectable="">
              {wish.path}
            </p>
          )}
          <FailureStrip failure={wish.path ? preview.error : null} />
          {found?.kind === "csv" && (
            <div className={css.fields}>
              <Select
                label={t`Encoding`}
                options={[
                  { key: FOUND, text: wish.options.encoding ? t`find it` : t`found: ${encoding}` },
                  ...encodings.map((one) => ({ key: one as string, text: one })),
                ]}
                value={wish.options.encoding ?? FOUND}
                onChange={(key) => setWish(withOptions(wish, { encoding: key === FOUND ? null : key }))}
                disabled={busy}
              />
              <Select<Delimiter>
                label={t`Between the columns`}
                options={[
                  { key: "comma", text: t`comma` },
                  { key: "semicolon", text: t`semicolon` },
                  { key: "tab", text: t`tab` },
                ]}
                value={wish.options.delimiter ?? found.delimiter}
                onChange={(delimiter) => setWish(withOptions(wish, { delimiter }))}
                disabled={busy}
              />
            </div>
          )}
          {found?.kind === "workbook" && (
            <div className={css.fields}>
              <Select
                label={t`Sheet`}
                options={found.sheets.map((sheet) => ({ key: sheet, text: sheet }))}
                value={found.sheet}
                onChange={(sheet) => setWish(withOptions(wish, { sheet }))}
                disabled={busy}
              />
            </div>
          )}
        </Section>
        {shown && (
          <Section title={t`2 · The columns`}>
            {absent.length > 0 && (
              <Strip tone="wait">
                {t`Choose the column for:`} {absent.map((field) => i18n._(fieldNames[field])).join(" · ")}
              </Strip>
            )}
            <Columns preview={shown} mapping={mapping} onChange={(next) => setWish({ ...wish, mapping: next })} disabled={busy} />
            {wish.kind !== "products" && (
              <div className={css.fields}>
                <Select
                  label={t`Dates such as 03/04/2026`}
                  options={[
                    { key: "clear", text: t`are not in this file` },
                    { key: "day_first", text: t`begin with the day` },
                    { key: "month_first", text: t`begin with the month` },
                  ]}
                  value={wish.order}
                  onChange={(order) => setWish({ ...wish, order })}
                  disabled={busy}
                />
                {wish.kind === "sales" && (
                  <TextField
                    label={t`Name of the earlier system`}
                    hint={t`With its number it makes a sale unique: keep it the same for every file of that system.`}
                    value={wish.system}
                    onChange={(system) => setWish({ ...wish, system })}
                    disabled={busy}
                  />
                )}
              </div>
            )}
            {wish.kind === "sales" && (
              <Check
                value={wish.earn}
                onChange={(earn) => setWish({ ...wish, earn })}
                disabled={busy}
                hint={t`By the plan that held on the day of each sale; none where there was no plan.`}
              >
                {t`The buyers' uplines earn commission on these sales`}
              </Check>
            )}
          </Section>
        )}
        {draft && (look.running || lookNow.error || judged) && (
          <Section title={t`3 · Looking through`}>
            <div ref={importing ? undefined : outcome} className={css.mark} />
            {look.running && <Progress job={look.state} />}
            <FailureStrip failure={lookNow.error ?? judged?.failure} />
            {judged?.cancelled && <Strip tone="note">{t`Stopped. Nothing was written.`}</Strip>}
            {judged?.report && <Report report={judged.report} tense="would" onSave={busy ? undefined : () => void saveRemarks()} />}
          </Section>
        )}
        {draft && judged?.report && importing && (
          <Section title={t`4 · The import`}>
            <div ref={outcome} className={css.mark} />
            {run.running && <Progress job={run.state} />}
            <FailureStrip failure={runNow.error ?? finished?.failure} />
            {finished?.cancelled && <Strip tone="note">{t`Stopped. Nothing was written.`}</Strip>}
            {finished?.report && (
              <>
                <Report report={finished.report} tense="did" />
                <div className={css.line}>
                  <Button onPress={() => go(wish.kind === "sales" ? "/month" : `/${wish.kind}`)}>{t`See them`}</Button>
                </div>
              </>
            )}
          </Section>
        )}
      </Sheet>
    </Page>
  );
}
