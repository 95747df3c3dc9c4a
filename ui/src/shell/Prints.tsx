/** What waits for paper: a word in the status bar while something is stuck, and the queue behind it. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Printer as PrinterSign } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { writeTime } from "../design/figures";
import { Seal } from "../design/Seal";
import { Select } from "../design/Select";
import { EmptyHint } from "../design/Strip";
import { TextField } from "../design/TextField";
import type { PaperWidth, Printer, PrintRow } from "../host";
import { useAnswer, useDeed } from "../host/answers";
import { FailureStrip } from "./BrokenPage";
import { useCommands } from "./commands";
import css from "./Prints.module.css";
import { isStuck, useFaultWords, usePrints } from "./printing";

/** The word in the status bar; nothing while every print goes out. The palette opens the queue at any time. */
export function Prints() {
  const { t } = useLingui();
  const { stuck } = usePrints();
  const [open, setOpen] = useState(false);
  useCommands(
    useMemo(() => [{ key: "prints", text: t`Print queue`, also: "dayin duilie 打印队列 printer", act: () => setOpen(true) }], [t]),
  );
  return (
    <>
      {stuck.length > 0 && (
        <button type="button" className={css.chip} onClick={() => setOpen(true)}>
          <PrinterSign size={14} aria-hidden="true" />
          {plural(stuck.length, { one: "# print is stuck", other: "# prints are stuck" })}
        </button>
      )}
      <PrintQueue open={open} onClose={() => setOpen(false)} />
    </>
  );
}

/** The queue: what is stuck and why, and what a person can do about it. */
export function PrintQueue({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const { rows } = usePrints();
  return (
    <Dialog
      title={t`Print queue`}
      size="wide"
      open={open}
      onClose={onClose}
      footer={
        <Button kind="ink" onPress={onClose} autoFocus>
          {t`Close`}
        </Button>
      }
    >
      {rows.length === 0 ? (
        <EmptyHint>{t`Nothing waits for paper.`}</EmptyHint>
      ) : (
        <ul className={css.queue}>
          {rows.map((row) => (
            <Line key={row.print} row={row} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function Line({ row }: { row: PrintRow }) {
  const { t, i18n } = useLingui();
  const faultWords = useFaultWords();
  const [elsewhere, setElsewhere] = useState(false);
  const retry = useDeed("retry_print");
  const drop = useDeed("drop_print");
  const kinds: Record<string, string> = { receipt: t`Receipt`, labels: t`Labels`, page: t`Page` };
  const kind = kinds[row.what] ?? row.what;
  const { title } = row;
  const busy = row.state === "printing";
  return (
    <li className={css.line}>
      <div className={css.head}>
        <span className={css.title}>
          {kind} {title}
        </span>
        {row.copy && <Seal tone="note">{t`Marked as a copy`}</Seal>}
        <span className={css.where}>
          {writeTime(row.made_at_ms, i18n.locale)}
          {row.address !== null && ` · ${row.address}`}
        </span>
      </div>
      <p className={css.why}>
        {row.fault !== null ? faultWords(row.fault.code, row.fault) : busy ? t`On its way to the printer.` : t`Waits for its turn.`}
      </p>
      <p className={css.more}>
        {row.state === "doubtful"
          ? t`Some of it may be on paper. Look: if it is whole, choose “Do not print”; if not, print again, and it comes out marked as a copy.`
          : row.state === "waiting" && row.fault !== null && t`Nothing of it is on paper; it is tried again by itself.`}
      </p>
      {!busy && (
        <div className={css.acts}>
          <Button
            onPress={() => retry.mutate(row.print)}
            busy={retry.isPending}
            label={row.state === "doubtful" ? t`Print again: ${title}` : t`Try again: ${title}`}
          >
            {row.state === "doubtful" ? t`Print again` : t`Try again`}
          </Button>
          <Button onPress={() => setElsewhere(!elsewhere)} label={t`Print elsewhere: ${title}`}>
            {t`Print elsewhere`}
          </Button>
          {isStuck(row) && (
            <Button kind="danger" onPress={() => drop.mutate(row.print)} busy={drop.isPending} label={t`Do not print: ${title}`}>
              {t`Do not print`}
            </Button>
          )}
        </div>
      )}
      <FailureStrip failure={retry.error ?? drop.error} />
      {elsewhere && !busy && <Elsewhere print={row.print} onDone={() => setElsewhere(false)} />}
    </li>
  );
}

function Elsewhere({ print, onDone }: { print: number; onDone: () => void }) {
  const { t } = useLingui();
  const found = useAnswer("printers_found", null);
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const [chosen, setChosen] = useState("network");
  const [address, setAddress] = useState("");
  const [paper, setPaper] = useState<PaperWidth | null>(null);
  const send = useDeed("print_elsewhere", onDone);
  const choices = (found.data ?? []).map((one) => ({ key: `${one.line} ${one.address}`, text: one.address, one }));
  const other = choices.find((choice) => choice.key === chosen)?.one;
  const usual = settings.data?.printer ?? null;
  const printer: Printer = {
    line: other?.line ?? "network",
    address: other?.address ?? address.trim(),
    baud: usual?.baud ?? 9600,
    paper: paper ?? usual?.paper ?? "paper80",
    answers: false,
    drawer: false,
    picture: usual?.picture ?? false,
  };
  return (
    <div className={css.elsewhere}>
      <Select
        label={t`Printer`}
        options={[...choices.map(({ key, text }) => ({ key, text })), { key: "network", text: t`An address on the network` }]}
        value={chosen}
        onChange={setChosen}
      />
      {!other && <TextField label={t`Address`} value={address} onChange={setAddress} placeholder="192.168.1.60:9100" maxLength={120} />}
      <Select
        label={t`Paper`}
        options={[
          { key: "paper58", text: t`58 mm` },
          { key: "paper80", text: t`80 mm` },
        ]}
        value={printer.paper}
        onChange={setPaper}
      />
      <Button kind="ink" onPress={() => send.mutate({ print, printer })} disabled={printer.address === ""} busy={send.isPending}>
        {t`Print there`}
      </Button>
      <FailureStrip failure={send.error} />
    </div>
  );
}
