/** Long work in the status bar: what, how far, cancel, and the file that came out. Survives every change of screen. */
import { FileCheck2, X } from "lucide-react";
import { Button, ProgressBar } from "react-aria-components";
import css from "./JobTray.module.css";

export interface TrayJob {
  id: string;
  title: string;
  state: "running" | "done" | "failed" | "cancelled";
  done: number;
  of: number;
  /** How it stands in words: `12,000 of 25,900`, `done`, `stopped`. */
  note: string;
  onCancel?: () => void;
  onDismiss?: () => void;
}

export function JobTray({ jobs, cancel, dismiss }: { jobs: readonly TrayJob[]; cancel: string; dismiss: string }) {
  return (
    <ul className={css.tray}>
      {jobs.map((job) => (
        <li key={job.id} className={css.job} data-state={job.state}>
          {job.state === "done" && <FileCheck2 size={14} aria-hidden="true" />}
          <span>{job.title}</span>
          {job.state === "running" && (
            <ProgressBar
              className={css.bar ?? ""}
              aria-label={job.title}
              value={job.done}
              maxValue={Math.max(1, job.of)}
              isIndeterminate={job.of === 0}
            >
              <span className={css.fill} style={{ width: job.of ? `${Math.min(100, (100 * job.done) / job.of)}%` : "30%" }} />
            </ProgressBar>
          )}
          <span className={css.note}>{job.note}</span>
          {job.state === "running" && job.onCancel && (
            <Button className={css.small ?? ""} aria-label={`${cancel}: ${job.title}`} onPress={job.onCancel}>
              <X size={13} aria-hidden="true" />
            </Button>
          )}
          {job.state !== "running" && job.onDismiss && (
            <Button className={css.small ?? ""} aria-label={`${dismiss}: ${job.title}`} onPress={job.onDismiss}>
              <X size={13} aria-hidden="true" />
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
