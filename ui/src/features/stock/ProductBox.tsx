import { useLingui } from "@lingui/react/macro";
import { type RefObject, useRef, useState } from "react";
import { Combo, type Hit } from "../../design";
import { call, type ProductRow } from "../../host";
import { useFocusDrawn } from "../../shell/useFocusDrawn";
import css from "./Stock.module.css";

interface ProductHit extends Hit {
  row: ProductRow;
}

interface BoxProps {
  onFound: (row: ProductRow) => void;
  onFailure: (failure: unknown) => void;
  /** Where the box stands, to bring the focus back to it. */
  place?: RefObject<HTMLDivElement | null>;
}

/** Finds a product by scan, code, name or initials, and hands it on; then it is empty for the next. */
export function ProductBox({ onFound, onFailure, place }: BoxProps) {
  const { t } = useLingui();
  const [round, setRound] = useState(0);
  const own = useRef<HTMLDivElement>(null);
  const box = place ?? own;
  const focusDrawn = useFocusDrawn();
  const take = (row: ProductRow) => {
    onFound(row);
    setRound((old) => old + 1);
    focusDrawn(() => box.current?.querySelector("input"));
  };
  return (
    <div
      ref={box}
      className={css.scan}
      onKeyDownCapture={(event) => {
        const field = event.target;
        if (event.key !== "Enter" || !(field instanceof HTMLInputElement) || event.nativeEvent.isComposing) return;
        const code = field.value.trim();
        // A whole code, as a scanner types it, is taken at once; anything else is left to the list.
        if (!/^[\w-]{3,}$/.test(code) || field.getAttribute("aria-activedescendant")) return;
        event.preventDefault();
        event.stopPropagation();
        call("scan", code)
          .then(async (found) => {
            if (found.scan === "product") return take(found.product);
            const [first] = await call("find_products", code);
            if (first) take(first);
          })
          .catch(onFailure);
      }}
    >
      <Combo<ProductHit>
        key={round}
        label={t`Product`}
        chosen={null}
        onChoose={(hit) => hit && take(hit.row)}
        search={async (text) =>
          (await call("find_products", text)).map((row) => ({ key: row.product, text: row.card.name, more: row.card.code, row }))
        }
        none={t`No product is called that.`}
        placeholder={t`Scan, or type a name, its initials or a code`}
        autoFocus
      />
    </div>
  );
}
