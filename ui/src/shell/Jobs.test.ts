import { expect, test } from "vitest";
import type { JobState } from "../host";
import { latestEnds } from "./Jobs";

const job = (id: number, kind: JobState["kind"], ended: boolean): JobState => ({
  job: id,
  kind,
  step: "",
  done: 0,
  total: 0,
  began_ms: 0,
  end: ended ? { end: "done", result: null } : null,
});

test("of finished work only the last of each kind stays in the bar; what runs always does", () => {
  const jobs = [job(1, "dry_run", true), job(2, "import", true), job(3, "dry_run", true), job(4, "import", false), job(5, "export", true)];
  expect(latestEnds(jobs).map((one) => one.job)).toEqual([3, 4, 5]);
});
