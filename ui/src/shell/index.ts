/** What features use of the frame. */
export { type Approved, useApprover } from "./Approver";
export { wordApprovals } from "./approvals";
export { FailureStrip, useFailureWords } from "./BrokenPage";
export { useCommands } from "./commands";
export { useJob, useJobs } from "./jobs";
export { type KeyMap, keyName, useKeys } from "./keys";
export { type KeyRow, keyTable, problemOfMove, withKey } from "./keyTable";
export { channels, occasions, useMessageWords } from "./messageWords";
export { PrintQueue } from "./Prints";
export { useFaultWords, usePrints } from "./printing";
export { wordRefusals } from "./refusals";
export { go, usePart, usePath, useSearchState } from "./router";
export { hasScreen, type Screen } from "./screens";
export { type Role, type Session, useMay, useSession } from "./session";
export { useTills, useTillWords } from "./tills";
export { leave, useUnsaved } from "./unsaved";
