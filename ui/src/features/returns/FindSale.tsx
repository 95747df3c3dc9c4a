import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, type Ref, useState } from "react";
import { Amount, Qty, writeTime } from "../../design";
import { call, type SaleRow } from "../../host";
import { Box } from "../till/Box";
import { useSettled } from "../till/TillBox";
import { ReturnedSeal } from "./ReturnedSeal";
import css from "./Returns.module.css";

interface FindProps {
  typed: string;
  onType: (text: string) => void;
  /** Enter on a text that was not chosen from the list: a code, perhaps. */
  onCode: (text: string) => void;
  onSale: (row: SaleRow) => void;
  onEscape: () => void;
  hint: ReactNode;
  boxRef: Ref<HTMLInputElement>;
}

/** Which sale it is: by scanning its receipt, or by anything somebody remembers of it. With nothing typed the newest sales stand there. */
export function FindSale({ typed, onType, onCode, onSale, onEscape, hint, boxRef }: FindProps) {
  const { t } = useLingui();
  const text = useSettled(typed.trim());
  const [opened] = useState(Date.now);
  const found = useQuery({
    queryKey: ["find_sales", text, opened],
    queryFn: () => call("find_sales", text),
    placeholderData: (before) => before,
    gcTime: 0,
  });
  const rows = found.data ?? [];
  const nothing = found.isSuccess && !found.isPlaceholderData && rows.length === 0;
  return (
    <Box
      inline
      words={t`Scan the receipt, or type a number, member, product or day`}
      tag={null}
      typed={typed}
      onType={onType}
      onEnter={(entered, chosen) => {
        if (chosen) onSale(chosen);
        else if (entered.trim() !== "") onCode(entered.trim());
      }}
      onEscape={onEscape}
      onArrow={() => {}}
      hits={rows}
      keyOf={(row) => row.sale}
      row={(row) => <FoundRow row={row} />}
      hint={
        nothing && !hint ? (
          <p className={css.hint} role="status">
            {t`No sale is found by that. Alt+N takes goods back without a receipt.`}
          </p>
        ) : (
          hint
        )
      }
      boxRef={boxRef}
    />
  );
}

function FoundRow({ row }: { row: SaleRow }) {
  const { i18n } = useLingui();
  return (
    <>
      <span className={css.found}>
        <strong>{row.number}</strong>
        <ReturnedSeal row={row} />
        <span className={css.small}>{row.member}</span>
      </span>
      <span className={css.small}>
        {row.business_date} {row.source ? "" : writeTime(row.at_ms, i18n.locale)}
      </span>
      <span className={css.small}>
        <Qty milli={row.pieces_milli} />
      </span>
      <span className={css.figure}>
        <Amount minor={row.net_minor} />
      </span>
    </>
  );
}
