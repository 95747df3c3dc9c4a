import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { Amount, Points, Qty, writePercent, writeQty } from "../../design";
import type { LineQuote } from "../../host";
import type { Ticket, TicketLine } from "./draft";
import css from "./Lines.module.css";

interface LinesProps {
  ticket: Ticket;
  /** The books' answer, line by line; behind the ticket while it is being asked. */
  quoted: readonly LineQuote[];
  onPick: (index: number) => void;
}

/** What has been scanned, in its order. */
export function Lines({ ticket, quoted, onPick }: LinesProps) {
  const { t } = useLingui();
  const here = useRef<HTMLTableRowElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the current line comes into sight when it changes.
  useEffect(() => {
    here.current?.scrollIntoView?.({ block: "nearest" });
  }, [ticket.current, ticket.lines.length]);
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th className={css.place}>{"#"}</th>
            <th>{t`Product`}</th>
            <th data-end="">{t`Quantity`}</th>
            <th data-end="">{t`Price`}</th>
            <th data-end="">{t`Amount`}</th>
          </tr>
        </thead>
        <tbody>
          {ticket.lines.map((line, index) => {
            const quote = quoted[index]?.product === line.product.id ? quoted[index] : undefined;
            return (
              <tr
                // biome-ignore lint/suspicious/noArrayIndexKey: a line's place is its identity.
                key={index}
                ref={index === ticket.current ? here : undefined}
                className={css.line}
                aria-current={index === ticket.current ? "true" : undefined}
                onClick={() => onPick(index)}
              >
                <td className={css.place}>{index + 1}</td>
                <td>
                  <span className={css.name}>{line.product.name}</span>
                  <Below line={line} quote={quote} />
                </td>
                <td data-end="">
                  <Qty milli={line.qty_milli} />
                </td>
                <td data-end="">
                  {quote && quote.unit_minor !== quote.list_minor && <Amount minor={quote.list_minor} was />}{" "}
                  {quote && <Amount minor={quote.unit_minor} />}
                </td>
                <td data-end="">
                  {quote?.gift ? (
                    <>
                      <Points points={quote.points_spent} /> {t`points`}
                    </>
                  ) : (
                    quote && <Amount minor={quote.gross_minor - quote.line_discount_minor} />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The small print of a line: code, stock, why its price is not the list price. */
function Below({ line, quote }: { line: TicketLine; quote: LineQuote | undefined }) {
  const { t } = useLingui();
  const { product } = line;
  const short = product.stock_milli < line.qty_milli;
  const why = useWhy(quote);
  return (
    <span className={css.below}>
      <span>{product.barcode ?? product.code}</span>
      {short ? (
        <strong className={css.short}>
          {product.stock_milli <= 0 ? t`out of stock` : t`in stock only`} {product.stock_milli !== 0 && <Qty milli={product.stock_milli} />}
        </strong>
      ) : (
        <span>
          {t`in stock`} <Qty milli={product.stock_milli} />
        </span>
      )}
      {why && <span>{why}</span>}
      {line.label !== undefined && <span>{t`scale label`}</span>}
      {product.no_commission && <span>{t`no commission`}</span>}
      {quote && quote.line_discount_minor > 0 && (
        <span className={css.off}>
          {t`discount`} <Amount minor={-quote.line_discount_minor} />
        </span>
      )}
    </span>
  );
}

function useWhy(quote: LineQuote | undefined): string | null {
  const { t } = useLingui();
  switch (quote?.why.from) {
    case undefined:
    case "list":
      return null;
    case "level": {
      const { level } = quote.why;
      return t`price for ${level}`;
    }
    case "level_share": {
      const share = writePercent(quote.why.share_ppm);
      return t`member price, ${share} of the list`;
    }
    case "dated": {
      const { last } = quote.why;
      return last === null ? t`offer` : t`offer until ${last}`;
    }
    case "quantity_break": {
      const from = writeQty(quote.why.from_qty_milli);
      return t`price from ${from} on`;
    }
    case "by_hand":
      return t`price by hand`;
    case "gift":
      return t`gift`;
  }
}
