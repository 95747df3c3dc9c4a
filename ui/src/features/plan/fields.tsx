/** Small fields that stand inside a sentence. Figures stay text: the books read them, exactly. */
import { useState } from "react";
import { normalise, Select, TextField } from "../../design";
import { useSaid } from "./beside";
import css from "./Plan.module.css";

interface FigureProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** A percentage: kept as `8%`, shown as `8`. */
  percent?: boolean;
  wide?: boolean;
}

const plain = (value: string, percent: boolean | undefined) => (percent ? value.replace(/%$/, "") : value);

/** A decimal as a person types it, tidied: full-width digits, no sign, no idle zeros. What is no decimal stays as typed. */
export function tidy(typed: string): string {
  const text = normalise(typed).replace(/[%％]$/, "");
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || text === "" || text === ".") return typed.trim();
  const whole = (match[1] ?? "").replace(/^0+(?=\d)/, "") || "0";
  const rest = (match[2] ?? "").replace(/0+$/, "");
  return rest === "" ? whole : `${whole}.${rest}`;
}

export const isFigure = (text: string): boolean => /^\d+(\.\d+)?$/.test(text);

/** A rate or an amount. */
export function Figure({ label, value, onChange, percent, wide }: FigureProps) {
  const { readOnly } = useSaid();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? plain(value, percent);
  const wrong = !isFigure(tidy(shown));
  return (
    <span className={css.figure} data-wide={wide || undefined} data-wrong={wrong || undefined}>
      <input
        className={css.figureBox}
        aria-label={percent ? `${label} %` : label}
        aria-invalid={wrong || undefined}
        inputMode="decimal"
        autoComplete="off"
        disabled={readOnly}
        value={shown}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(percent ? `${tidy(event.target.value)}%` : tidy(event.target.value));
        }}
        onBlur={() => setTyped(null)}
      />
      {percent && <span aria-hidden="true">{"%"}</span>}
    </span>
  );
}

/** A whole number from `least`. */
export function Count({
  label,
  value,
  onChange,
  least = 1,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
  least?: number;
}) {
  const { readOnly } = useSaid();
  const [typed, setTyped] = useState<string | null>(null);
  const read = (text: string): number | null => {
    const plainText = normalise(text);
    return /^\d{1,3}$/.test(plainText) && Number(plainText) >= least ? Number(plainText) : null;
  };
  const wrong = typed !== null && read(typed) === null;
  return (
    <span className={css.figure} data-wrong={wrong || undefined}>
      <input
        className={css.figureBox}
        aria-label={label}
        aria-invalid={wrong || undefined}
        inputMode="numeric"
        autoComplete="off"
        disabled={readOnly}
        value={typed ?? String(value)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setTyped(event.target.value);
          const next = read(event.target.value);
          if (next !== null) onChange(next);
        }}
        onBlur={() => setTyped(null)}
      />
    </span>
  );
}

/** One of a few words inside a sentence. */
export function Pick<K extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: K;
  options: readonly { key: K; text: string }[];
  onChange: (key: K) => void;
}) {
  const { readOnly } = useSaid();
  return (
    <span className={css.pick}>
      <Select label={label} hideLabel options={options} value={value} onChange={onChange} disabled={readOnly} />
    </span>
  );
}

/** A name inside a sentence. */
export function Name({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const { readOnly } = useSaid();
  return (
    <span className={css.name}>
      <TextField label={label} hideLabel value={value} onChange={onChange} disabled={readOnly} />
    </span>
  );
}
