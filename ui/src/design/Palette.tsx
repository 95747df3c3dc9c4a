/** Everything a person can do here, by typing: opened with Ctrl+K. Each row shows its key, so that it is learnt. */
import { useState } from "react";
import { Autocomplete, Dialog, Input, Menu, MenuItem, Modal, ModalOverlay, TextField, useFilter } from "react-aria-components";
import { KeyCap } from "./KeyCap";
import css from "./Palette.module.css";

export interface PaletteItem {
  key: string;
  text: string;
  /** Where it belongs: the screen's name. */
  group?: string;
  /** Other words it is found by: pinyin initials, the English name. */
  also?: string;
  keys?: string;
  act: () => void;
}

export interface PaletteProps {
  open: boolean;
  onClose: () => void;
  items: readonly PaletteItem[];
  label: string;
  placeholder: string;
  none: string;
}

export function Palette({ open, onClose, items, label, placeholder, none }: PaletteProps) {
  const [typed, setTyped] = useState("");
  const { contains } = useFilter({ sensitivity: "base" });
  const close = () => {
    setTyped("");
    onClose();
  };
  return (
    <ModalOverlay className={css.scrim ?? ""} isOpen={open} isDismissable onOpenChange={(now) => !now && close()}>
      <Modal className={css.modal ?? ""}>
        <Dialog className={css.dialog ?? ""} aria-label={label}>
          <Autocomplete inputValue={typed} onInputChange={setTyped} filter={contains}>
            <TextField aria-label={label} autoFocus className={css.field ?? ""}>
              <Input className={css.input ?? ""} placeholder={placeholder} />
            </TextField>
            <Menu
              className={css.list ?? ""}
              aria-label={label}
              items={items.map((item) => ({ ...item, id: item.key }))}
              renderEmptyState={() => <div className={css.none}>{none}</div>}
            >
              {(item) => (
                <MenuItem
                  id={item.key}
                  textValue={`${item.text} ${item.also ?? ""} ${item.group ?? ""}`}
                  className={css.item ?? ""}
                  onAction={() => {
                    close();
                    item.act();
                  }}
                >
                  <span className={css.text}>{item.text}</span>
                  {item.group && <span className={css.group}>{item.group}</span>}
                  {item.keys && <KeyCap keys={item.keys} />}
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
