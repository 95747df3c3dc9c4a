import { useLingui } from "@lingui/react/macro";
import { ScanBarcode } from "lucide-react";
import { type ReactNode, type Ref, useEffect, useId, useState } from "react";
import { isComposing } from "../../design";
import css from "./TillBox.module.css";

interface BoxProps<H> {
  /** What it takes at the moment: placeholder and name for a screen reader. */
  words: string;
  /** Before the text, where it takes something other than codes. */
  tag: string | null;
  typed: string;
  onType: (text: string) => void;
  /** Enter: with the hit chosen by arrows, where one was, and the first of those that are shown. */
  onEnter: (text: string, chosen: H | null, first: H | null) => void;
  onEscape: () => void;
  /** Arrows while there are no hits. */
  onArrow: (step: number) => void;
  hits: readonly H[];
  keyOf: (hit: H) => string;
  row: (hit: H) => ReactNode;
  /** The hits stand below the box as the screen's content, not over it. */
  inline?: boolean;
  /** Under the box: what was wrong with the last code or figure. */
  hint: ReactNode;
  boxRef: Ref<HTMLInputElement>;
}

/** One box for everything that is scanned or typed at the till; the focus stays in it while the arrows walk its hits. */
export function Box<H>(props: BoxProps<H>) {
  const { words, tag, typed, onType, onEnter, onEscape, onArrow, hits, keyOf, row, inline, hint, boxRef } = props;
  const { t } = useLingui();
  const id = useId();
  const [chosen, setChosen] = useState(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has other hits.
  useEffect(() => setChosen(-1), [typed, words]);
  useEffect(() => {
    if (chosen >= 0) document.getElementById(`${id}-${chosen}`)?.scrollIntoView?.({ block: "nearest" });
  }, [chosen, id]);
  return (
    <div className={inline ? css.whole : css.place}>
      <div className={css.box} data-mode={tag === null ? "scan" : "other"}>
        <ScanBarcode size={20} aria-hidden="true" />
        {tag && <span className={css.tag}>{tag}</span>}
        <input
          ref={boxRef}
          data-keys="pass"
          className={css.input}
          role="combobox"
          aria-label={words}
          aria-expanded={hits.length > 0}
          aria-controls={`${id}-hits`}
          aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder={words}
          value={typed}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
            if (step !== 0) {
              event.preventDefault();
              if (hits.length > 0) setChosen(Math.max(-1, Math.min(hits.length - 1, chosen + step)));
              else onArrow(step);
            } else if (event.key === "Enter" && !event.ctrlKey) {
              event.preventDefault();
              event.stopPropagation();
              onEnter(typed, hits[chosen] ?? null, hits[0] ?? null);
            } else if (event.key === "Escape") {
              event.preventDefault();
              event.stopPropagation();
              onEscape();
            }
          }}
        />
        {tag === null && typed === "" && <span className={css.ready}>{t`Scanner ready`}</span>}
      </div>
      {hint}
      {hits.length > 0 && (
        <div id={`${id}-hits`} role="listbox" aria-label={words} className={inline ? css.list : css.hits}>
          {hits.map((hit, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the arrows and Enter of the box do the same.
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box.
            <div
              key={keyOf(hit)}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === Math.max(inline && typed === "" ? -1 : 0, chosen)}
              className={css.hit}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onEnter(typed, hit, hit)}
            >
              {row(hit)}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
