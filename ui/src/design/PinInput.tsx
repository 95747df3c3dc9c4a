/** A PIN of 4 to 12 digits, hidden, with paste (WCAG 3.3.8). Full-width digits are taken; anything else is left out. */
import type { Ref } from "react";
import { isComposing } from "./composing";
import { box, Field, type FieldProps } from "./Field";
import { normalise } from "./figures";

export interface PinInputProps extends FieldProps {
  value: string;
  onChange: (pin: string) => void;
  onEnter?: () => void;
  autoFocus?: boolean;
  disabled?: boolean;
  /** True where a new PIN is being chosen. */
  fresh?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

export function PinInput({ value, onChange, onEnter, autoFocus, disabled, fresh, inputRef, ...field }: PinInputProps) {
  return (
    <Field {...field}>
      {(wiring) => (
        <input
          {...wiring}
          ref={inputRef}
          className={box}
          type="password"
          data-scan="own"
          inputMode="numeric"
          autoComplete={fresh ? "new-password" : "current-password"}
          maxLength={12}
          autoFocus={autoFocus}
          disabled={disabled}
          value={value}
          onChange={(event) => onChange(normalise(event.target.value).replace(/\D/g, ""))}
          onKeyDown={(event) => {
            if (event.key === "Enter" && onEnter && !isComposing(event)) {
              event.preventDefault();
              onEnter();
            }
          }}
        />
      )}
    </Field>
  );
}
