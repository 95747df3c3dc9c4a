import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, MoneyInput, notify, Qty, QtyInput, Section, Select, TextField, writeMoment, writeQty } from "../../design";
import type { AdjustReason, ProductRow, StockMove } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useFailureWords, useMay } from "../../shell";
import { adjustBy } from "./card";
import css from "./ProductSheet.module.css";

/** The place that every shop has. */
const FLOOR = "00000000-0000-0000-0000-000000000000";

const reasons = ["count", "damage", "loss", "own_use"] as const satisfies AdjustReason[];

/** Why a stock is set right, in words. */
function useReasons(): Record<AdjustReason, string> {
  const { t } = useLingui();
  return {
    count: t`Stocktaking`,
    damage: t`Broken or spoilt`,
    loss: t`Stolen or lost`,
    own_use: t`Used in the shop or given away`,
    opening: t`Opening stock`,
  };
}

/** What lies on the shelf, taking goods in, setting the stock right, and how it moved. */
export function Stock({ row }: { row: ProductRow }) {
  const { t } = useLingui();
  const mayMove = useMay("manager") && !row.archived;
  const [doing, setDoing] = useState<"receive" | "adjust" | null>(null);
  const done = () => setDoing(null);
  return (
    <Section title={t`Stock`}>
      <div className={css.stock}>
        <span className={css.shelf}>
          <Qty milli={row.stock_milli} />
        </span>
        {mayMove && (
          <div className={css.acts}>
            <Button pressed={doing === "receive"} onPress={() => setDoing(doing === "receive" ? null : "receive")}>{t`Receive`}</Button>
            <Button pressed={doing === "adjust"} onPress={() => setDoing(doing === "adjust" ? null : "adjust")}>{t`Adjust`}</Button>
          </div>
        )}
      </div>
      {mayMove && doing === "receive" && <Receive row={row} onDone={done} />}
      {mayMove && doing === "adjust" && <Adjust row={row} onDone={done} />}
      <Places row={row} />
      <Moves row={row} />
    </Section>
  );
}

/** Where it lies, in a shop with more places than one. */
function Places({ row }: { row: ProductRow }) {
  const { t } = useLingui();
  const places = useAnswer("places_of", row.product, { topics: ["products", "sales", "stock"], keep: (before) => before === row.product });
  if (!places.data?.some((place) => place.location !== FLOOR)) return null;
  return (
    <ul className={css.moves} aria-label={t`Where it lies`}>
      {places.data.map((place) => (
        <li key={place.location} className={css.move}>
          <span>{place.name || t`Shop floor`}</span>
          <Qty milli={place.qty_milli} />
        </li>
      ))}
    </ul>
  );
}

function Receive({ row, onDone }: { row: ProductRow; onDone: () => void }) {
  const { t } = useLingui();
  const [qty, setQty] = useState<number | null>(null);
  const [cost, setCost] = useState<number | null>(row.card.cost_minor);
  const [note, setNote] = useState("");
  const words = useFailureWords();
  const receive = useDeed("receive_stock", (_, asked) => {
    const pieces = writeQty(asked.qty_milli);
    notify({ text: t`${pieces} received` });
    onDone();
  });
  const submit = () => {
    if (!receive.isPending) receive.mutate({ product: row.product, qty_milli: qty ?? 0, cost_minor: cost, note: note.trim() || null });
  };
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={css.pair}>
        <QtyInput
          label={t`Quantity received`}
          value={qty}
          onChange={setQty}
          onEnter={submit}
          error={receive.error ? words(receive.error) : undefined}
          autoFocus
        />
        <MoneyInput label={t`Cost of one`} optional={t`optional`} value={cost} onChange={setCost} onEnter={submit} />
      </div>
      <TextField
        label={t`Delivery note or supplier`}
        optional={t`optional`}
        value={note}
        onChange={setNote}
        onEnter={submit}
        maxLength={200}
      />
      <div className={css.acts}>
        <Button kind="ink" submit busy={receive.isPending}>{t`Receive`}</Button>
        <Button onPress={onDone}>{t`Cancel`}</Button>
      </div>
    </form>
  );
}

function Adjust({ row, onDone }: { row: ProductRow; onDone: () => void }) {
  const { t } = useLingui();
  const names = useReasons();
  const [reason, setReason] = useState<AdjustReason>("count");
  const [typed, setTyped] = useState<number | null>(null);
  const [note, setNote] = useState("");
  const [asked, setAsked] = useState(false);
  const words = useFailureWords();
  const adjust = useDeed("adjust_stock", (after) => {
    const now = writeQty(after.stock_milli);
    notify({ text: t`The stock is now ${now}` });
    onDone();
  });
  const by = typed === null ? null : adjustBy(reason, typed, row.stock_milli);
  const submit = () => {
    setAsked(true);
    if (by !== null && !adjust.isPending) adjust.mutate({ product: row.product, by_milli: by, reason, note: note.trim() || null });
  };
  const moved = by === null ? null : writeQty(by);
  const after = by === null ? null : writeQty(row.stock_milli + by);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Select
        label={t`Reason`}
        options={reasons.map((key) => ({ key, text: names[key] }))}
        value={reason}
        onChange={(key) => setReason(key)}
      />
      <QtyInput
        label={reason === "count" ? t`Counted on the shelf` : t`Quantity taken away`}
        value={typed}
        onChange={setTyped}
        onEnter={submit}
        hint={moved === null ? undefined : t`Moves by ${moved}, then there are ${after}.`}
        error={adjust.error ? words(adjust.error) : asked && typed === null ? t`Enter a quantity.` : undefined}
        autoFocus
      />
      <TextField label={t`Note`} optional={t`optional`} value={note} onChange={setNote} onEnter={submit} maxLength={200} />
      <div className={css.acts}>
        <Button kind="ink" submit busy={adjust.isPending}>{t`Adjust`}</Button>
        <Button onPress={onDone}>{t`Cancel`}</Button>
      </div>
    </form>
  );
}

function Moves({ row }: { row: ProductRow }) {
  const { t, i18n } = useLingui();
  const names = useReasons();
  const moves = useAnswer("stock_moves", row.product, { topics: ["products", "sales"], keep: true });
  const why = ({ account, number, by_milli: by, kind, place, to }: StockMove): string => {
    const said = cause(account, number, by, kind);
    if (kind === "StockTransferred") {
      const [from, there] = [place || t`Shop floor`, to || t`Shop floor`];
      return t`${from} to ${there}, ${said}`;
    }
    return place ? t`${said} · ${place}` : said;
  };
  const cause = (account: string, number: string | null, by: number, kind: string): string => {
    if (kind === "StockTransferred") return number ?? "";
    if (kind === "GoodsReceived" && number !== null) return t`Goods received, ${number}`;
    if (kind === "StockCounted" && number !== null) return t`Stocktaking, ${number}`;
    const reason = account.replace("stock.adjusted.", "") as AdjustReason;
    if (number !== null) return by > 0 ? t`Returned, ${number}` : t`Sold, ${number}`;
    if (account === "stock.suppliers") return t`Goods received`;
    if (account === "stock.customers") return t`Sold`;
    return names[reason] ?? account;
  };
  if (moves.error) return <FailureStrip failure={moves.error} />;
  if (moves.data?.length === 0) return <p className={css.none}>{t`The stock has not moved yet.`}</p>;
  return (
    <ul className={css.moves} aria-label={t`Stock movements`}>
      {(moves.data ?? []).map((move, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: movements have no other identity and only grow at the front.
        <li key={index} className={css.move}>
          <span>{why(move)}</span>
          <span>
            {move.by_milli > 0 ? "+" : ""}
            <Qty milli={move.by_milli} />
          </span>
          <span className={css.when}>{writeMoment(move.at_ms, i18n.locale)}</span>
        </li>
      ))}
    </ul>
  );
}
