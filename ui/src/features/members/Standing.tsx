import { useLingui } from "@lingui/react/macro";
import { Seal } from "../../design";
import type { MemberRow } from "../../host";

/** Why a member is not one of those who buy any more: erased, merged into another card, or frozen. */
export function Standing({ row }: { row: MemberRow }) {
  const { t } = useLingui();
  if (row.erased) return <Seal tone="stop">{t`Erased`}</Seal>;
  if (row.merged_into) return <Seal tone="stop">{t`Merged`}</Seal>;
  return row.card.active ? null : <Seal tone="stop">{t`Frozen`}</Seal>;
}
