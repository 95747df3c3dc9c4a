/**
 * Acts behind one button.
 *
 *     <Menu label={t`More`} items={[{ key: "archive", text: t`Archive`, act: archive, keys: "Ctrl+E" }]}><MoreHorizontal size={16} /></Menu>
 */
import type { ReactNode } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { Button } from "./Button";
import { KeyCap } from "./KeyCap";
import css from "./Popup.module.css";

export interface Act {
  key: string;
  text: string;
  act: () => void;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
}

export function Menu({ label, items, children }: { label: string; items: readonly Act[]; children: ReactNode }) {
  return (
    <MenuTrigger>
      <Button kind="quiet" label={label}>
        {children}
      </Button>
      <Popover className={css.popup ?? ""} offset={4} placement="bottom end">
        <AriaMenu className={css.list ?? ""} aria-label={label} items={items.map((item) => ({ ...item, id: item.key }))}>
          {(item) => (
            <MenuItem
              id={item.key}
              textValue={item.text}
              className={css.item ?? ""}
              isDisabled={item.disabled}
              data-danger={item.danger || undefined}
              onAction={item.act}
            >
              <span className={css.text}>{item.text}</span>
              {item.keys && <KeyCap keys={item.keys} />}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
