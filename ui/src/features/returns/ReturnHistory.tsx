import { useLingui } from "@lingui/react/macro";
import { Amount, Button, Qty } from "../../design";
import type { SaleRow } from "../../host";
import css from "./Returns.module.css";

interface HistoryProps {
  /** The returns of a sale, oldest first. */
  returns: readonly SaleRow[];
  /** Leads to one of them, where the screen can show it. */
  onOpen?: (row: SaleRow) => void;
}

/** What came back of a sale: each return with its day, its pieces and its money. */
export function ReturnHistory({ returns, onOpen }: HistoryProps) {
  const { t } = useLingui();
  if (returns.length === 0) return null;
  return (
    <section className={css.history} aria-label={t`What came back`}>
      <h3 className={css.note}>{t`What came back`}</h3>
      <ul>
        {returns.map((row) => (
          <li key={row.sale} className={css.returned}>
            {onOpen ? (
              <Button kind="quiet" onPress={() => onOpen(row)}>
                {row.number}
              </Button>
            ) : (
              <span>{row.number}</span>
            )}
            <span className={css.small}>{row.business_date}</span>
            <span className={css.small}>
              <Qty milli={row.pieces_milli} />
            </span>
            <Amount minor={row.net_minor} />
          </li>
        ))}
      </ul>
    </section>
  );
}
