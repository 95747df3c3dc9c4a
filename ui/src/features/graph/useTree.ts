import { useQueries } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { call, type GraphMonths } from "../../host";
import { type Branch, fold, more, type Opened, openPath, PAGE, type RestRow, ROOT, rowsOf, unfold } from "./tree";

/** The tree as far as it is open. Each page is an answer of its own: what the books announce is asked for again, page by page. */
export function useTree(months: GraphMonths) {
  const [opened, setOpened] = useState<Opened>({ [ROOT]: { from: 0, to: 0 } });
  const wanted = useMemo(
    () =>
      Object.entries(opened).flatMap(([sponsor, { from, to }]) =>
        Array.from({ length: to - from + 1 }, (_, step) => ({ sponsor, page: from + step })),
      ),
    [opened],
  );
  const answers = useQueries({
    queries: wanted.map(({ sponsor, page }) => {
      const question = { sponsor: sponsor === ROOT ? null : sponsor, months, window: { offset: page * PAGE, limit: PAGE } };
      return {
        queryKey: ["graph_children", question],
        queryFn: () => call("graph_children", question),
        meta: { topics: ["members", "sales", "month"] as const },
        staleTime: 30_000,
      };
    }),
  });
  const branches = new Map<string, Branch>();
  wanted.forEach(({ sponsor, page }, index) => {
    const answer = answers[index]?.data;
    const before = branches.get(sponsor);
    // Rows stand without a gap: a page that is not here yet ends what is shown.
    if (!answer || (before && before.from + before.rows.length !== page * PAGE)) return;
    if (!before && page !== opened[sponsor]?.from) return;
    branches.set(sponsor, { from: before?.from ?? page * PAGE, rows: [...(before?.rows ?? []), ...answer.rows], count: answer.count });
  });
  const jump = useCallback(async (member: string) => {
    const path = await call("graph_path", { member, months: { from: null, to: null } });
    setOpened((old) => openPath(old, path));
  }, []);
  return {
    rows: rowsOf(opened, (sponsor) => branches.get(sponsor)),
    waiting: answers.some((answer) => answer.isLoading),
    failure: answers.find((answer) => answer.error)?.error ?? null,
    unfold: useCallback((member: string) => setOpened((old) => unfold(old, member)), []),
    fold: useCallback((member: string) => setOpened((old) => fold(old, member)), []),
    more: useCallback((row: RestRow) => setOpened((old) => more(old, row)), []),
    jump,
  };
}
