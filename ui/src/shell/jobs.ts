import { useSyncExternalStore } from "react";
import { type JobNews, onJob } from "../host";

/** Long work of this window, newest last; a finished piece stays until it is dismissed. */
let jobs: readonly JobNews[] = [];
const heard = new Set<() => void>();

function tell(next: readonly JobNews[]): void {
  jobs = next;
  for (const hear of heard) hear();
}

/** The list after news of one job: in its place, or at the end. */
export function withNews(before: readonly JobNews[], news: JobNews): readonly JobNews[] {
  return before.some((job) => job.id === news.id) ? before.map((job) => (job.id === news.id ? news : job)) : [...before, news];
}

/** Begins to hear of jobs; once per window. Returns what stops it. */
export const hearJobs = (): (() => void) => onJob((news) => tell(withNews(jobs, news)));

/** Drops a finished job from the tray. */
export const dismissJob = (id: string): void => tell(jobs.filter((job) => job.id !== id));

/** All jobs, following the news. */
export const useJobs = (): readonly JobNews[] =>
  useSyncExternalStore(
    (hear) => {
      heard.add(hear);
      return () => heard.delete(hear);
    },
    () => jobs,
  );

/** One job by its id. */
export const useJob = (id: string | null): JobNews | undefined => useJobs().find((job) => job.id === id);
