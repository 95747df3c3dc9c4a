import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, writeFixed } from "../../design";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import { ReturnedSeal } from "../returns/ReturnedSeal";
import css from "./Members.module.css";

const MOST = 200;

/** What a member bought, newest first. */
export function Purchases({ member }: { member: string }) {
  const { t } = useLingui();
  const [limit, setLimit] = useState(10);
  const sales = useAnswer(
    "sales",
    { filter: { search: "", from: null, to: null, member, person: null, tender: null, kind: null }, window: { offset: 0, limit } },
    { topics: ["sales"], keep: (before) => before.filter.member === member },
  );
  if (sales.error) return <FailureStrip failure={sales.error} />;
  if (!sales.data) return null;
  const { rows, count } = sales.data;
  const left = writeFixed(count - rows.length, 0);
  if (count === 0) return <p className={css.none}>{t`Has bought nothing yet.`}</p>;
  return (
    <>
      <ul className={css.rows}>
        {rows.map((sale) => (
          <li key={sale.sale} className={css.row}>
            <span>
              {sale.number} <span className={css.more}>{sale.business_date}</span> <ReturnedSeal row={sale} />
            </span>
            <Amount minor={sale.net_minor} />
          </li>
        ))}
      </ul>
      {count > rows.length && limit < MOST && (
        <div>
          <Button kind="quiet" onPress={() => setLimit(Math.min(MOST, limit + 50))}>{t`Show more, ${left} left`}</Button>
        </div>
      )}
    </>
  );
}
