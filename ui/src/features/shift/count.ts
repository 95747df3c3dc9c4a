/** A count of a drawer as it is typed: how many of each note and coin. */
import type { CloseShiftDraft, CountedPieces } from "../../host";

export type Count = Readonly<Record<number, number | null>>;

export const piecesOf = (count: Count): CountedPieces[] =>
  Object.entries(count)
    .filter(([, pieces]) => (pieces ?? 0) > 0)
    .map(([value, pieces]) => ({ value_minor: Number(value), pieces: pieces ?? 0 }));

/** What has been counted so far, in minor units: the books add up again when the shift is closed. */
export const counted = (count: Count): number => piecesOf(count).reduce((sum, row) => sum + row.value_minor * row.pieces, 0);

export function draftOf(shift: string, count: Count, tenders: Readonly<Record<string, number | null>>, reason: string): CloseShiftDraft {
  return {
    shift,
    cash: piecesOf(count),
    tenders: Object.entries(tenders).flatMap(([kind, minor]) => (minor === null ? [] : [[kind, minor] as [string, number]])),
    reason: reason.trim() === "" ? null : reason.trim(),
  };
}
