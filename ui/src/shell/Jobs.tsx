import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { writeFixed } from "../design/figures";
import { JobTray } from "../design/JobTray";
import { call, type JobKind, type JobState } from "../host";
import { dismissJob, useJobs } from "./jobs";

const titles: Record<JobKind, MessageDescriptor> = {
  dry_run: msg`Looking through the file`,
  import: msg`Import`,
  export: msg`Export`,
  backup: msg`Backup`,
  verify: msg`Checking the books`,
  sample: msg`Making the sample shop`,
  simulate: msg`Trying the plan`,
  close: msg`Working the month out`,
  release: msg`Releasing the month`,
  report: msg`Collecting a report`,
  join: msg`Fetching the books`,
  tag: msg`Tagging members`,
  levels: msg`Giving a level`,
  papers: msg`Writing the statements`,
};

/** What still runs, and of what has ended only the last of each kind: the bar is no history. */
export const latestEnds = (jobs: readonly JobState[]): readonly JobState[] =>
  jobs.filter((job, at) => !job.end || !jobs.slice(at + 1).some((later) => later.kind === job.kind));

/** The jobs of this window in the status bar. */
export function Jobs() {
  const { t, i18n } = useLingui();
  const jobs = latestEnds(useJobs());
  const note = (job: JobState): string => {
    const done = writeFixed(job.done, 0);
    const of = writeFixed(job.total, 0);
    switch (job.end?.end) {
      case undefined:
        return job.total > 0 ? t`${done} of ${of}` : t`${done} so far`;
      case "done":
        return typeof job.end?.result === "string" ? t`done: ${job.end.result}` : t`done`;
      case "failed":
        return t`did not work`;
      case "cancelled":
        return t`stopped`;
    }
  };
  return (
    <JobTray
      jobs={jobs.map((job) => ({
        id: String(job.job),
        title: i18n._(titles[job.kind]),
        state: job.end?.end ?? "running",
        done: job.done,
        of: job.total,
        note: note(job),
        onCancel: () => void call("cancel_job", job.job),
        onDismiss: () => dismissJob(job.job),
      }))}
      cancel={t`Stop`}
      dismiss={t`Put away`}
    />
  );
}
