/**
 * Something to press. `ink` is the one primary act of a screen, `plain` everything beside it, `danger` what takes away, `quiet` has no border.
 * `keys` shows the key that does the same; the key itself is bound with `useKeys`.
 *
 *     <Button kind="ink" keys="Ctrl+Enter" onPress={save}>{t`Save`}</Button>
 */
import type { ReactNode, Ref } from "react";
import { Button as AriaButton } from "react-aria-components";
import css from "./Button.module.css";
import { KeyCap } from "./KeyCap";

export interface ButtonProps {
  children: ReactNode;
  kind?: "ink" | "plain" | "danger" | "quiet";
  size?: "regular" | "large";
  keys?: string;
  /** A name where the face is only a sign. */
  label?: string;
  disabled?: boolean;
  /** Work under way: stays focusable and ignores presses. */
  busy?: boolean;
  /** A choice that is on, as in a row of tenders. */
  pressed?: boolean;
  submit?: boolean;
  wide?: boolean;
  autoFocus?: boolean;
  onPress?: () => void;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function Button({
  children,
  kind = "plain",
  size = "regular",
  keys,
  label,
  disabled,
  busy,
  pressed,
  submit,
  wide,
  autoFocus,
  onPress,
  buttonRef,
}: ButtonProps) {
  return (
    <AriaButton
      ref={buttonRef}
      type={submit ? "submit" : "button"}
      className={css.button ?? ""}
      data-kind={kind}
      data-size={size}
      data-wide={wide || undefined}
      data-on={pressed || undefined}
      aria-label={label}
      aria-pressed={pressed}
      isDisabled={disabled}
      isPending={busy}
      autoFocus={autoFocus}
      onPress={onPress}
    >
      <span className={css.face}>{children}</span>
      {keys && <KeyCap keys={keys} onInk={kind === "ink"} />}
    </AriaButton>
  );
}
