import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Combo, Dialog, EmptyHint } from "../../design";
import { call, type MemberHit, type SaleRow } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Close.module.css";
import { insteadOf, toldOf } from "./nothing";

interface SaleChoice {
  key: string;
  text: string;
  more: string;
  row: SaleRow;
}
interface MemberChoice {
  key: string;
  text: string;
  more: string;
  hit: MemberHit;
}

const findSales = async (search: string): Promise<SaleChoice[]> => {
  const filter = { search: search.trim(), from: null, to: null, member: null, person: null, tender: null, kind: null };
  const { rows } = await call("sales", { filter, window: { offset: 0, limit: 20 } });
  return rows.map((row) => ({ key: row.sale, text: row.number, more: [row.business_date, row.member].filter(Boolean).join(" · "), row }));
};
const asChoice = (hit: MemberHit): MemberChoice => ({ key: hit.member, text: hit.name, more: hit.number, hit });
const findMembers = async (search: string): Promise<MemberChoice[]> => (await call("find_members", search)).map(asChoice);

/** The opposite question: why a member earned nothing on a sale, rule by rule. */
export function WhyNothing({ member, onClose }: { member?: { member: string; name: string; number: string }; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [sale, setSale] = useState<SaleChoice | null>(null);
  const [who, setWho] = useState<MemberChoice | null>(() =>
    member ? asChoice({ member: member.member, name: member.name, number: member.number, phone: null, rank: null }) : null,
  );
  const answer = useAnswer("why_nothing", { sale: sale?.key ?? "", member: who?.key ?? "" }, { enabled: sale !== null && who !== null });
  const name = who?.text ?? "";
  const names = new Map(answer.data?.names ?? []);
  return (
    <Dialog title={t`Why nothing on a sale?`} open size="wide" onClose={onClose} footer={<Button onPress={onClose}>{t`Close`}</Button>}>
      <Combo
        label={t`Receipt`}
        chosen={sale}
        onChoose={setSale}
        search={findSales}
        none={t`No sale has this number.`}
        placeholder={t`Number of the receipt`}
        autoFocus
      />
      <Combo
        label={t`Member`}
        chosen={who}
        onChoose={setWho}
        search={findMembers}
        none={t`Nobody is found.`}
        placeholder={t`Name, initials, number or phone`}
      />
      <FailureStrip failure={answer.error} />
      {!answer.data && !answer.error && (
        <EmptyHint>{t`Choose a receipt and a member; every rule of the plan then says what it made of the two.`}</EmptyHint>
      )}
      {answer.data?.instead && <p className={css.prose}>{i18n._(insteadOf(answer.data.instead, name))}</p>}
      <ul className={css.answers} aria-label={t`What each rule says`}>
        {answer.data?.rules.map((rule) => {
          const told = toldOf(rule, names);
          return (
            <li key={told.rule}>
              <strong>{told.rule}</strong> <span>{i18n._(told.words)}</span>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
