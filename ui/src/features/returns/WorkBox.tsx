import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode, Ref } from "react";
import { Qty } from "../../design";
import type { ProductRow, ReturnableLine } from "../../host";
import { Box } from "../till/Box";
import { findProducts } from "../till/desk";
import { HitRow, useSettled } from "../till/TillBox";
import css from "./Returns.module.css";

/** What the box takes at the moment; `new` scans goods that are taken in exchange. */
export type WorkMode = "scan" | "new" | "qty" | "price" | "off" | "reason";

export type WorkHit = { kind: "line"; line: ReturnableLine } | { kind: "product"; row: ProductRow } | { kind: "reason"; text: string };

interface WorkProps {
  mode: WorkMode;
  /** The sale's lines; none where nobody has a receipt, so that every product may come back. */
  lines: readonly ReturnableLine[] | null;
  typed: string;
  onType: (text: string) => void;
  onEnter: (text: string, chosen: WorkHit | null, first: WorkHit | null) => void;
  onEscape: () => void;
  onArrow: (step: number) => void;
  hint: ReactNode;
  boxRef: Ref<HTMLInputElement>;
}

/** The box over the lines of a return: goods by code or name, and after a key quantities, prices and the reason. */
export function WorkBox({ mode, lines, typed, onType, onEnter, onEscape, onArrow, hint, boxRef }: WorkProps) {
  const { t } = useLingui();
  const text = useSettled(typed.trim());
  const anywhere = mode === "new" || (mode === "scan" && lines === null);
  const found = useQuery({
    queryKey: ["till-find", "scan", text],
    queryFn: () => findProducts(text),
    enabled: anywhere && typed.trim() !== "",
    placeholderData: (before) => before,
    staleTime: 0,
    gcTime: 10_000,
  });
  const reasons = [t`Faulty`, t`Does not fit or suit`, t`Wrong goods`, t`Changed their mind`, t`A present`, t`Charged wrongly`];
  const named = typed.trim().toLowerCase();
  const hits: WorkHit[] =
    mode === "reason"
      ? reasons.filter((one) => one.toLowerCase().includes(named)).map((one) => ({ kind: "reason", text: one }))
      : named === ""
        ? []
        : anywhere
          ? (found.data ?? []).flatMap((hit) => (hit.kind === "product" ? [hit] : []))
          : mode === "scan"
            ? (lines ?? [])
                .filter((line) => `${line.name} ${line.code}`.toLowerCase().includes(named))
                .map((line) => ({ kind: "line", line }))
            : [];
  const words: Record<WorkMode, string> = {
    scan: lines === null ? t`Scan what comes back, or type its name` : t`Scan what comes back; Enter alone for everything`,
    new: t`Scan what is taken instead, or type its name`,
    qty: t`Quantity of this line`,
    price: t`Price of this line`,
    off: t`Discount on this line: 5.00, 10% or 85折`,
    reason: t`Why it comes back`,
  };
  const tags: Record<WorkMode, string | null> = {
    scan: null,
    new: t`New goods`,
    qty: t`Quantity`,
    price: t`Price`,
    off: t`Discount`,
    reason: t`Reason`,
  };
  return (
    <Box
      words={words[mode]}
      tag={tags[mode]}
      typed={typed}
      onType={onType}
      onEnter={onEnter}
      onEscape={onEscape}
      onArrow={onArrow}
      hits={hits}
      keyOf={(hit) => (hit.kind === "line" ? `line ${hit.line.line}` : hit.kind === "product" ? hit.row.product : hit.text)}
      row={(hit) =>
        hit.kind === "product" ? (
          <HitRow hit={hit} />
        ) : hit.kind === "line" ? (
          <>
            <span className={css.found}>{hit.line.name}</span>
            <span className={css.small}>{hit.line.code}</span>
            <span className={css.small}>
              <Qty milli={hit.line.left_milli} />
            </span>
          </>
        ) : (
          <span className={css.found}>{hit.text}</span>
        )
      }
      hint={hint}
      boxRef={boxRef}
    />
  );
}
