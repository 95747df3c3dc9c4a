import { useEffect, useSyncExternalStore } from "react";
import type { PaletteItem } from "../design/Palette";

const offered = new Map<object, readonly PaletteItem[]>();
const heard = new Set<() => void>();
let all: readonly PaletteItem[] = [];

function tell(): void {
  all = [...offered.values()].reverse().flat();
  for (const hear of heard) hear();
}

/** Offers commands in the palette while a screen is open. Pass a stable list (`useMemo`). */
export function useCommands(items: readonly PaletteItem[]): void {
  useEffect(() => {
    const mine = {};
    offered.set(mine, items);
    tell();
    return () => {
      offered.delete(mine);
      tell();
    };
  }, [items]);
}

/** Everything that is offered now, the innermost screen's first. */
export const useOffered = (): readonly PaletteItem[] =>
  useSyncExternalStore(
    (hear) => {
      heard.add(hear);
      return () => heard.delete(hear);
    },
    () => all,
  );
