import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Command, Refused } from "../host";

/** What refusals carry besides their code; a rule that carries something new adds its name here. */
export type Param =
  | "address"
  | "amount"
  | "at"
  | "available"
  | "barcode"
  | "birthday"
  | "by"
  | "character"
  | "code_point"
  | "coupon"
  | "channel"
  | "currency"
  | "date"
  | "day"
  | "days"
  | "growth"
  | "other"
  | "until"
  | "earliest"
  | "email"
  | "field"
  | "expected"
  | "fault"
  | "held"
  | "key"
  | "most_minor"
  | "first"
  | "height"
  | "install"
  | "last"
  | "language"
  | "layout"
  | "level"
  | "line"
  | "member"
  | "month"
  | "most"
  | "name"
  | "needed"
  | "number"
  | "occasion"
  | "path"
  | "phone"
  | "placeholder"
  | "places"
  | "product"
  | "rank"
  | "rate"
  | "reason"
  | "rows"
  | "setting"
  | "shop"
  | "sponsor"
  | "streak"
  | "taken"
  | "tax"
  | "tender"
  | "under"
  | "used"
  | "voucher"
  | "what"
  | "width";

type Wording = (params: Record<string, unknown>) => MessageDescriptor;

const text = (value: unknown): string => (Array.isArray(value) ? value.join(" › ") : String(value ?? ""));

const known = new Map<string, Wording>();
const taken = new Set<string>();
const place = (code: string, command: string | undefined) => (command ? `${command} ${code}` : code);

/**
 * Adds the words for a feature's own refusals, by code. Called at the top of the feature's modules:
 *
 *     wordRefusals({ code_taken: ({ taken, by }) => msg`Code ${taken} belongs to ${by}.` });
 *
 * Where another noun's rule speaks with the same code, name the commands whose answer is meant; `collisions` tells of codes worded twice.
 */
export function wordRefusals(
  words: Record<string, (params: Readonly<Record<Param, string>>) => MessageDescriptor>,
  { of = [undefined] }: { of?: readonly (Command | undefined)[] } = {},
): void {
  for (const [code, wording] of Object.entries(words)) {
    const worded: Wording = (params) =>
      wording(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, text(value)])) as Record<Param, string>);
    for (const command of of) {
      const at = place(code, command);
      if (known.has(at)) taken.add(at);
      known.set(at, worded);
    }
  }
}

/** Codes that two features gave words of their own, so that one of them would never be read. */
export const collisions = (): readonly string[] => [...taken];

/** The words for a refusal, or nothing where no feature has given any. */
export function refusalWords(refused: Refused): MessageDescriptor | null {
  const wording = known.get(place(refused.code, refused.command)) ?? known.get(refused.code);
  return wording?.(refused.params) ?? null;
}

const printerWords: Record<string, MessageDescriptor> = {
  bad_address: msg`This is no address of a printer: host or host:port.`,
  refused: msg`Nothing prints at that address. Look at the port number.`,
  unreachable: msg`The printer cannot be reached. Is it on, and in the same network?`,
  not_there: msg`This computer has no such printer. Is it plugged in?`,
  not_allowed: msg`The system does not let anybody print there: another program may hold it, or a right is missing.`,
  stalled: msg`The printer stopped in the middle. Look at its lid and paper.`,
  closed_early: msg`The printer hung up in the middle.`,
  out_of_paper: msg`The printer is out of paper.`,
  lid_open: msg`The printer's lid is open.`,
};

wordRefusals({
  nobody_signed_in: () => msg`Sign in first.`,
  needs_approver: () => msg`Somebody else has to agree to this with their PIN.`,
  approver_too_low: ({ name }) => msg`${name} may not agree to this either. Choose a manager or the owner.`,
  role_too_low: () => msg`Your role does not allow this. Ask a manager or the owner.`,
  newer_file: () => msg`These books were written by a newer version of the program. Update it, then open them again.`,
  not_books: ({ path }) => msg`${path} is not a Banyan shop.`,
  not_found: () => msg`This is no longer in the books.`,
  file: ({ path, reason }) => msg`${path} cannot be read or written: ${reason}`,
  disk_full: () => msg`The disk is full, so nothing was recorded. Make room on it, then do it again. What was recorded before is safe.`,
  disk_closed: () =>
    msg`The disk or its folder cannot be written, so nothing was recorded. Take its write protection off, or have the administrator of this computer give you the right, then do it again.`,
  needs_passphrase: () => msg`The system's keyring cannot be reached. A passphrase is needed.`,
  wrong_passphrase: () => msg`The passphrase does not fit.`,
  passphrase_too_short: () => msg`A passphrase has at least 8 characters.`,
  busy: () => msg`Another job of this kind is running. Wait for it, or stop it in the status bar.`,
  shop_exists: () => msg`There is a shop in this file already.`,
  no_shop_name: () => msg`The shop needs a name.`,
  no_name: () => msg`A name is needed.`,
  print_on_its_way: () => msg`This print is on its way, or gone already.`,
  no_printer_address: () => msg`The printer needs an address.`,
  printer: ({ fault }) => printerWords[fault] ?? msg`The printer says: ${fault}`,
  no_font: ({ install }) => msg`This computer has no font with Chinese characters. Install ${install}, then try again.`,
  no_character: ({ character, code_point, install }) =>
    msg`No font here has the character ${character} (U+${code_point}). Install ${install}, or write it otherwise.`,
  no_png: ({ reason }) => msg`This picture cannot be used: choose a PNG file. (${reason})`,
  picture_too_large: ({ width, height }) =>
    msg`The picture has ${width} × ${height} dots. A logo needs at most 4000 × 4000: make it smaller first.`,
  pin_shape: () => msg`A PIN has 4 to 12 digits, not all the same.`,
});
