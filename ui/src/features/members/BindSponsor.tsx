import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Combo, Dialog, notify } from "../../design";
import type { MemberHit, MemberRow } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import { asChoice, findSponsors } from "./sponsors";

/** A member names a sponsor at the till, by name or by the code that the sponsor shows; the shop's terms of binding say whether it is taken. */
export function BindSponsor({ row, onDone }: { row: MemberRow; onDone: () => void }) {
  const { t } = useLingui();
  const [to, setTo] = useState<MemberHit | null>(null);
  const bind = useDeed("bind_sponsor", ({ row: { card, sponsor } }) => {
    const { name } = card;
    const above = sponsor?.name ?? "";
    notify({ text: t`${name} now stands under ${above}` });
    onDone();
  });
  const submit = () => {
    if (to && !bind.isPending) bind.mutate({ member: row.member, sponsor: to.member });
  };
  return (
    <Dialog
      title={t`Name a sponsor`}
      open
      onClose={onDone}
      footer={
        <>
          <Button onPress={onDone}>{t`Cancel`}</Button>
          <Button kind="ink" busy={bind.isPending} disabled={to === null} onPress={submit}>
            {t`Bind`}
          </Button>
        </>
      }
    >
      <FailureStrip failure={bind.error} />
      <Combo
        label={t`Sponsor`}
        chosen={to && asChoice(to)}
        onChoose={(choice) => {
          setTo(choice?.hit ?? null);
          if (bind.error) bind.reset();
        }}
        search={findSponsors}
        none={t`Nobody is found.`}
        clear={t`No sponsor`}
        placeholder={t`Name, number, phone or referral code`}
        autoFocus
      />
    </Dialog>
  );
}
