import { useLingui } from "@lingui/react/macro";
import { SideSheet } from "../../design";
import type { PayableRow } from "../../host";
import { MemberPayouts } from "./MemberPayouts";

/** A member's payouts beside the list of what is payable. */
export function MemberSheet({ row, onClose }: { row: PayableRow; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <SideSheet title={row.name} more={<span>{row.number}</span>} close={t`Close`} onClose={onClose} takeFocus>
      <MemberPayouts member={row.member} />
    </SideSheet>
  );
}
