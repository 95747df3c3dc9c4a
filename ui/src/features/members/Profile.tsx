import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, Facts, Section, SideSheet, useCurrency, writeMicro, writeMonth, writePhone } from "../../design";
import type { MemberHit, MemberSheet, MemberWords } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip, go, useMay } from "../../shell";
import { BalanceSection } from "../balance/BalanceSection";
import { MemberPayouts } from "../payouts/MemberPayouts";
import { BindSponsor } from "./BindSponsor";
import { chainDown } from "./card";
import { Downline } from "./Downline";
import { EditCard } from "./EditCard";
import { Erase } from "./Erase";
import { History } from "./History";
import { MemberLevel } from "./MemberLevel";
import css from "./Members.module.css";
import { Merge } from "./Merge";
import { MoveSponsor } from "./MoveSponsor";
import { PersonalMenu } from "./PersonalMenu";
import { Placement } from "./Placement";
import { PointsStatement } from "./PointsStatement";
import { Purchases } from "./Purchases";
import { Ranks } from "./Ranks";
import { Standing } from "./Standing";
import { Statements } from "./Statements";
import { Tags } from "./Tags";

interface ProfileProps {
  member: string;
  words: MemberWords | undefined;
  onClose: () => void;
  onOpen: (member: string) => void;
  onDownline: (member: string, name: string) => void;
}

/** One member: where they stand in the tree, what they bought, what they earned. */
export function Profile({ member, words, onClose, onOpen, onDownline }: ProfileProps) {
  const { t } = useLingui();
  const mayEdit = useMay("manager");
  const [doing, setDoing] = useState<"edit" | "move" | "bind" | "merge" | "erase" | null>(null);
  const sheet = useAnswer("member", member, { topics: ["members", "sales", "month"], keep: (before) => before === member });
  const done = () => setDoing(null);
  if (sheet.error) {
    return (
      <SideSheet title={t`Member`} close={t`Close`} onClose={onClose}>
        <FailureStrip failure={sheet.error} />
      </SideSheet>
    );
  }
  if (!sheet.data) {
    return (
      <SideSheet title={t`Member`} close={t`Close`} onClose={onClose}>
        {null}
      </SideSheet>
    );
  }
  const { row } = sheet.data;
  if (doing === "edit") return <EditCard row={row} words={words} onClose={done} />;
  return (
    <SideSheet
      title={row.card.name}
      more={
        <>
          <span>{row.number}</span>
          <Standing row={row} />
        </>
      }
      close={t`Close`}
      onClose={onClose}
      footer={
        (doing === null || doing === "bind" || doing === "merge" || doing === "erase") && (
          <>
            {mayEdit && !row.erased && <Button onPress={() => setDoing("edit")}>{t`Edit`}</Button>}
            {mayEdit && <Button onPress={() => setDoing("move")}>{t`Move to another sponsor`}</Button>}
            {mayEdit && <Button onPress={() => go("/members/graph", { view: "lineage", at: row.member })}>{t`In the graph`}</Button>}
            <PersonalMenu row={row} onBind={() => setDoing("bind")} onMerge={() => setDoing("merge")} onErase={() => setDoing("erase")} />
          </>
        )
      }
    >
      <Chain upline={sheet.data.upline} self={row.card.name} onOpen={onOpen} />
      {doing === "move" && <MoveSponsor row={row} onDone={done} />}
      {doing === "bind" && <BindSponsor row={row} onDone={done} />}
      {doing === "merge" && <Merge row={row} onDone={done} />}
      {doing === "erase" && <Erase row={row} onDone={done} />}
      {row.erased && <p className={css.none}>{t`The personal data were erased on ${row.erased}. Number, place and figures stay.`}</p>}
      <Cards sheet={sheet.data} onOpen={onOpen} />
      <Facts
        facts={[
          { name: t`Phone`, value: row.card.phone ? writePhone(row.card.phone) : "–" },
          { name: t`Distribution rank`, value: row.card.rank ?? "–" },
          { name: t`Member level`, value: row.card.level ?? "–" },
          { name: t`Joined`, value: row.joined },
          ...(row.erased ? [] : [{ name: t`Referral code`, value: (sheet.data.referral.match(/.{4}/g) ?? []).join(" ") }]),
          ...(row.last_bought ? [{ name: t`Last purchase`, value: row.last_bought }] : []),
          ...(row.card.birthday ? [{ name: t`Birthday`, value: row.card.birthday }] : []),
          ...(row.card.note ? [{ name: t`Note`, value: row.card.note }] : []),
        ]}
      />
      {!row.erased && <Tags row={row} words={words} />}
      <MemberLevel member={row.member} />
      <PointsStatement member={row.member} />
      <BalanceSection member={row.member} name={row.card.name} />
      <Commission sheet={sheet.data} />
      <MemberPayouts member={row.member} />
      {mayEdit && <Statements member={row.member} />}
      {mayEdit && <Ranks member={row.member} />}
      <Placement row={row} onOpen={onOpen} />
      <Downline row={row} onOpen={onOpen} onAll={() => onDownline(row.member, row.card.name)} />
      {mayEdit && <History member={row.member} />}
      <Section title={t`Purchases`} acts={<Amount minor={row.net_minor} />}>
        <Purchases member={row.member} />
      </Section>
    </SideSheet>
  );
}

/** Other cards of the same person, each one press away. */
function Cards({ sheet: { row, merged }, onOpen }: { sheet: MemberSheet; onOpen: (member: string) => void }) {
  const { t } = useLingui();
  const cards = row.merged_into ? [row.merged_into] : merged;
  if (cards.length === 0) return null;
  return (
    <p className={css.none}>
      {row.merged_into ? t`This card was merged into:` : t`Cards that were merged into this one:`}
      {cards.map((card) => (
        <span key={card.member}>
          {" "}
          <button type="button" className={css.link} onClick={() => onOpen(card.member)}>
            {card.number}
          </button>
        </span>
      ))}
    </p>
  );
}

/** The path of commission, from the root down to this member. */
function Chain({ upline, self, onOpen }: { upline: readonly MemberHit[]; self: string; onOpen: (member: string) => void }) {
  const { t } = useLingui();
  const [whole, setWhole] = useState(false);
  const folded = chainDown(upline);
  const { top, left, near } = whole ? { top: [], left: 0, near: [...upline].reverse() } : folded;
  const link = (hit: MemberHit) => (
    <li key={hit.member}>
      <button type="button" className={css.link} onClick={() => onOpen(hit.member)} title={hit.number}>
        {hit.name}
      </button>
    </li>
  );
  if (upline.length === 0) return <p className={css.none}>{t`Nobody stands above this member.`}</p>;
  return (
    <ol className={css.chain} aria-label={t`Sponsor chain`}>
      {top.map(link)}
      {left > 0 && (
        <li>
          <button type="button" className={css.link} onClick={() => setWhole(true)}>
            {t`… ${left} more`}
          </button>
        </li>
      )}
      {near.map(link)}
      <li aria-current="page">{self}</li>
    </ol>
  );
}

/** What was earned month by month, exact to the last digit, and what is not on a statement yet. */
function Commission({ sheet }: { sheet: MemberSheet }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const pending = writeMicro(sheet.pending_micro, digits);
  return (
    <Section title={t`Commission`} acts={<span className={css.figure}>{t`${pending} pending`}</span>}>
      {sheet.months.length === 0 ? (
        <p className={css.none}>{t`Nothing earned yet.`}</p>
      ) : (
        <ul className={css.rows}>
          {sheet.months.map(([month, sales, micro]) => (
            <li key={month} className={css.row}>
              <span>
                {writeMonth(month, i18n.locale)} <span className={css.more}>{t`from ${sales} sales`}</span>
              </span>
              <span className={css.figure}>{writeMicro(micro, digits)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
