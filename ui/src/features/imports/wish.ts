/** What is to be brought in, as pure changes: the file, how it is read, and which column is what. */
import type {
  Counts,
  DateOrder,
  Field,
  ImportDraft,
  ImportPreview,
  ImportReport,
  JsonValue,
  Mapping,
  SheetKind,
  SheetOptions,
} from "../../host";

/** Encodings that a person can choose; the books find the usual ones themselves. */
export const encodings = ["UTF-8", "GB18030", "Big5", "Shift_JIS", "windows-1252", "UTF-16LE"] as const;

/** Everything that the person decides on this screen. */
export interface Wish {
  kind: SheetKind;
  path: string | null;
  options: SheetOptions;
  /** `null` until the person changes what the books proposed. */
  mapping: Mapping | null;
  order: DateOrder;
  system: string;
  earn: boolean;
}

export const noOptions: SheetOptions = { encoding: null, delimiter: null, sheet: null };

export const firstWish: Wish = {
  kind: "products",
  path: null,
  options: noOptions,
  mapping: null,
  order: "clear",
  system: "import",
  earn: true,
};

/** Another file or kind is read afresh. */
export const withFile = (wish: Wish, path: string): Wish => ({ ...wish, path, options: noOptions, mapping: null });
export const withKind = (wish: Wish, kind: SheetKind): Wish => ({ ...wish, kind, mapping: null });
/** Another sheet or delimiter has other columns; another encoding has the same ones. */
export const withOptions = (wish: Wish, part: Partial<SheetOptions>): Wish => ({
  ...wish,
  options: { ...wish.options, ...part },
  mapping: "encoding" in part ? wish.mapping : null,
});

/** The field that a column is taken for. */
export function fieldAt(mapping: Mapping, column: number): Field | null {
  const found = Object.entries(mapping).find(([, at]) => at === column);
  return found ? (found[0] as Field) : null;
}

/** Takes a column for a field, or for nothing. A field stands in one column, and a column is one field. */
export function withField(mapping: Mapping, column: number, field: Field | null): Mapping {
  const rest = Object.entries(mapping).filter(([name, at]) => at !== column && name !== field);
  return Object.fromEntries(field ? [...rest, [field, column]] : rest) as Mapping;
}

/** Fields that must be there and have no column yet. */
export function missing(fields: ImportPreview["fields"], mapping: Mapping): Field[] {
  return fields.filter(([field, must]) => must && mapping[field] === undefined).map(([field]) => field);
}

const noRemarks = { error_sheet: null, language: null } as const;

/** The question to the books; nothing where the file or a column is still missing. */
export function draftOf(
  wish: Wish,
  preview: ImportPreview | undefined,
  remarks: Pick<ImportDraft, "error_sheet" | "language"> = noRemarks,
): ImportDraft | null {
  if (wish.path === null || !preview) return null;
  const mapping = wish.mapping ?? preview.mapping;
  if (missing(preview.fields, mapping).length > 0) return null;
  const source = { path: wish.path, kind: wish.kind, options: wish.options };
  return { source, mapping, order: wish.order, system: wish.system.trim(), earn: wish.kind === "sales" && wish.earn, ...remarks };
}

/** Names a draft apart from where its remarks are written, so that a check belongs to what was checked. */
export const nameOf = (draft: ImportDraft | null): string => (draft ? JSON.stringify({ ...draft, ...noRemarks }) : "");

/** Rows that will be taken. */
export const taken = (counts: Counts): number => counts.good + counts.fixable;

/** The report of a finished job; nothing where the result is something else. */
export function reportOf(result: JsonValue): ImportReport | null {
  const is = typeof result === "object" && result !== null && !Array.isArray(result) && "counts" in result && "remarks" in result;
  return is ? (result as unknown as ImportReport) : null;
}

/** The last part of a path, on any system. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** How far a job is, in whole percent; `null` where that is not known. */
export const percentDone = (done: number, total: number): number | null =>
  total > 0 ? Math.max(0, Math.min(100, Math.floor((100 * done) / total))) : null;
