/** The plan that is being written, as pure changes: the table always has a row per rank and a cell per level. */
import { normalise, readPercent, writePercent } from "../../design";
import type { PlanForm, PlanSource, PlanVersion } from "../../host";

/** Levels that a form can hold. */
export const MOST_LEVELS = 10;

/** Where there is no plan yet: two levels, all members alike. */
export const blankForm: PlanForm = { ranks: [], levels: 2, rates: [["", ""]], compress: false, self_purchase: false };

/** What is edited: the form, or text where the form cannot hold the plan. */
export type Draft = PlanSource;

/** The version in force, else the newest one, else a blank form. */
export function draftOf(versions: readonly PlanVersion[]): Draft {
  const version = versions.find((one) => one.in_force) ?? versions[0];
  if (!version) return { from: "form", form: blankForm };
  return version.form ? { from: "form", form: version.form } : { from: "text", text: version.row.plan };
}

export const sameDraft = (one: Draft, other: Draft): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A percentage as typed, read as the text the books keep: `８．５０％` is `8.5`. `null` where it is none between 0 and 100. */
export function readRate(typed: string): string | null {
  const ppm = readPercent(normalise(typed));
  return ppm === null || ppm < 0 || ppm > 1_000_000 ? null : writePercent(ppm).replace("%", "");
}

/** Sets one cell; what is unreadable is kept as typed, and the form then is no plan. */
export function setRate(form: PlanForm, row: number, level: number, rate: string): PlanForm {
  return { ...form, rates: form.rates.map((cells, at) => (at === row ? cells.map((cell, on) => (on === level ? rate : cell)) : cells)) };
}

/** More levels begin at nothing; fewer drop the farthest. */
export function setLevels(form: PlanForm, levels: number): PlanForm {
  const wanted = Math.max(1, Math.min(MOST_LEVELS, levels));
  return { ...form, levels: wanted, rates: form.rates.map((cells) => Array.from({ length: wanted }, (_, at) => cells[at] ?? "0")) };
}

/** A rank above the others, paid as the one below it; the first rank takes over the row that was for everyone. */
export function addRank(form: PlanForm, name: string): PlanForm {
  const below = form.rates.at(-1) ?? [];
  return { ...form, ranks: [...form.ranks, name], rates: form.ranks.length === 0 ? form.rates : [...form.rates, [...below]] };
}

/** Without the last rank its row is for everyone. */
export function removeRank(form: PlanForm, row: number): PlanForm {
  const ranks = form.ranks.filter((_, at) => at !== row);
  return { ...form, ranks, rates: ranks.length === 0 ? form.rates : form.rates.filter((_, at) => at !== row) };
}

export const renameRank = (form: PlanForm, row: number, name: string): PlanForm => ({
  ...form,
  ranks: form.ranks.map((rank, at) => (at === row ? name : rank)),
});

/** Exchanges a rank with the one below (−1) or above (+1). */
export function moveRank(form: PlanForm, row: number, step: -1 | 1): PlanForm {
  const other = row + step;
  if (other < 0 || other >= form.ranks.length) return form;
  const swapped = <T>(list: readonly T[]): T[] =>
    list.map((one, at) => (at === row ? (list[other] as T) : at === other ? (list[row] as T) : one));
  return { ...form, ranks: swapped(form.ranks), rates: swapped(form.rates) };
}

/** What keeps the form from being a plan, the first thing first; the books judge the same in any case. */
export function faultOf(form: PlanForm): "rank_name" | "rate" | null {
  const names = form.ranks.map((rank) => rank.trim());
  if (names.some((name) => name === "" || name === "*") || new Set(names).size < names.length) return "rank_name";
  return form.rates.flat().some((rate) => readRate(rate) === null) ? "rate" : null;
}

/** Ranks of a plan text, lowest first; none where it cannot be read. */
export function ranksOfText(text: string): string[] {
  try {
    const plan = JSON.parse(text) as { ranks?: { id?: unknown }[] };
    return (plan.ranks ?? []).flatMap((rank) => (typeof rank.id === "string" ? [rank.id] : []));
  } catch {
    return [];
  }
}

/** The plan text, laid out for reading. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The earliest day on which a new version can take effect: not before today, nor before the newest version. Any day for the first. */
export function earliestDay(versions: readonly PlanVersion[], today: string): string | null {
  if (versions.length === 0) return null;
  return [today, ...versions.map((one) => one.row.effective_from)].sort().at(-1) ?? today;
}
