/** `Check` is a box to tick in a form; `Switch` takes effect at once. */
import { Check as Tick } from "lucide-react";
import type { ReactNode } from "react";
import { Switch as AriaSwitch, Checkbox } from "react-aria-components";
import css from "./Check.module.css";

export interface CheckProps {
  children: ReactNode;
  value: boolean;
  onChange: (value: boolean) => void;
  disabled?: boolean;
  /** A second line in small. */
  hint?: ReactNode;
}

export function Check({ children, value, onChange, disabled, hint }: CheckProps) {
  return (
    <Checkbox className={css.line ?? ""} isSelected={value} onChange={onChange} isDisabled={disabled}>
      <span className={css.box}>
        <Tick size={14} strokeWidth={3} aria-hidden="true" />
      </span>
      <span className={css.words}>
        {children}
        {hint && <small className={css.hint}>{hint}</small>}
      </span>
    </Checkbox>
  );
}

export function Switch({ children, value, onChange, disabled, hint }: CheckProps) {
  return (
    <AriaSwitch className={css.line ?? ""} isSelected={value} onChange={onChange} isDisabled={disabled}>
      <span className={css.track}>
        <span className={css.knob} />
      </span>
      <span className={css.words}>
        {children}
        {hint && <small className={css.hint}>{hint}</small>}
      </span>
    </AriaSwitch>
  );
}
