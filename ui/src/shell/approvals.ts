import type { MessageDescriptor } from "@lingui/core";
import type { Refused } from "../host";

type Wording = (params: Readonly<Record<string, unknown>>, money: (minor: number) => string) => MessageDescriptor;

const known = new Map<string, Wording>();

/**
 * Adds the words for what somebody else has to agree to, by its `what`; `money` writes an amount in minor units:
 *
 *     wordApprovals({ discount: ({ given_minor }, money) => { const given = money(Number(given_minor)); return msg`${given} off.`; } });
 */
export function wordApprovals(words: Record<string, Wording>): void {
  for (const [what, wording] of Object.entries(words)) known.set(what, wording);
}

/** What is to be approved, in words; nothing where no feature has given any. */
export function approvalWords(refused: Refused, money: (minor: number) => string): MessageDescriptor | null {
  return known.get(String(refused.params.what))?.(refused.params, money) ?? null;
}
