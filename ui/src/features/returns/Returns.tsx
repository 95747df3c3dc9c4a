import { useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import type { SaleRow } from "../../host";
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

  const onCode = (code: string, first: SaleRow | null) => {
    scanned(code)
      .then(([hit, ...others]) => {
        if (hit?.kind === "sale" && others.length === 0) {
          sound(true);
          onSale(hit.row);
        } else if (first) onSale(first);
        else {
          // A member's card or a product narrows the list as if it were typed.
          setTyped(code);
          if (!hit) {
            sound(false);
            setUnknown(code);
          }
        }
      })
      .catch(setFailure);
  };
  useScanner((code) => onCode(code, null));
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
            onCode={onCode}
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
