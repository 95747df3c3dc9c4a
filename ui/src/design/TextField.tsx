/**
 * A line of text, or several with `rows`.
 *
 *     <TextField label={t`Name`} value={name} onChange={setName} error={errors.name} />
 */
import type { ReactNode, Ref } from "react";
import { isComposing } from "./composing";
import { box, Field, type FieldProps } from "./Field";

export interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  /** Enter, never while an input method composes. */
  onEnter?: () => void;
  placeholder?: string;
  /** More than one line. */
  rows?: number;
  type?: "text" | "tel" | "search" | "password";
  disabled?: boolean;
  readOnly?: boolean;
  autoFocus?: boolean;
  maxLength?: number;
  /** Shown inside, before and after the text. */
  before?: ReactNode;
  after?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
  autoComplete?: string;
}

export function TextField(props: TextFieldProps) {
  const { label, hideLabel, hint, error, optional, value, onChange, onBlur, onEnter, rows, before, after, inputRef, ...rest } = props;
  const { placeholder, type = "text", disabled, readOnly, autoFocus, maxLength, autoComplete = "off" } = rest;
  const common = { placeholder, disabled, readOnly, maxLength, autoComplete, value, onBlur, spellCheck: false };
  return (
    <Field label={label} hideLabel={hideLabel} hint={hint} error={error} optional={optional}>
      {(wiring) =>
        rows ? (
          <textarea
            {...wiring}
            {...common}
            autoFocus={autoFocus}
            rows={rows}
            className={box}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <span className={box}>
            {before}
            <input
              {...wiring}
              {...common}
              ref={inputRef}
              type={type}
              autoFocus={autoFocus}
              onChange={(event) => onChange(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && onEnter && !isComposing(event)) {
                  event.preventDefault();
                  onEnter();
                }
              }}
            />
            {after}
          </span>
        )
      }
    </Field>
  );
}
