/**
 * One of a few. More than some fifty, or searched by name: `Combo`.
 *
 *     <Select label={t`Role`} options={[{ key: "clerk", text: t`Clerk` }]} value={role} onChange={setRole} />
 */
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Select as AriaSelect, Button, Label, ListBox, ListBoxItem, Popover, SelectValue } from "react-aria-components";
import { Below, box, fieldLook, labelLook } from "./Field";
import css from "./Popup.module.css";

export interface Option<K extends string> {
  key: K;
  text: string;
  /** A second line or a sign at the end. */
  more?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<K extends string> {
  label: string;
  hideLabel?: boolean;
  options: readonly Option<K>[];
  value: K | null;
  onChange: (key: K) => void;
  placeholder?: string;
  hint?: string;
  error?: string;
  disabled?: boolean;
}

export function Select<K extends string>({
  label,
  hideLabel,
  options,
  value,
  onChange,
  placeholder,
  hint,
  error,
  disabled,
}: SelectProps<K>) {
  return (
    <div className={fieldLook}>
      <AriaSelect
        className={fieldLook}
        selectedKey={value}
        onSelectionChange={(key) => key !== null && onChange(key as K)}
        isDisabled={disabled}
        isInvalid={Boolean(error)}
        placeholder={placeholder ?? "–"}
        aria-label={hideLabel ? label : undefined}
      >
        {!hideLabel && <Label className={labelLook}>{label}</Label>}
        <Button className={`${box} ${css.opener}`}>
          <SelectValue className={css.chosen ?? ""} />
          <ChevronDown size={16} aria-hidden="true" />
        </Button>
        <Below hint={hint} error={error} />
        <Popover className={css.popup ?? ""} offset={4}>
          <ListBox className={css.list ?? ""} items={options.map((option) => ({ ...option, id: option.key }))}>
            {(option) => (
              <ListBoxItem id={option.key} textValue={option.text} isDisabled={option.disabled} className={css.item ?? ""}>
                {({ isSelected }) => (
                  <>
                    <span className={css.text}>{option.text}</span>
                    {option.more}
                    {isSelected && <Check size={16} aria-hidden="true" className={css.mark} />}
                  </>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </AriaSelect>
    </div>
  );
}
