import type { ComponentType } from "react";

/**
 * One screen. A feature exports `routes: Screen[]` from `features/<noun>/routes.ts`; the frame finds it there.
 *
 *     export const routes: Screen[] = [{ path: "/members", load: () => import("./Members") }];
 */
export interface Screen {
  /** As in the address: `/members`, `/month/$month`. */
  path: string;
  /** The module whose default export is the screen; fetched at the first visit. */
  load: () => Promise<{ default: ComponentType }>;
  /** Without the rail and the status bar: the till. */
  bare?: boolean;
}

const found = import.meta.glob<Screen[]>("../features/*/routes.ts", { eager: true, import: "routes" });

/** Every screen of every feature. */
export const screens: readonly Screen[] = Object.values(found).flat();

export const hasScreen = (path: string): boolean => screens.some((screen) => screen.path === path);

export const isBare = (path: string): boolean => screens.some((screen) => screen.bare && screen.path === path);
