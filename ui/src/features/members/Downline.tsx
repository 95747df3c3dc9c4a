import { useLingui } from "@lingui/react/macro";
import { Amount, Button, Seal, Section, writeFixed } from "../../design";
import type { MemberRow, MembersQuestion } from "../../host";
import { useAnswer } from "../../host/answers";
import { filterOf, usual } from "./groups";
import css from "./Members.module.css";

const question = (sponsor: string, frozen: boolean): MembersQuestion => ({
  filter: { ...filterOf({ ...usual, sponsor, by: "net", down: true }, ""), frozen },
  window: { offset: 0, limit: 10 },
});

/** Those whom the member brought in, the strongest buyers first; frozen ones after them. */
export function Downline({ row, onOpen, onAll }: { row: MemberRow; onOpen: (member: string) => void; onAll: () => void }) {
  const { t } = useLingui();
  const topics = ["members", "sales"] as const;
  const active = useAnswer("members", question(row.member, false), { topics, enabled: row.direct > 0 });
  const frozen = useAnswer("members", question(row.member, true), { topics, enabled: row.direct > 0 });
  const rows = [...(active.data?.rows ?? []), ...(frozen.data?.rows ?? [])].slice(0, 10);
  const count = writeFixed(row.direct, 0);
  return (
    <Section title={t`Direct downline`} acts={<span className={css.figure}>{count}</span>}>
      {row.direct === 0 && <p className={css.none}>{t`Has brought in nobody yet.`}</p>}
      <ul className={css.rows}>
        {rows.map((one) => (
          <li key={one.member} className={css.row}>
            <span>
              <button type="button" className={css.link} onClick={() => onOpen(one.member)}>
                {one.card.name}
              </button>{" "}
              <span className={css.more}>{one.number}</span> {!one.card.active && <Seal tone="stop">{t`Frozen`}</Seal>}
            </span>
            <Amount minor={one.net_minor} />
          </li>
        ))}
      </ul>
      {row.direct > rows.length && rows.length > 0 && (
        <div>
          <Button kind="quiet" onPress={onAll}>{t`Show all ${count} in the list`}</Button>
        </div>
      )}
    </Section>
  );
}
