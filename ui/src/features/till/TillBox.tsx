import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, type Ref, useEffect, useState } from "react";
import { Amount, Qty, writePhone } from "../../design";
import type { MemberHit, ProductRow } from "../../host";
import { Box } from "./Box";
import { findMembers, findProducts } from "./desk";
import css from "./TillBox.module.css";

/** What the one box of the till takes at the moment. */
export type BoxMode = "scan" | "member" | "qty" | "price" | "off" | "order_off" | "hold" | "points" | "coupon" | "sign_in";

export type BoxHit = { kind: "product"; row: ProductRow } | { kind: "member"; hit: MemberHit };

const SETTLE_MS = 60;

interface TillBoxProps {
  mode: BoxMode;
  typed: string;
  onType: (text: string) => void;
  /**
   * Enter: with the hit chosen by arrows, where one was, and what comes first by the whole text; asked for anew where the list is still of less text.
   */
  onEnter: (text: string, chosen: BoxHit | null, first: () => Promise<BoxHit | null>) => void;
  onEscape: () => void;
  onArrow: (step: number) => void;
  /** Under the box: what was wrong with the last code or figure. */
  hint: ReactNode;
  boxRef: Ref<HTMLInputElement>;
}

/** The box that always has the focus: codes, names, initials; after a key also quantities, discounts and members. */
export function TillBox({ mode, typed, onType, onEnter, onEscape, onArrow, hint, boxRef }: TillBoxProps) {
  const { t } = useLingui();
  const text = useSettled(typed.trim());
  const people = mode === "member" || mode === "sign_in";
  const searching = (mode === "scan" || people) && typed !== "";
  const ask = people ? findMembers : findProducts;
  const found = useQuery({
    queryKey: ["till-find", mode, text],
    queryFn: () => ask(text),
    enabled: searching,
    placeholderData: (before) => before,
    staleTime: 0,
    gcTime: 10_000,
  });
  const hits: readonly BoxHit[] = searching ? (found.data ?? []).filter((hit) => hit.kind === (people ? "member" : "product")) : [];
  const words: Record<BoxMode, string> = {
    scan: t`Scan, or type a name, its initials or a code`,
    member: t`Member: phone, last four digits, initials, number or name`,
    qty: t`Quantity of this line`,
    price: t`Price of this line`,
    off: t`Discount on this line: 5.00, 10% or 85折`,
    order_off: t`Discount on the whole order: 5.00, 10% or 85折`,
    hold: t`A word to find the held ticket by, or just Enter`,
    points: t`Points to spend; just Enter for as many as may be`,
    coupon: t`Code of the coupon`,
    sign_in: t`Sign a member in for today: scan the card, or type phone, initials or number`,
  };

  const tags: Record<BoxMode, string | null> = {
    scan: null,
    member: t`Member`,
    qty: t`Quantity`,
    price: t`Price`,
    off: t`Discount`,
    order_off: t`Order discount`,
    hold: t`Hold`,
    points: t`Points`,
    coupon: t`Coupon`,
    sign_in: t`Coming by`,
  };

  const fresh = searching && found.isSuccess && !found.isPlaceholderData && typed.trim() === text;
  const nothing = !hint && fresh && hits.length === 0;
  return (
    <Box
      words={words[mode]}
      tag={tags[mode]}
      typed={typed}
      onType={onType}
      onEnter={(whole, chosen, first) =>
        onEnter(whole, chosen, async () => (fresh || !searching ? first : ((await ask(whole.trim()))[0] ?? null)))
      }
      onEscape={onEscape}
      onArrow={onArrow}
      hits={hits}
      keyOf={(hit) => (hit.kind === "product" ? hit.row.product : hit.hit.member)}
      row={(hit) => <HitRow hit={hit} />}
      hint={
        nothing ? (
          <p className={css.nothing} role="status">
            {people ? t`No member is found by that.` : t`No product is called that.`}
          </p>
        ) : (
          hint
        )
      }
      boxRef={boxRef}
    />
  );
}

/** A text once it has not changed for a moment, so that a scan's burst asks nothing. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export function HitRow({ hit }: { hit: BoxHit }) {
  if (hit.kind === "product") {
    const { card, stock_milli } = hit.row;
    return (
      <>
        <span className={css.name}>{card.name}</span>
        <span className={css.small}>{card.barcode ?? card.code}</span>
        <span className={css.small} data-short={stock_milli <= 0 || undefined}>
          <Qty milli={stock_milli} />
        </span>
        <span className={css.figure}>
          <Amount minor={card.price_minor} />
        </span>
      </>
    );
  }
  const { name, number, phone, rank } = hit.hit;
  return (
    <>
      <span className={css.name}>{name}</span>
      <span className={css.small}>{rank}</span>
      <span className={css.small}>{number}</span>
      <span className={css.figure}>{phone && writePhone(phone)}</span>
    </>
  );
}
