import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import css from "./Choice.module.css";

export interface Choosable {
  key: string;
  text: string;
  more?: ReactNode;
}

interface ChoiceProps {
  label: string;
  items: readonly Choosable[];
  columns: number;
  onChoose: (key: string) => void;
  /** Told which one the arrows stand on. */
  onHere?: (key: string | null) => void;
}

/** The key that takes the nth: 1 to 9, 0, then letters. */
export const keyOfPlace = (place: number): string => "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place] ?? "";

/** A grid of few things to take one of: arrows and Enter, or the sign in its corner. */
export function Choice({ label, items, columns, onChoose, onHere }: ChoiceProps) {
  const [here, setHere] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(0, Math.min(items.length - 1, here));
  useEffect(() => {
    list.current?.querySelectorAll<HTMLElement>("[role=option]")[at]?.focus();
  }, [at]);
  const key = items[at]?.key ?? null;
  useEffect(() => onHere?.(key), [key, onHere]);
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      tabIndex={-1}
      className={css.grid}
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      onKeyDown={(event) => {
        const step = steps[event.key];
        const named = items.findIndex((_, place) => keyOfPlace(place) === event.key.toUpperCase());
        if (step !== undefined && !event.shiftKey) {
          event.preventDefault();
          setHere(Math.max(0, Math.min(items.length - 1, at + step)));
        } else if ((event.key === "Enter" || event.key === " ") && items[at]) {
          event.preventDefault();
          onChoose(items[at].key);
        } else if (event.key.length === 1 && named >= 0 && !event.ctrlKey && !event.metaKey && !event.altKey) {
          event.preventDefault();
          const chosen = items[named];
          if (chosen) onChoose(chosen.key);
        }
      }}
    >
      {items.map((item, place) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for all of them.
        <div
          key={item.key}
          role="option"
          aria-selected={place === at}
          tabIndex={place === at ? 0 : -1}
          className={css.item}
          onClick={() => onChoose(item.key)}
        >
          <kbd className={css.sign} aria-hidden="true">
            {keyOfPlace(place)}
          </kbd>
          <span className={css.text}>{item.text}</span>
          {item.more && <span className={css.more}>{item.more}</span>}
        </div>
      ))}
    </div>
  );
}
