/**
 * Fields for figures: `MoneyInput` (minor units), `QtyInput` (thousandths), `PercentInput` (parts per million). They take full-width
 * digits and Chinese punctuation, tidy on blur and Enter, and never act while an input method composes. `null` is an empty or unreadable
 * field; what cannot be read stays as typed, marked wrong.
 *
 *     <MoneyInput label={t`Price`} value={minor} onChange={setMinor} />
 */
import { type Ref, useState } from "react";
import { isComposing } from "./composing";
import { box, Field, type FieldProps } from "./Field";
import { readFixed, readPercent, readQty, writePercent, writePlain, writeQty } from "./figures";
import { useCurrency } from "./money";

interface FigureProps extends FieldProps {
  value: number | null;
  onChange: (value: number | null) => void;
  onEnter?: (value: number | null) => void;
  disabled?: boolean;
  autoFocus?: boolean;
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
}

interface Script {
  read: (text: string) => number | null;
  write: (value: number) => string;
}

function FigureInput({
  value,
  onChange,
  onEnter,
  disabled,
  autoFocus,
  placeholder,
  inputRef,
  read,
  write,
  ...field
}: FigureProps & Script) {
  // While the field is edited its text is the person's; otherwise it follows the value.
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? "" : write(value));
  const unreadable = typed !== null && typed.trim() !== "" && read(typed) === null;

  const settle = (): number | null => {
    if (typed === null) return value;
    const next = typed.trim() === "" ? null : read(typed);
    if (next !== null || typed.trim() === "") setTyped(null);
    if (next !== value) onChange(next);
    return next;
  };

  return (
    <Field {...field}>
      {(wiring) => (
        <input
          {...wiring}
          aria-invalid={wiring["aria-invalid"] ?? (unreadable || undefined)}
          ref={inputRef}
          className={box}
          data-num=""
          inputMode="decimal"
          autoComplete="off"
          autoFocus={autoFocus}
          disabled={disabled}
          placeholder={placeholder}
          value={shown}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = read(event.target.value);
            if (next !== null && next !== value) onChange(next);
            if (event.target.value.trim() === "" && value !== null) onChange(null);
          }}
          onBlur={settle}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || isComposing(event)) return;
            const next = settle();
            if (onEnter) {
              event.preventDefault();
              // What cannot be read is not taken for an empty field.
              if (!unreadable) onEnter(next);
            }
          }}
        />
      )}
    </Field>
  );
}

export function MoneyInput(props: FigureProps) {
  const { digits } = useCurrency();
  return <FigureInput {...props} read={(text) => readFixed(text, digits)} write={(minor) => writePlain(minor, digits)} />;
}

export function QtyInput(props: FigureProps) {
  return <FigureInput {...props} read={readQty} write={(milli) => writeQty(milli).replaceAll(",", "").replace("\u2212", "-")} />;
}

export function PercentInput(props: FigureProps) {
  return <FigureInput {...props} read={readPercent} write={(ppm) => writePercent(ppm).replace(/[,%]/g, "")} />;
}

/** A whole number: places, days, copies. */
export function CountInput(props: FigureProps) {
  return <FigureInput {...props} read={(text) => readFixed(text, 0)} write={(count) => writePlain(count, 0)} />;
}
