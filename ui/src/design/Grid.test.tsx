import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { faults, show } from "../testing/render";
import { type Column, Grid } from "./Grid";
import { keyMoves, pagesInSight } from "./gridMoves";

interface Row {
  id: string;
  amount: number;
}

const columns: Column<Row, { sum: string }>[] = [
  { id: "id", title: "Number", width: "1fr", sortable: true, cell: (row) => row.id },
  { id: "amount", title: "Amount", width: "80px", align: "end", sortable: true, cell: (row) => row.amount, total: (totals) => totals.sum },
];
const COUNT = 100_000;
const fetch = vi.fn(async (offset: number, limit: number) => ({
  rows: Array.from({ length: Math.min(limit, COUNT - offset) }, (_, index) => ({ id: `M${offset + index}`, amount: index })),
  count: COUNT,
  totals: { sum: "9,999.00" },
}));

it("draws only what is in sight of 100,000 rows and says how many there are", async () => {
  const { container } = show(<Grid label="Members" name={["m"]} columns={columns} fetch={fetch} rowKey={(row) => row.id} />);
  await screen.findByText("M0");
  const grid = screen.getByRole("grid", { name: "Members" });
  expect(grid.getAttribute("aria-rowcount")).toBe(String(COUNT + 1));
  expect(screen.getAllByRole("row").length).toBeLessThan(60);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(screen.getByText("9,999.00")).toBeTruthy();
  expect(await faults(container)).toEqual([]);
});

it("is one tab stop; arrows move, Enter opens, ↑ from the first row sorts by header", async () => {
  const onOpen = vi.fn();
  const onSort = vi.fn();
  show(<Grid label="Members" name={["m"]} columns={columns} fetch={fetch} rowKey={(row) => row.id} onOpen={onOpen} onSort={onSort} />);
  await screen.findByText("M0");
  const grid = screen.getByRole("grid");
  expect(document.querySelectorAll('[tabindex="0"], button, a').length).toBe(1);
  grid.focus();
  fireEvent.keyDown(grid, { key: "ArrowDown" });
  fireEvent.keyDown(grid, { key: "Enter" });
  expect(onOpen).toHaveBeenCalledWith({ id: "M1", amount: 1 });
  expect(document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")?.textContent).toContain("M1");
  fireEvent.keyDown(grid, { key: "Home" });
  fireEvent.keyDown(grid, { key: "ArrowUp" });
  fireEvent.keyDown(grid, { key: "ArrowRight" });
  fireEvent.keyDown(grid, { key: "Enter" });
  expect(onSort).toHaveBeenCalledWith({ by: "amount", descending: true });
});

it("shows the hint where there is nothing", async () => {
  const none = async () => ({ rows: [], count: 0 });
  show(<Grid label="Members" name={["none"]} columns={columns} fetch={none} rowKey={(row) => row.id} empty={<p>{"Nobody yet"}</p>} />);
  await waitFor(() => expect(screen.getByText("Nobody yet")).toBeTruthy());
});

it("never leaves the grid by any key", () => {
  const size = { rows: 100, columns: 3, pageRows: 20 };
  const at = (row: number, column = 0) => ({ row, column });
  expect(keyMoves("PageDown", at(95), size)).toEqual(at(99));
  expect(keyMoves("PageUp", at(5), size)).toEqual(at(0));
  expect(keyMoves("End", at(0), size)).toEqual(at(99));
  expect(keyMoves("ArrowUp", at(-1), size)).toEqual(at(-1));
  expect(keyMoves("ArrowRight", at(-1, 2), size)).toEqual(at(-1, 2));
  expect(keyMoves("ArrowRight", at(4), size)).toBeNull();
  expect(keyMoves("ArrowDown", at(0), { ...size, rows: 0 })).toEqual(at(0));
  expect(keyMoves("x", at(0), size)).toBeNull();
});

it("asks for the pages in sight and no more", () => {
  expect(pagesInSight(0, 800, 36, 0, 200)).toEqual([0]);
  expect(pagesInSight(0, 800, 36, 100_000, 200)).toEqual([0]);
  expect(pagesInSight(200 * 36 - 400, 800, 36, 100_000, 200)).toEqual([0, 1]);
  expect(pagesInSight(99_999 * 36, 800, 36, 100_000, 200)).toEqual([499]);
});
