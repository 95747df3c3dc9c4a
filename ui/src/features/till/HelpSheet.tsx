import { useLingui } from "@lingui/react/macro";
import { Fragment } from "react";
import { Button, Dialog, KeyCap } from "../../design";
import { go } from "../../shell";
import css from "./HeldList.module.css";

/** All keys of the till. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const keys: [string, string][] = [
    ["F3", t`To the scan box`],
    ["F9", t`Payment (also Enter in the empty box)`],
    ["F2", t`Find a member`],
    ["F7", t`New member`],
    ["Alt+1", t`Tender: Alt with its number`],
    ["End", t`Remove the member`],
    ["Enter", t`In payment: take and print`],
    ["*", t`Quantity of the line`],
    ["F5", t`Exact cash: take, print, next customer`],
    ["+", t`One more of the line`],
    ["F6", t`Hold the ticket`],
    ["-", t`One less of the line`],
    ["Shift+F6", t`Held tickets`],
    [".", t`Price of the line`],
    ["F10", t`Discount on the order`],
    ["/", t`Discount on the line`],
    ["F11", t`Shift and drawer`],
    ["F12", t`All products`],
    ["ArrowUp", t`Line above`],
    ["Ctrl+Z", t`Undo`],
    ["ArrowDown", t`Line below`],
    ["Ctrl+P", t`Print the last receipt again`],
    ["Delete", t`Remove the line`],
    ["Ctrl+K", t`Everything you can do`],
    ["F1", t`This help`],
    ["Escape", t`Twice: leave the till`],
  ];
  return (
    <Dialog
      title={t`Keys of the till`}
      open={open}
      onClose={onClose}
      size="wide"
      footer={<Button onPress={() => go("/handbook", { page: "sell" })}>{t`Handbook: how to sell`}</Button>}
    >
      <dl className={css.keys}>
        {keys.map(([key, what]) => (
          <Fragment key={key}>
            <dt>
              <KeyCap keys={key} />
            </dt>
            <dd>{what}</dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}
