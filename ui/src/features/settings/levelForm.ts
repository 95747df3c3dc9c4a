/** The member levels of the settings as a form. */
import type { Fall, LevelGrowth, Settings } from "../../host";

export interface LevelRow {
  name: string;
  /** Share of every list price that is paid. */
  share_ppm: number | null;
  /** Multiplier of points, 100 % for once. */
  points_ppm: number | null;
  /** What it asks for and gives where it follows from growth. */
  growth: GrowthRow | null;
}

export interface GrowthRow {
  threshold: number | null;
  /** 0 for ever. */
  valid_days: number | null;
  keep: number | null;
  gift: number | null;
  birthday: number | null;
}

export interface LevelsForm {
  levels: LevelRow[];
  /** Growth for each whole unit of the currency, for coming by, and to the sponsor for a first purchase. */
  growth_per_unit: number | null;
  growth_per_point: number | null;
  growth_sign_in: number | null;
  growth_referral: number | null;
  growth_fall: Fall;
}

const grownOf = (row: GrowthRow): LevelGrowth => ({
  threshold: row.threshold ?? 0,
  valid_days: row.valid_days ?? 0,
  keep: row.keep ?? 0,
  gift: row.gift ?? 0,
  birthday: row.birthday ?? 0,
});

/** The levels and what brings growth, as they stand. */
export const levelsOf = (settings: Settings): LevelsForm => ({
  levels: Object.entries(settings.levels).flatMap(([name, terms]) =>
    terms ? [{ name, share_ppm: terms.price_share_ppm, points_ppm: terms.points_ppm, growth: terms.growth && { ...terms.growth } }] : [],
  ),
  growth_per_unit: settings.growth.per_unit,
  growth_per_point: settings.growth.per_point,
  growth_sign_in: settings.growth.sign_in,
  growth_referral: settings.growth.referral,
  growth_fall: settings.growth.fall,
});

/** What the books are asked of them. */
export const levelsAsked = (form: LevelsForm): Pick<Settings, "levels" | "growth"> => ({
  levels: Object.fromEntries(
    form.levels.map(({ name, share_ppm, points_ppm, growth }) => [
      name.trim(),
      { price_share_ppm: share_ppm ?? 0, points_ppm: points_ppm ?? 0, growth: growth && grownOf(growth) },
    ]),
  ),
  growth: {
    per_unit: form.growth_per_unit ?? 0,
    per_point: form.growth_per_point ?? 0,
    sign_in: form.growth_sign_in ?? 0,
    referral: form.growth_referral ?? 0,
    fall: form.growth_fall,
  },
});

/** What is wrong with them, if anything. */
export function levelProblem(form: LevelsForm): "share" | "number" | "level_twice" | "level_name" | null {
  const below = (figure: number | null) => figure === null || figure < 0;
  const names = form.levels.map((level) => level.name.trim());
  if (names.some((name) => name === "") || new Set(names).size < names.length) return "level_name";
  if (form.levels.some((level) => below(level.share_ppm) || (level.share_ppm ?? 0) > 1_000_000 || below(level.points_ppm))) return "share";
  const grown = form.levels.flatMap(({ growth }) => (growth ? [growth] : []));
  const rates = [form.growth_per_unit, form.growth_per_point, form.growth_sign_in, form.growth_referral];
  if (rates.some(below) || grown.some((growth) => Object.values(growth).some(below) || growth.threshold === 0)) return "number";
  return new Set(grown.map(({ threshold }) => threshold)).size < grown.length ? "level_twice" : null;
}
