/** The find box of a list. `/` puts the cursor in it where the screen binds that key. Empties with Esc. */
import { Search } from "lucide-react";
import type { Ref } from "react";
import { KeyCap } from "./KeyCap";
import css from "./SearchField.module.css";

export interface SearchFieldProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
  keys?: string;
  inputRef?: Ref<HTMLInputElement>;
}

export function SearchField({ label, placeholder, value, onChange, keys, inputRef }: SearchFieldProps) {
  return (
    <span className={css.box}>
      <Search size={15} aria-hidden="true" />
      <input
        ref={inputRef}
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && value !== "") {
            event.stopPropagation();
            onChange("");
          }
        }}
      />
      {keys && <KeyCap keys={keys} />}
    </span>
  );
}
