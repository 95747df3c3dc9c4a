import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  useParams,
  useRouterState,
  useSearch,
} from "@tanstack/react-router";
import { useCallback } from "react";
import { BrokenPage, NoSuchScreen } from "./BrokenPage";
import { Frame } from "./Frame";
import { screens } from "./screens";

const root = createRootRoute({ component: Frame });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/till" as string });
  },
});

const children = screens.map((screen) =>
  createRoute({ getParentRoute: () => root, path: screen.path, component: lazyRouteComponent(screen.load) }),
);

export const router = createRouter({
  routeTree: root.addChildren([home, ...children]),
  history: createHashHistory(),
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: NoSuchScreen,
  defaultPendingMs: 300,
});

/** Goes to a screen: `go("/members", { open: id })`. */
export function go(path: string, search: Record<string, unknown> = {}): void {
  void router.navigate({ to: path, search } as never);
}

/** The path of the open screen. */
export const usePath = (): string => useRouterState({ select: (state) => state.location.pathname });

/** A named part of the path: `usePart("month")` on `/month/$month`. */
export const usePart = (name: string): string | undefined => (useParams({ strict: false }) as Record<string, string | undefined>)[name];

/** The path of the screen that is drawn: while another is being fetched, still the one before. */
export const useShownPath = (): string => useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? "" });

/**
 * State of a screen that belongs in the address (filter, sorting, what is open), so that Back and reload keep it. What equals `usual`
 * is left out of the address.
 */
export function useSearchState<T extends Record<string, unknown>>(usual: T): [T, (change: Partial<T>) => void] {
  const search = useSearch({ strict: false }) as Partial<T>;
  const state = { ...usual, ...search };
  const change = useCallback(
    (part: Partial<T>) => {
      void router.navigate({
        to: ".",
        replace: true,
        search: (old: Record<string, unknown>) =>
          Object.fromEntries(
            Object.entries({ ...old, ...part }).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(usual[key])),
          ),
      } as never);
    },
    [usual],
  );
  return [state, change];
}
