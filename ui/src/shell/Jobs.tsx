import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { writeFixed } from "../design/figures";
import { JobTray } from "../design/JobTray";
import type { JobNews } from "../host";
import { dismissJob, useJobs } from "./jobs";

const titles: Record<string, MessageDescriptor> = {
  import: msg`Import`,
  export: msg`Export`,
  backup: msg`Backup`,
  rebuild: msg`Rebuilding the tables`,
  verify: msg`Checking the books`,
  sample: msg`Making the sample shop`,
};

/** The jobs of this window in the status bar. */
export function Jobs() {
  const { t, i18n } = useLingui();
  const jobs = useJobs();
  const title = (job: JobNews) => {
    const known = titles[job.kind.split("_")[0] ?? ""];
    return known ? i18n._(known) : job.kind;
  };
  const note = (job: JobNews): string => {
    const done = writeFixed(job.done, 0);
    const of = writeFixed(job.of, 0);
    switch (job.state) {
      case "running":
        return job.of > 0 ? t`${done} of ${of}` : t`${done} so far`;
      case "done":
        return job.result ? t`done: ${job.result}` : t`done`;
      case "failed":
        return t`did not work`;
      case "cancelled":
        return t`stopped`;
    }
  };
  return (
    <JobTray
      jobs={jobs.map((job) => ({
        id: job.id,
        title: title(job),
        state: job.state,
        done: job.done,
        of: job.of,
        note: note(job),
        onDismiss: () => dismissJob(job.id),
      }))}
      cancel={t`Stop`}
      dismiss={t`Put away`}
    />
  );
}
