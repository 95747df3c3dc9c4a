import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, DateField, Facts, notify, Seal, Section, SideSheet, TextField, writeMoment } from "../../design";
import type { VoucherStep } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useKeys } from "../../shell";
import css from "../balance/Balance.module.css";
import { grouped, howWords, stateTones, stateWords } from "./words";
import "./refusals";

interface SheetProps {
  voucher: string;
  onReplace: () => void;
  onClose: () => void;
}

/** One voucher: what is left, everything that happened to it, and what a manager may change of it. */
export function VoucherSheet({ voucher, onReplace, onClose }: SheetProps) {
  const { t, i18n } = useLingui();
  const [day, setDay] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const sheet = useAnswer("voucher", voucher, { topics: ["vouchers", "members"], keep: true });
  const change = useDeed("change_voucher", () => {
    setDay(null);
    setReason("");
    notify({ text: t`Recorded` });
  });
  const print = useDeed("print_voucher", (receipt) =>
    notify({
      text: receipt.printing
        ? t`Printing again`
        : t({ message: "No receipt printer is set; it stands on the screen", context: "of a voucher" }),
    }),
  );
  const row = sheet.data?.row;
  const extend = () => day && !change.isPending && change.mutate({ voucher, expires: day, reason });
  const block = () => row && !change.isPending && change.mutate({ voucher, blocked: !row.blocked, reason });
  useKeys({ "Alt+B": () => void block(), "Ctrl+S": () => void extend(), "Ctrl+P": () => print.mutate(voucher) });
  if (!row) return <FailureStrip failure={sheet.error} />;
  return (
    <SideSheet
      title={grouped(row.code)}
      more={<Seal tone={stateTones[row.state]}>{i18n._(stateWords[row.state])}</Seal>}
      close={t`Close`}
      onClose={onClose}
      footer={
        <>
          {day && <Button kind="ink" keys="Ctrl+S" busy={change.isPending} onPress={() => void extend()}>{t`Change the last day`}</Button>}
          <Button keys="Alt+B" busy={change.isPending} onPress={() => void block()}>
            {row.blocked ? t`Let it through` : t`Block`}
          </Button>
          {row.left_minor > 0 && <Button onPress={onReplace}>{t`Replace`}</Button>}
          <Button keys="Ctrl+P" busy={print.isPending} onPress={() => print.mutate(voucher)}>
            {t({ message: "Print once more", context: "a voucher" })}
          </Button>
        </>
      }
    >
      <Facts
        facts={[
          { name: t`Left`, value: <Amount minor={row.left_minor} /> },
          { name: t`Was on it`, value: <Amount minor={row.amount_minor} /> },
          { name: t`Came to be`, value: i18n._(howWords[row.how]) },
          { name: t`Document`, value: row.number },
          ...(row.member_name ? [{ name: t`Member`, value: row.member_name }] : []),
          { name: t`Last day`, value: row.expires ?? t({ message: "none", context: "last day" }) },
        ]}
      />
      <div className={css.form}>
        <DateField label={t`New last day`} value={day} onChange={setDay} />
        <TextField
          label={t`Reason`}
          hint={t`Needed to extend, to block and to let through.`}
          value={reason}
          onChange={setReason}
          maxLength={200}
        />
      </div>
      <FailureStrip failure={change.error ?? print.error ?? sheet.error} />
      <Section title={t`Its history`}>
        <ul className={css.rows} aria-label={t`History of the voucher`}>
          {(sheet.data?.steps ?? []).map((step) => (
            <Step key={`${step.at_ms} ${step.number} ${step.after_minor} ${step.expires} ${step.blocked}`} step={step} />
          ))}
        </ul>
      </Section>
    </SideSheet>
  );
}

function Step({ step }: { step: VoucherStep }) {
  const { t, i18n } = useLingui();
  const { expires } = step;
  const changed = [expires && t`last day ${expires}`, step.blocked === true && t`blocked`, step.blocked === false && t`let through`];
  const kinds: Record<string, string> = {
    VoucherIssued: step.amount_minor < 0 ? t`Moved to another voucher` : t`Made`,
    VoucherChanged: changed.filter(Boolean).join(", "),
    SaleRecorded: t`Spent`,
    SaleReturned: t`Goods returned`,
  };
  return (
    <li className={css.row}>
      <span>
        {kinds[step.kind] ?? step.kind}{" "}
        <span className={css.more}>
          {[step.number, writeMoment(step.at_ms, i18n.locale), step.by, step.reason].filter(Boolean).join(" · ")}
        </span>
      </span>
      {step.amount_minor !== 0 && (
        <span className={css.end}>
          <Amount signed minor={step.amount_minor} />
          <span className={css.more}>
            <Amount minor={step.after_minor} />
          </span>
        </span>
      )}
    </li>
  );
}
