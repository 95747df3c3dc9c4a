import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useCallback, useState } from "react";
import { Button, Dialog } from "../../design";
import type { ProductRow } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useKeys, useMay } from "../../shell";
import { Choice } from "./Choice";
import css from "./Choice.module.css";
import type { TicketProduct } from "./draft";
import { moved, withKey, withoutKey } from "./quickKeys";

interface QuickKeysProps {
  /** The product of the current line, to be added. */
  offered: TicketProduct | null;
  onChoose: (row: ProductRow) => void;
  onClose: () => void;
  onFailure: (failure: unknown) => void;
  empty: ReactNode;
  price: (row: ProductRow) => ReactNode;
}

/** Products without a code to scan, on a grid that the shop arranges: taken by arrows and Enter, or by the sign in the corner. */
export function QuickKeys({ offered, onChoose, onClose, empty, price }: QuickKeysProps) {
  const { t } = useLingui();
  const mayArrange = useMay("manager");
  const answer = useAnswer("quick_keys", null, { topics: ["settings", "products"], keep: true });
  const save = useDeed("save_quick_keys");
  const [here, setHere] = useState<string | null>(null);
  const stand = useCallback((key: string | null) => setHere(key), []);
  const rows = save.data ?? answer.data ?? [];
  const ids = rows.map((row) => row.product);
  const arrange = (next: string[]) => {
    if (mayArrange && next.join() !== ids.join()) save.mutate(next);
  };
  const add = () => offered && arrange(withKey(ids, offered.id));
  const remove = () => here && arrange(withoutKey(ids, here));
  const step = (by: number) => () => here && arrange(moved(ids, here, by));
  useKeys({ Insert: add, Delete: remove, "Shift+ArrowLeft": step(-1), "Shift+ArrowRight": step(1) }, { inDialogs: true });
  const name = offered?.name ?? "";
  return (
    <Dialog
      title={t`Quick keys`}
      open
      onClose={onClose}
      size="wide"
      footer={
        mayArrange && (
          <div className={css.foot}>
            {offered && !ids.includes(offered.id) && <Button keys="Insert" onPress={add}>{t`Add ${name}`}</Button>}
            {here && (
              <>
                <Button keys="Shift+ArrowLeft" onPress={step(-1)}>{t`Move forward`}</Button>
                <Button keys="Shift+ArrowRight" onPress={step(1)}>{t`Move back`}</Button>
                <Button keys="Delete" onPress={remove}>{t`Take off the grid`}</Button>
              </>
            )}
          </div>
        )
      }
    >
      <FailureStrip failure={save.error ?? answer.error} />
      {rows.length === 0 ? (
        empty
      ) : (
        <Choice
          label={t`Quick keys`}
          columns={6}
          items={rows.map((row) => ({ key: row.product, text: row.card.name, more: price(row) }))}
          onHere={stand}
          onChoose={(key) => {
            const row = rows.find((one) => one.product === key);
            if (row) onChoose(row);
          }}
        />
      )}
    </Dialog>
  );
}
