import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ScanBarcode } from "lucide-react";
import { type ReactNode, type Ref, useEffect, useId, useState } from "react";
import { Amount, isComposing, Qty, writePhone } from "../../design";
import type { MemberHit, ProductRow } from "../../host";
import { findMembers, findProducts } from "./desk";
import css from "./TillBox.module.css";

/** What the one box of the till takes at the moment. */
export type BoxMode = "scan" | "member" | "qty" | "price" | "off" | "order_off" | "hold" | "points" | "coupon";

export type BoxHit = { kind: "product"; row: ProductRow } | { kind: "member"; hit: MemberHit };

const SETTLE_MS = 60;

interface TillBoxProps {
  mode: BoxMode;
  typed: string;
  onType: (text: string) => void;
  /** Enter: with the chosen hit where one was chosen by arrows, else with the first of them, else with the text alone. */
  onEnter: (text: string, chosen: BoxHit | null, first: BoxHit | null) => void;
  onEscape: () => void;
  onArrow: (step: number) => void;
  /** Under the box: what was wrong with the last code or figure. */
  hint: ReactNode;
  boxRef: Ref<HTMLInputElement>;
}

/** The box that always has the focus: codes, names, initials; after a key also quantities, discounts and members. */
export function TillBox({ mode, typed, onType, onEnter, onEscape, onArrow, hint, boxRef }: TillBoxProps) {
  const { t } = useLingui();
  const id = useId();
  const text = useSettled(typed.trim());
  const searching = (mode === "scan" || mode === "member") && typed !== "";
  const found = useQuery({
    queryKey: ["till-find", mode, text],
    queryFn: () => (mode === "member" ? findMembers(text) : findProducts(text)),
    enabled: searching,
    placeholderData: (before) => before,
    staleTime: 0,
    gcTime: 10_000,
  });
  const hits: readonly BoxHit[] = searching
    ? (found.data ?? []).filter((hit) => hit.kind === (mode === "member" ? "member" : "product"))
    : [];
  const [chosen, setChosen] = useState(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has other hits.
  useEffect(() => setChosen(-1), [typed, mode]);

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
  };

  return (
    <div className={css.place}>
      <div className={css.box} data-mode={mode}>
        <ScanBarcode size={20} aria-hidden="true" />
        {tags[mode] && <span className={css.tag}>{tags[mode]}</span>}
        <input
          ref={boxRef}
          data-keys="pass"
          className={css.input}
          role="combobox"
          aria-label={words[mode]}
          aria-expanded={hits.length > 0}
          aria-controls={`${id}-hits`}
          aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder={words[mode]}
          value={typed}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
            if (step !== 0) {
              event.preventDefault();
              if (hits.length > 0) setChosen(Math.max(-1, Math.min(hits.length - 1, chosen + step)));
              else onArrow(step);
            } else if (event.key === "Enter" && !event.ctrlKey) {
              event.preventDefault();
              event.stopPropagation();
              onEnter(typed, hits[chosen] ?? null, hits[0] ?? null);
            } else if (event.key === "Escape") {
              event.preventDefault();
              event.stopPropagation();
              onEscape();
            }
          }}
        />
        {mode === "scan" && typed === "" && <span className={css.ready}>{t`Scanner ready`}</span>}
      </div>
      {hint}
      {hits.length > 0 && (
        <div id={`${id}-hits`} role="listbox" aria-label={words[mode]} className={css.hits}>
          {hits.map((hit, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the arrows and Enter of the box do the same.
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box.
            <div
              key={hit.kind === "product" ? hit.row.product : hit.hit.member}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === Math.max(0, chosen)}
              className={css.hit}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onEnter(typed, hit, hit)}
            >
              <HitRow hit={hit} />
            </div>
          ))}
        </div>
      )}
      {!hint && searching && found.isSuccess && !found.isPlaceholderData && hits.length === 0 && typed.trim() === text && (
        <p className={css.nothing} role="status">
          {mode === "member" ? t`No member is found by that.` : t`No product is called that.`}
        </p>
      )}
    </div>
  );
}

/** A text once it has not changed for a moment, so that a scan's burst asks nothing. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function HitRow({ hit }: { hit: BoxHit }) {
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
