import type { RecoveryProof } from "../../host";

/** Signs of a recovery key: 28, in groups of four. */
const SIGNS = 28;
const GROUP = 4;

/** What was typed without spaces, dashes and the like, in capitals. */
export const signsOf = (typed: string): string =>
  typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "");

/** Whether a whole recovery key was typed; whether it is the right one is for the books to say. */
export const isWhole = (typed: string): boolean => signsOf(typed).length === SIGNS;

/** The two groups as the proof, once both are whole. */
export function proofOf(typed: readonly string[]): RecoveryProof | null {
  const groups = typed.map(signsOf);
  return groups.length === 2 && groups.every((group) => group.length === GROUP) ? { groups } : null;
}
