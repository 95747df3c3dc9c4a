import { useLingui } from "@lingui/react/macro";
import { Button, Facts, notify, Seal, type SealTone, Section, SideSheet, Strip, writeFixed, writeMoment } from "../../design";
import type { MessageRow } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, go, useKeys, useMessageWords } from "../../shell";
import css from "./Messages.module.css";

interface SheetProps {
  row: MessageRow;
  state: string;
  tone: SealTone;
  onClose: () => void;
}

/** One message: what the member reads, why it is not there yet, and what can be done. */
export function MessageSheet({ row, state, tone, onClose }: SheetProps) {
  const { t, i18n } = useLingui();
  const words = useMessageWords();
  const retry = useDeed("retry_message", () => {
    notify({ text: t`It is sent again` });
    onClose();
  });
  const drop = useDeed("drop_message", () => {
    notify({ text: t`Dropped` });
    onClose();
  });
  const busy = retry.isPending || drop.isPending;
  const again = row.state === "sending" || row.state === "sent" ? undefined : () => retry.mutate(row.message);
  const off = again && row.state !== "dropped" ? () => drop.mutate(row.message) : undefined;
  const card = () => go("/members", { open: row.member });
  useKeys(busy ? {} : { "Alt+R": again, "Alt+D": off, "Alt+M": card });
  return (
    <SideSheet
      title={row.name}
      more={
        <>
          <span>{row.number}</span> <Seal tone={tone}>{state}</Seal>
        </>
      }
      close={t`Close`}
      onClose={onClose}
      footer={
        <>
          {again && (
            <Button kind="ink" keys="Alt+R" busy={busy} onPress={again}>
              {row.state === "waiting" ? t`Try now` : t`Send again`}
            </Button>
          )}
          {off && (
            <Button kind="danger" keys="Alt+D" busy={busy} onPress={off}>
              {t`Do not send`}
            </Button>
          )}
          <Button keys="Alt+M" onPress={card}>
            {t`To the card`}
          </Button>
        </>
      }
    >
      <FailureStrip failure={retry.error ?? drop.error} />
      {row.fault && <Strip tone={row.state === "waiting" ? "wait" : "stop"}>{words.fault(row.fault)}</Strip>}
      <Facts
        facts={[
          { name: t`Occasion`, value: words.occasion[row.occasion] },
          { name: t`Way`, value: words.channel[row.channel] },
          { name: t`Came up`, value: writeMoment(row.made_at_ms, i18n.locale) },
          { name: t`Tries`, value: writeFixed(row.tries, 0) },
          ...(row.state === "waiting" ? [{ name: t`Next try`, value: writeMoment(row.due_at_ms, i18n.locale) }] : []),
        ]}
      />
      <Section title={row.channel === "email" ? row.subject : t`What is read`}>
        <p className={css.text}>{row.body}</p>
      </Section>
    </SideSheet>
  );
}
