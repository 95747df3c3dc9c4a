import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { writeTime } from "../design/figures";
import type { SyncStatus } from "../host";
import { useAnswer } from "../host/answers";

/** How this device stands towards the other tills: asked again whenever something was sent, came in or was sold. */
export const useTills = () => useAnswer("sync_status", null, { topics: ["sync", "sales"], keep: true });

/** The same in words, and whether all is well. */
export function useTillWords(): (status: SyncStatus) => { well: boolean; text: string } {
  const { t, i18n } = useLingui();
  return (status) => {
    const { waiting, behind } = status;
    if (status.link === null) return { well: true, text: t`Every entry is on this device` };
    if (status.trouble === "no_token") return { well: false, text: t`This computer has to be let in` };
    if (status.trouble === "shut_out") return { well: false, text: t`Locked by the owner; sales wait there` };
    if (!status.online) {
      const text =
        waiting > 0 ? plural(status.waiting, { one: "# entry waiting, offline", other: "# entries waiting, offline" }) : t`Offline`;
      return { well: false, text };
    }
    if (waiting > 0) return { well: true, text: plural(status.waiting, { one: "# entry being sent", other: "# entries being sent" }) };
    if (behind > 0) return { well: true, text: plural(status.behind, { one: "# entry being fetched", other: "# entries being fetched" }) };
    const time = status.last_ms === null ? "" : writeTime(status.last_ms, i18n.locale);
    return { well: true, text: t`All sales uploaded ${time}` };
  };
}
