import { RouterProvider } from "@tanstack/react-router";
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ImportDraft, ImportPreview, ImportReport, JobState } from "../../host";
import { replaceTransport } from "../../host/transport";
import { hearJobs } from "../../shell/jobs";
import { router } from "../../shell/router";
import { type Session, SessionIs } from "../../shell/session";
import { faults, show } from "../../testing/render";

vi.setConfig({ testTimeout: 120_000 });

const preview: ImportPreview = {
  preview: {
    found: { kind: "csv", encoding: "GB18030", delimiter: "comma", packed: false },
    header: ["Code", "Title", "Price"],
    rows: [{ number: 2, cells: ["A1", "Tea", "12.50"], notes: [] }],
  },
  mapping: { code: 0, name: 1, price: 2 },
  fields: [
    ["code", true],
    ["name", true],
    ["price", true],
    ["cost", false],
  ],
};
const report: ImportReport = {
  counts: { rows: 4, good: 2, fixable: 1, rejected: 1 },
  remarks: [{ row: 3, verdict: "rejected", remark: { code: "not_a_number", field: "price", text: "abc" } }],
  remark_count: 1,
  added: 3,
  changed: 0,
  already: 0,
  made_products: 0,
  made_members: 0,
  brought_minor: 0,
  brought_points: 0,
  left: 0,
  sales: null,
};
const session: Session = {
  shop: { name: "Celadon", currency: "CNY", digits: 2, sample: false, today: "2026-11-22" },
  person: { id: "p", name: "Li Jing", role: "manager" },
  lock: () => {},
};

let tell: (job: Partial<JobState>) => void;
let asked: [string, unknown][];
let hearers: ((notice: never) => void)[];
let stops: (() => void)[];
beforeEach(() => {
  vi.stubGlobal("CSS", { escape: (text: string) => text });
  asked = [];
  hearers = [];
  tell = (job) => {
    const notice = { notice: "job", job: { step: "reading", done: 0, total: 0, began_ms: 0, end: null, ...job } };
    act(() => {
      for (const hear of hearers) hear(notice as never);
    });
  };
  const answers: Record<string, unknown> = { import_preview: preview, import_dry_run: 1, import_run: 2, cancel_job: null };
  const restore = replaceTransport({
    serve: async (name, question) => {
      asked.push([name, question]);
      if (name in answers) return answers[name];
      throw { failure: "broken", trace: name };
    },
    // The frame hears the shop's news too: every hearer is told, as in the window.
    listen: async (_, hear) => {
      hearers.push(hear as (notice: never) => void);
      return () => {
        hearers = hearers.filter((other) => other !== hear);
      };
    },
    openFile: async () => "/tmp/goods.csv",
    saveFile: async () => "/tmp/remarks.xlsx",
  });
  stops = [restore, hearJobs()];
});
afterEach(() => {
  for (const stop of stops) stop();
});

it("looks through first, says what is wrong in which row, then imports with progress", async () => {
  // The way there ends only once the window stands.
  void router.navigate({ to: "/imports", search: {} } as never);
  const { container } = show(
    <SessionIs value={session}>
      <RouterProvider router={router} />
    </SessionIs>,
  );
  await userEvent.click(await screen.findByRole("button", { name: /Choose the file/ }, { timeout: 10_000 }));
  await screen.findByText("Tea");
  expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
  expect(await faults(container)).toEqual([]);

  await userEvent.click(screen.getByRole("button", { name: /Look through the file/ }));
  await screen.findByRole("progressbar", { name: "Reading the file" });
  tell({ job: 1, kind: "dry_run", done: 3, total: 4 });
  await screen.findByText("75%");
  tell({ job: 1, kind: "dry_run", end: { end: "done", result: report as never } });
  await screen.findByText("Selling price: “abc” is no number.");
  expect(asked.some(([name]) => name === "import_run")).toBe(false);
  expect(await faults(container)).toEqual([]);

  await userEvent.click(screen.getByRole("button", { name: /Save all remarks/ }));
  await waitFor(() => expect((asked.at(-1)?.[1] as ImportDraft | undefined)?.error_sheet).toBe("/tmp/remarks.xlsx"));
  tell({ job: 1, kind: "dry_run", end: { end: "done", result: report as never } });

  await userEvent.click(await screen.findByRole("button", { name: /Import 3 rows/ }));
  await waitFor(() => expect(asked.at(-1)?.[0]).toBe("import_run"));
  tell({ job: 2, kind: "import", end: { end: "done", result: report as never } });
  await screen.findByText("Added");
  expect(screen.queryByRole("button", { name: /Import 3 rows/ })).toBeNull();
});
