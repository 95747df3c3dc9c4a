import { useLingui } from "@lingui/react/macro";
import { Fragment } from "react";
import { Button, Dialog, KeyCap } from "../../design";
import { go, keyTable } from "../../shell";
import css from "./HeldList.module.css";

/** All keys of the till, where they are on this device. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t, i18n } = useLingui();
  return (
    <Dialog
      title={t`Keys of the till`}
      open={open}
      onClose={onClose}
      size="wide"
      footer={
        <>
          <Button onPress={() => go("/settings", { part: "keys" })}>{t`Change keys`}</Button>
          <Button onPress={() => go("/keys")}>{t`Keyboard card`}</Button>
          <Button onPress={() => go("/handbook", { page: "sell" })}>{t`Handbook: how to sell`}</Button>
        </>
      }
    >
      <dl className={css.keys}>
        {keyTable.map((row) => (
          <Fragment key={row.keys}>
            <dt>
              <KeyCap keys={row.keys} />
            </dt>
            <dd>{i18n._(row.name)}</dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}
