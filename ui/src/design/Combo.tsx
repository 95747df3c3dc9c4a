/**
 * One of many, found by typing. `search` asks the books and returns at most fifty hits; nothing is filtered here.
 *
 *     <Combo label={t`Sponsor`} chosen={sponsor} onChoose={setSponsor} search={(text) => call("find_members", { text }).then(toHits)} />
 */
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { type ReactNode, useDeferredValue, useEffect, useId, useState } from "react";
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import comboCss from "./Combo.module.css";
import { Below, box, fieldLook, labelLook } from "./Field";
import css from "./Popup.module.css";

export interface Hit {
  key: string;
  text: string;
  /** What tells two of the same name apart: number, phone. */
  more?: ReactNode;
}

export interface ComboProps<H extends Hit> {
  label: string;
  chosen: H | null;
  onChoose: (hit: H | null) => void;
  search: (text: string) => Promise<readonly H[]>;
  /** Said where nothing is found. */
  none: string;
  /** Name of the button that empties the field, as emptying its text does; without it the field cannot be emptied. */
  clear?: string;
  placeholder?: string;
  hint?: string;
  error?: string;
  disabled?: boolean;
  autoFocus?: boolean;
}

export function Combo<H extends Hit>(props: ComboProps<H>) {
  const { label, chosen, onChoose, search, none, clear, placeholder, hint, error, disabled, autoFocus } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const text = useDeferredValue(typed ?? "");
  // The list closes when the choice changes. Where the owner keeps no choice (a jump to somebody), this is the change.
  const [picked, setPicked] = useState<string | null>(null);
  useEffect(() => {
    if (picked !== null) setPicked(null);
  }, [picked]);
  const hits = useQuery({
    queryKey: ["combo", id, text],
    queryFn: () => search(text),
    enabled: typed !== null,
    placeholderData: (previous) => previous,
    gcTime: 0,
  });
  // Whoever types on and presses Enter at once must not get somebody that was found for less of the text.
  const fresh = text === (typed ?? "") && !hits.isPlaceholderData;
  const found = fresh ? (hits.data ?? []) : [];
  return (
    <ComboBox
      className={fieldLook}
      items={found.map((hit) => ({ ...hit, id: hit.key }))}
      inputValue={typed ?? chosen?.text ?? ""}
      selectedKey={picked ?? chosen?.key ?? null}
      onInputChange={(next) => {
        setTyped(next);
        if (next === "" && chosen && clear) onChoose(null);
      }}
      onSelectionChange={(key) => {
        const hit = found.find((one) => one.key === key);
        if (hit) {
          setPicked(hit.key);
          onChoose(hit);
        }
        setTyped(null);
      }}
      onOpenChange={(open) => {
        if (open && typed === null) setTyped("");
      }}
      onBlur={() => setTyped(null)}
      menuTrigger="input"
      allowsEmptyCollection
      isDisabled={disabled}
      isInvalid={Boolean(error)}
    >
      <Label className={labelLook}>{label}</Label>
      <span className={box}>
        <Input placeholder={placeholder} autoFocus={autoFocus} />
        {chosen && clear && (
          // Not on the way of Tab: Enter on it would undo the choice just made. By keys the field is emptied like any other.
          <Button slot={null} aria-label={clear} excludeFromTabOrder className={comboCss.clear ?? ""} onPress={() => onChoose(null)}>
            <X size={14} aria-hidden="true" />
          </Button>
        )}
      </span>
      <Below hint={hint} error={error} />
      <Popover className={css.popup ?? ""} offset={4}>
        <ListBox
          className={css.list ?? ""}
          renderEmptyState={() => <div className={css.empty}>{fresh && !hits.isPending ? none : "…"}</div>}
        >
          {(hit: Hit & { id: string }) => (
            <ListBoxItem id={hit.id} textValue={hit.text} className={css.item ?? ""}>
              <span className={css.text}>{hit.text}</span>
              {hit.more && <span className={css.more}>{hit.more}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
