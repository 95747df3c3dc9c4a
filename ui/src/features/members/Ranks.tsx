import { useLingui } from "@lingui/react/macro";
import { Section, useCurrency, writeMonth } from "../../design";
import type { Ground, RankRow } from "../../host";
import { useAnswer } from "../../host/answers";
import { groundOf, howOf } from "../month/grounds";
import css from "./Members.module.css";

/** How the rank came about, newest first, each with its grounds or the words of whoever gave it. */
export function Ranks({ member }: { member: string }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const ranks = useAnswer("member_ranks", member, { topics: ["members", "month"] });
  const rows = ranks.data ?? [];
  if (rows.length === 0) return null;
  const none = t`no rank`;
  const why = (row: RankRow) => {
    if (row.how === "by_hand") return row.reason;
    return groundsOf(row)
      .map((ground) => i18n._(groundOf(ground, digits)))
      .join(" · ");
  };
  return (
    <Section title={t`Ranks so far`}>
      <ul className={css.rows}>
        {rows.map((row) => (
          <li key={`${row.business_date} ${row.month} ${row.to}`} className={css.row}>
            <span>
              {row.from !== row.to && `${row.from ?? none} → `}
              {row.to ?? none}{" "}
              <span className={css.more}>
                {i18n._(howOf(row.how))} {why(row)}
              </span>
            </span>
            <span className={css.figure}>{row.month ? writeMonth(row.month, i18n.locale) : row.business_date}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the rank rests on; where it was not reached again, what it wanted. */
function groundsOf(row: RankRow): Ground[] {
  try {
    const { because, missing } = JSON.parse(row.reason) as { because: Ground[]; missing: Ground[] };
    return row.how === "reached" || because.length > 0 ? because : missing;
  } catch {
    return [];
  }
}
