/** Arranging the quick keys: plain lists of products. */

export const withKey = (ids: readonly string[], id: string): string[] => (ids.includes(id) ? [...ids] : [...ids, id]);

export const withoutKey = (ids: readonly string[], id: string): string[] => ids.filter((one) => one !== id);

/** One product so many places further, never off the ends. */
export function moved(ids: readonly string[], id: string, by: number): string[] {
  const from = ids.indexOf(id);
  if (from < 0) return [...ids];
  const rest = withoutKey(ids, id);
  const to = Math.max(0, Math.min(rest.length, from + by));
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}
