import { useLingui } from "@lingui/react/macro";
import { Button } from "../../design";
import { call, type JobState } from "../../host";
import css from "./Imports.module.css";
import { percentDone } from "./wish";

/** How far a job of this screen is, with a way to stop it. It goes on in the status bar when the screen is left. */
export function Progress({ job }: { job: JobState | undefined }) {
  const { t } = useLingui();
  const percent = job ? percentDone(job.done, job.total) : null;
  const step = !job || job.step === "reading" ? t`Reading the file` : t`Working through the rows`;
  return (
    <div className={css.progress}>
      <span>{step}</span>
      <span
        role="progressbar"
        aria-label={step}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        className={css.bar}
      >
        <span className={css.fill} style={{ width: `${percent ?? 0}%` }} />
      </span>
      <span className={css.percent}>{percent === null ? "" : `${percent}%`}</span>
      <Button disabled={!job} onPress={() => job && void call("cancel_job", job.job)}>
        {t`Stop`}
      </Button>
    </div>
  );
}
