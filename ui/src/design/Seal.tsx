/** A small square seal (印) on what a human must decide: `wait` for review, `stop` for frozen or refused, `done`, `note` for plain facts. */
import type { ReactNode } from "react";
import css from "./Seal.module.css";

export type SealTone = "wait" | "stop" | "done" | "note";

export function Seal({ tone, children }: { tone: SealTone; children: ReactNode }) {
  return (
    <span className={css.seal} data-tone={tone}>
      {children}
    </span>
  );
}

/** The shop's own seal: the first character of its name, in cinnabar. */
export function ShopSeal({ name, size = 30 }: { name: string; size?: number }) {
  const first = Array.from(name.trim())[0] ?? "榕";
  return (
    <span className={css.shop} style={{ width: size, height: size, fontSize: Math.round(size * 0.55) }} aria-hidden="true">
      {first.toUpperCase()}
    </span>
  );
}

/**
 * How far the earner stands above the buyer, always in the same hue and always with its number. Beyond five the fifth hue stays.
 * 0 is the buyer.
 */
export function LevelChip({ depth, name }: { depth: number; name?: string }) {
  const hue = Math.max(0, Math.min(5, depth));
  return (
    <span className={css.level} data-level={hue}>
      {`L${depth}`}
      {name && <span className={css.levelName}>{name}</span>}
    </span>
  );
}
