import { useLingui } from "@lingui/react/macro";
import { Seal } from "../../design";
import type { SaleRow } from "../../host";

/** What became of a sale: returned, returned in part, or itself goods that came back. */
export function ReturnedSeal({ row }: { row: Pick<SaleRow, "is_return" | "returned_milli" | "returned_minor" | "pieces_milli"> }) {
  const { t } = useLingui();
  if (row.is_return) return <Seal tone="note">{t`Return`}</Seal>;
  if (row.returned_milli <= 0) return null;
  return row.returned_milli >= row.pieces_milli ? <Seal tone="stop">{t`Returned`}</Seal> : <Seal tone="wait">{t`Partly returned`}</Seal>;
}
