import { useLingui } from "@lingui/react/macro";
import { Amount, Section, useCurrency, writeMicro, writeMonth } from "../../design";
import { useAnswer } from "../../host/answers";
import { StatementPdf } from "../month/StatementFiles";
import css from "./Members.module.css";

/** A member's released statements, newest first: what each pays and what it carries on. */
export function Statements({ member }: { member: string }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const statements = useAnswer("member_statements", member, { topics: ["members", "month"] });
  const rows = statements.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t`Statements`}>
      <ul className={css.rows}>
        {rows.map((row) => {
          const left = writeMicro(row.closing_micro, digits);
          return (
            <li key={row.number} className={css.row}>
              <span>
                {writeMonth(row.month, i18n.locale)}{" "}
                <span className={css.more}>
                  {row.number} {row.closing_micro !== 0 && t`${left} carried on`}
                </span>
              </span>
              <span className={css.figure}>
                <Amount minor={row.payable_minor} /> <StatementPdf number={row.number} name={row.name} />
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
