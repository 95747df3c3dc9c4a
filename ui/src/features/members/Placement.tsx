import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Combo, notify, Section, Select, TextField, writeMonth } from "../../design";
import type { FreePlace, MemberHit, MemberRow, Place, PlacementSheet, Side } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useKeys, useMay } from "../../shell";
import css from "./Members.module.css";
import { asChoice, findSponsors } from "./sponsors";

/** The member's place in the binary tree, where the plan looks at one: above, the two legs, and what they bring forward. */
export function Placement({ row, onOpen }: { row: MemberRow; onOpen: (member: string) => void }) {
  const { t, i18n } = useLingui();
  const mayPlace = useMay("manager");
  const [placing, setPlacing] = useState(false);
  const sheet = useAnswer("placement", row.member, { topics: ["members", "month", "plan"] });
  if (!sheet.data?.used) return null;
  const { under, side, left, right, legs } = sheet.data.row;
  const place = (hit: MemberHit | null, none: string) =>
    hit ? (
      <button type="button" className={css.link} onClick={() => onOpen(hit.member)} title={hit.number}>
        {hit.name}
      </button>
    ) : (
      none
    );
  const leg = side === "R" ? t`right leg` : t`left leg`;
  return (
    <Section
      title={t`Place in the binary tree`}
      acts={mayPlace && !placing && <Button onPress={() => setPlacing(true)}>{under ? t`Change the place` : t`Give a place`}</Button>}
    >
      {placing ? (
        <PlaceForm row={row} sheet={sheet.data} onDone={() => setPlacing(false)} />
      ) : (
        <ul className={css.rows}>
          <li className={css.row}>
            <span>{t`Stands under`}</span>
            <span>
              {place(under, t`nobody`)} {under && <span className={css.more}>{leg}</span>}
            </span>
          </li>
          <li className={css.row}>
            <span>{t`Left leg`}</span>
            <span>{place(left, t`free`)}</span>
          </li>
          <li className={css.row}>
            <span>{t`Right leg`}</span>
            <span>{place(right, t`free`)}</span>
          </li>
          {legs.map((one) => (
            <li key={one.rule} className={css.row}>
              <span>
                {t`Brought forward`} <span className={css.more}>{`${one.rule} · ${writeMonth(one.month, i18n.locale)}`}</span>
              </span>
              <span className={css.figure}>{t`left ${one.left} · right ${one.right}`}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Gives, changes or takes away a place. Whoever stands nowhere begins with the outermost free place under the sponsor. */
function PlaceForm({ row, sheet, onDone }: { row: MemberRow; sheet: PlacementSheet; onDone: () => void }) {
  const { t } = useLingui();
  const stands = sheet.row.under;
  const from: Place | null = stands && sheet.row.side ? { under: stands.member, side: sheet.row.side } : null;
  const [under, setUnder] = useState<MemberHit | null>(stands ?? sheet.free[0]?.under ?? null);
  const [side, setSide] = useState<Side>(sheet.row.side ?? sheet.free[0]?.side ?? "L");
  const [reason, setReason] = useState("");
  const name = row.card.name;
  const place = useDeed("place_member", ({ row: { under } }) => {
    const above = under?.name;
    notify({ text: above === undefined ? t`${name} stands nowhere in the binary tree now` : t`${name} now has a place under ${above}` });
    onDone();
  });
  const to: Place | null = under ? { under: under.member, side } : null;
  const changed = to?.under !== from?.under || to?.side !== from?.side;
  const submit = () => {
    if (changed && !place.isPending) place.mutate({ member: row.member, from, to, reason: reason.trim() || null });
  };
  const take = (free: FreePlace) => {
    setUnder(free.under);
    setSide(free.side);
  };
  useKeys({ "Ctrl+S": submit, Escape: onDone });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves this part first, then the sheet.
    <div
      className={css.form}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) {
          event.stopPropagation();
          onDone();
        }
      }}
    >
      {place.error && <FailureStrip failure={place.error} />}
      {sheet.free.length > 0 && (
        <div className={css.acts}>
          {sheet.free.map((free) => {
            const name = free.under.name;
            return (
              <Button key={free.side} kind="quiet" onPress={() => take(free)}>
                {free.side === "L" ? t`Outermost left: under ${name}` : t`Outermost right: under ${name}`}
              </Button>
            );
          })}
        </div>
      )}
      <Combo
        label={t`Stands under`}
        chosen={under && asChoice(under)}
        onChoose={(choice) => {
          setUnder(choice?.hit ?? null);
          if (place.error) place.reset();
        }}
        search={findSponsors}
        none={t`Nobody is found.`}
        clear={t`No place`}
        placeholder={t`Name, initials, number or phone`}
        hint={t`Everyone below moves along. Months that are closed stay as they are.`}
        autoFocus
      />
      <Select
        label={t`Leg`}
        value={side}
        onChange={setSide}
        options={[
          { key: "L", text: t`Left leg` },
          { key: "R", text: t`Right leg` },
        ]}
      />
      <TextField
        label={t`Reason`}
        optional={from ? undefined : t`optional`}
        value={reason}
        onChange={setReason}
        onEnter={submit}
        maxLength={200}
      />
      <div className={css.acts}>
        <Button kind="ink" keys="Ctrl+S" onPress={submit} disabled={!changed} busy={place.isPending}>
          {t`Place`}
        </Button>
        <Button onPress={onDone}>{t`Cancel`}</Button>
      </div>
    </div>
  );
}
