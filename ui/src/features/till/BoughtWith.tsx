import { useLingui } from "@lingui/react/macro";
import { Amount, Button } from "../../design";
import type { ProductRow } from "../../host";
import { useAnswer } from "../../host/answers";
import { useKeys } from "../../shell";
import { currentLine, type Ticket } from "./draft";
import css from "./Till.module.css";

/** What customers often take with the line that is marked: pressed, or by its key, the first goes on the ticket. */
export function BoughtWith({ ticket, onAdd }: { ticket: Ticket; onAdd: (row: ProductRow) => void }) {
  const { t } = useLingui();
  const product = currentLine(ticket)?.product.id ?? "";
  const besides = ticket.lines.map((line) => line.product.id);
  const found = useAnswer("bought_with", { product, besides }, { topics: ["products"], enabled: product !== "" });
  const rows = product === "" ? [] : (found.data ?? []);
  const [first] = rows;
  useKeys({ "Alt+B": () => (first ? onAdd(first) : false) });
  if (!first) return null;
  return (
    <section className={css.bought} aria-label={t`Often bought with it`}>
      <span>{t`Often bought with it`}</span>
      {rows.map((row, at) => (
        <Button key={row.product} kind="quiet" keys={at === 0 ? "Alt+B" : undefined} onPress={() => onAdd(row)}>
          {row.card.name} <Amount minor={row.card.price_minor} />
        </Button>
      ))}
    </section>
  );
}
