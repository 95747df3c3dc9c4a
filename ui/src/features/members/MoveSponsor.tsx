import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Combo, notify, Section, TextField } from "../../design";
import { type MemberHit, type MemberRow, Refused } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, useFailureWords, useKeys } from "../../shell";
import { fieldOf } from "./card";
import css from "./Members.module.css";
import { asChoice, findSponsors } from "./sponsors";

/** Puts a member, with everyone below, under another sponsor. Sales made so far keep the chain they were made with. */
export function MoveSponsor({ row, onDone }: { row: MemberRow; onDone: () => void }) {
  const { t } = useLingui();
  const [to, setTo] = useState<MemberHit | null>(row.sponsor);
  const [reason, setReason] = useState("");
  const words = useFailureWords();
  const move = useDeed("move_sponsor", ({ row: { card, sponsor } }) => {
    const { name } = card;
    const above = sponsor?.name;
    notify({ text: above === undefined ? t`${name} has no sponsor now` : t`${name} now stands under ${above}` });
    onDone();
  });
  const from = row.sponsor?.member ?? null;
  const changed = (to?.member ?? null) !== from;
  const beside = move.error instanceof Refused && fieldOf(move.error) === "sponsor";
  const submit = () => {
    if (changed && !move.isPending) move.mutate({ member: row.member, from, to: to?.member ?? null, reason: reason.trim() || null });
  };
  useKeys({ "Ctrl+S": submit, Escape: onDone });
  return (
    <Section title={t`Move to another sponsor`}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves this part first, then the sheet. */}
      <div
        className={css.form}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.defaultPrevented) {
            event.stopPropagation();
            onDone();
          }
        }}
      >
        {move.error && !beside && <FailureStrip failure={move.error} />}
        <Combo
          label={t`New sponsor`}
          chosen={to && asChoice(to)}
          onChoose={(choice) => {
            setTo(choice?.hit ?? null);
            if (move.error) move.reset();
          }}
          search={findSponsors}
          none={t`Nobody is found.`}
          clear={t`No sponsor`}
          placeholder={t`Name, initials, number or phone`}
          hint={t`Everyone below moves along. Sales made so far keep their chain.`}
          error={beside && move.error ? words(move.error) : undefined}
          autoFocus
        />
        <TextField label={t`Reason`} optional={t`optional`} value={reason} onChange={setReason} onEnter={submit} maxLength={200} />
        <div className={css.acts}>
          <Button kind="ink" keys="Ctrl+S" onPress={submit} disabled={!changed} busy={move.isPending}>
            {t`Move`}
          </Button>
          <Button onPress={onDone}>{t`Cancel`}</Button>
        </div>
      </div>
    </Section>
  );
}
