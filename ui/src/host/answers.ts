/** Answers kept while they are true: a query per command, dropped when the books announce one of its topics. */
import { type QueryClient, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import { type Answer, type Command, call, type Failure, onTopics, type Question, type Topic } from "./index";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: Failure;
    queryMeta: { topics?: readonly Topic[] };
  }
}

/**
 * The answer to a question, asked again whenever one of `topics` is announced. `enabled: false` waits; `keep` shows the last answer
 * while the next one is fetched (for lists that change as one types), always or where the question before allows it.
 */
export function useAnswer<N extends Command>(
  name: N,
  question: Question<N>,
  {
    topics = [],
    enabled = true,
    keep = false,
  }: { topics?: readonly Topic[]; enabled?: boolean; keep?: boolean | ((before: Question<N>) => boolean) } = {},
): UseQueryResult<Answer<N>, Failure> {
  return useQuery<Answer<N>, Failure>({
    queryKey: [name, question],
    queryFn: () => call(name, question),
    meta: { topics },
    enabled,
    placeholderData: (previous, query) =>
      previous && query && (typeof keep === "function" ? keep(query.queryKey[1] as Question<N>) : keep) ? previous : undefined,
  });
}

/** Does something: `mutate(question)`, with `isPending` and `error` (`Refused` or `Broken`). Screens refresh by topics, not by hand. */
export function useDeed<N extends Command>(name: N, done?: (answer: Answer<N>, question: Question<N>) => void) {
  return useMutation<Answer<N>, Failure, Question<N>>({ mutationFn: (question) => call(name, question), onSuccess: done });
}

/** Drops every answer that listens to an announced topic. Returns what stops it. */
export function refreshByTopics(client: QueryClient): () => void {
  return onTopics((announced) => {
    void client.invalidateQueries({ predicate: (query) => listensTo(query.meta?.topics, announced) });
  });
}

/** A query hears its own topics, and everything where some were missed. */
export function listensTo(topics: readonly Topic[] | undefined, announced: readonly Topic[] | "everything"): boolean {
  return announced === "everything" || (topics ?? []).some((topic) => announced.includes(topic));
}
