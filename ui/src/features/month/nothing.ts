/** What each rule says to the question why a member earned nothing on a sale, in words. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { JsonValue } from "../../host";
import { moneyOf, reasonOf } from "./why";

const isRecord = (value: JsonValue | undefined): value is { [key in string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: JsonValue | undefined): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** A rule and what it says; `names` are of the members that answers mention. */
export function toldOf(answer: JsonValue, names: ReadonlyMap<string, string>): { rule: string; words: MessageDescriptor } {
  const one = isRecord(answer) ? answer : {};
  return { rule: text(one.rule), words: wordsOf(one, names) };
}

function wordsOf(one: { readonly [key in string]?: JsonValue }, names: ReadonlyMap<string, string>): MessageDescriptor {
  switch (text(one.code)) {
    case "earned": {
      const amount = moneyOf(text(one.amount), 2);
      return msg`Did pay: ${amount}, before limits.`;
    }
    case "not_by_order":
      return msg`Pays by the month and not by single sales.`;
    case "no_source":
      return msg`Does not count this sale: its goods, or what it starts from, are not what the rule asks for.`;
    case "own_purchase":
      return msg`It is the member's own purchase, and the rule begins above the buyer.`;
    case "not_above":
      return msg`The member did not stand above the buyer when the sale was made.`;
    case "out_of_reach": {
      const most = text(one.max);
      return msg`All ${most} places that the rule pays were taken by people below.`;
    }
    case "stopped_below": {
      const who = names.get(text(one.member)) ?? "";
      return msg`The rule ended further down, at ${who}.`;
    }
    case "passed":
      return reasonOf(isRecord(one.why) ? one.why : {});
    default:
      return msg`Said something that this version of the program has no words for.`;
  }
}

/** Why no rule was asked. */
export function insteadOf(code: string, name: string): MessageDescriptor {
  switch (code) {
    case "no_buyer":
      return msg`The sale has no member as buyer, so nobody stands above one.`;
    case "no_plan":
      return msg`No plan was in force when the sale was made, or it was brought in without commission.`;
    case "nothing_counts":
      return msg`Nothing on the sale counts for commission.`;
    default:
      return msg`${name} was not a member in that month.`;
  }
}
