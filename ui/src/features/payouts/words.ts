import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { SealTone } from "../../design";
import { type JsonValue, type Oddity, type PayoutState, Refused } from "../../host";

const words: Record<PayoutState, MessageDescriptor> = {
  requested: msg`asked for`,
  seconded: msg`waits for a second person`,
  approved: msg`approved`,
  sent: msg`sent`,
  paid: msg`paid`,
  failed: msg`failed`,
  returned: msg`came back`,
  rejected: msg`turned down`,
};

const tones: Record<PayoutState, SealTone> = {
  requested: "wait",
  seconded: "wait",
  approved: "wait",
  sent: "wait",
  paid: "done",
  failed: "stop",
  returned: "stop",
  rejected: "stop",
};

export const stateWords = (state: PayoutState): MessageDescriptor => words[state];
export const stateTone = (state: PayoutState): SealTone => tones[state];

const oddities: Record<Oddity, MessageDescriptor> = {
  failed: msg`failed: payable again`,
  unknown: msg`no payout has this number`,
  amount: msg`another amount than was sent: left as it is`,
  over: msg`no longer waiting: left as it is`,
  undecided: msg`no result yet: left as it is`,
};

export const oddityWords = (oddity: Oddity): MessageDescriptor => oddities[oddity];

/** What stands against a payout, as the refusal that it would be. */
export function asRefused(against: JsonValue | undefined): Refused | null {
  if (typeof against !== "object" || against === null || Array.isArray(against)) return null;
  const { code, ...params } = against;
  return typeof code === "string" ? new Refused(code, params, code, "request_payout") : null;
}
