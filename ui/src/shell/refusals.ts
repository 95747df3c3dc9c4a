import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Refused } from "../host";

type Wording = (params: Record<string, unknown>) => MessageDescriptor;

const text = (value: unknown): string => (Array.isArray(value) ? value.join(" › ") : String(value ?? ""));

const known = new Map<string, Wording>();

/**
 * Adds the words for a feature's own refusals, by code. Called at the top of the feature's modules:
 *
 *     wordRefusals({ code_taken: ({ taken, by }) => msg`Code ${taken} belongs to ${by}.` });
 */
export function wordRefusals(words: Record<string, (params: Record<string, string>) => MessageDescriptor>): void {
  for (const [code, wording] of Object.entries(words)) {
    known.set(code, (params) => wording(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, text(value)]))));
  }
}

/** The words for a refusal, or nothing where no feature has given any. */
export function refusalWords(refused: Refused): MessageDescriptor | null {
  return known.get(refused.code)?.(refused.params) ?? null;
}

wordRefusals({
  not_allowed: () => msg`Your role does not allow this. Ask a manager or the owner.`,
  role: () => msg`Your role does not allow this. Ask a manager or the owner.`,
  not_signed_in: () => msg`Sign in first.`,
  newer_version: () => msg`These books were written by a newer version of the program. Update it, then open them again.`,
});
