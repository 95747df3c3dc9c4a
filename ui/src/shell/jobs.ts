import { useSyncExternalStore } from "react";
import { type JobState, onJob } from "../host";

/** Long work of this window, newest last; a finished piece stays until it is dismissed. */
let jobs: readonly JobState[] = [];
const heard = new Set<() => void>();

function tell(next: readonly JobState[]): void {
  jobs = next;
  for (const hear of heard) hear();
}

/** The list after news of one job: in its place, or at the end. */
export function withNews(before: readonly JobState[], news: JobState): readonly JobState[] {
  return before.some((job) => job.job === news.job) ? before.map((job) => (job.job === news.job ? news : job)) : [...before, news];
}

/** Begins to hear of jobs; once per window. Returns what stops it. */
export const hearJobs = (): (() => void) => onJob((news) => tell(withNews(jobs, news)));

/** Drops a finished job from the tray. */
export const dismissJob = (id: number): void => tell(jobs.filter((job) => job.job !== id));

/** All jobs, following the news. */
export const useJobs = (): readonly JobState[] =>
  useSyncExternalStore(
    (hear) => {
      heard.add(hear);
      return () => heard.delete(hear);
    },
    () => jobs,
  );

/** One job by its id. */
export const useJob = (id: number | null): JobState | undefined => useJobs().find((job) => job.job === id);
