import { useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import { call, type SaleRow } from "../../host";
import { FailureStrip, go, useKeys, useSearchState } from "../../shell";
import { scanned } from "../till/desk";
import { sound } from "../till/sound";
import till from "../till/Till.module.css";
import { useBackToBox } from "../till/useBackToBox";
import { useScanner } from "../till/useScanner";
import { Desk } from "./Desk";
import { FindSale } from "./FindSale";
import { ReturnBar, ReturnStrip } from "./ReturnBar";
import css from "./Returns.module.css";
import "./refusals";

const usual = { sale: "", loose: false };

/** Goods that come back, and exchanges: first which sale, then what of it. */
export default function Returns() {
  const [state, change] = useSearchState(usual);
  if (state.loose)
    return <Desk key="loose" sale={null} onOther={(row) => change({ sale: row.sale, loose: false })} onBack={() => change(usual)} />;
  if (state.sale)
    return <Desk key={state.sale} sale={state.sale} onOther={(row) => change({ sale: row.sale })} onBack={() => change(usual)} />;
  return <Find onSale={(row) => change({ sale: row.sale })} onLoose={() => change({ loose: true })} />;
}

function Find({ onSale, onLoose }: { onSale: (row: SaleRow) => void; onLoose: () => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const [unknown, setUnknown] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const box = useRef<HTMLInputElement>(null);
  useBackToBox(box);

  // Asked anew, for whoever types fast is ahead of the list: a code opens its sale, and so does whatever only one sale fits.
  const onCode = async (code: string) => {
    try {
      const [hit, ...others] = await scanned(code);
      const rows = hit?.kind === "sale" && others.length === 0 ? [hit.row] : await call("find_sales", code);
      const [row] = rows;
      sound(row !== undefined);
      if (row && rows.length === 1) return onSale(row);
      setTyped(code);
      if (!row) setUnknown(code);
    } catch (broken) {
      setFailure(broken);
    }
  };
  useScanner((code) => void onCode(code));
  const leave = () => go("/till");
  useKeys({
    F3: () => box.current?.focus(),
    F8: leave,
    "Alt+N": onLoose,
    Escape: leave,
  });
  return (
    <>
      <ReturnBar onLeave={leave} />
      <div className={till.desk}>
        <div className={till.ticket}>
          <FindSale
            typed={typed}
            onType={(text) => {
              setTyped(text);
              setUnknown(null);
            }}
            onCode={(code) => void onCode(code)}
            onSale={onSale}
            onEscape={() => (typed === "" ? leave() : setTyped(""))}
            hint={
              (unknown !== null || failure !== null) && (
                <div className={css.hint}>
                  {unknown !== null && <p role="alert">{t`No sale has the number ${unknown}.`}</p>}
                  <FailureStrip failure={failure} />
                </div>
              )
            }
            boxRef={box}
          />
        </div>
      </div>
      <ReturnStrip
        keys={[
          ["Enter", t`open the sale`],
          ["ArrowDown", t`next in the list`],
          ["Alt+N", t`without a receipt`],
          ["Escape", t`back to the till`],
        ]}
      />
    </>
  );
}
