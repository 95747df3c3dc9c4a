/** Signs of a month in words, each with the figures that it rests on. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { SealTone } from "../../design";
import { writeFixed, writeMicro } from "../../design/figures";
import type { RiskSign, Ruling } from "../../host";

/** The sign's name. */
export function signOf(sign: RiskSign): MessageDescriptor {
  switch (sign.sign) {
    case "own_purchases":
      return msg`Own purchases`;
    case "shared_phone":
      return msg`Shared telephone`;
    case "shared_account":
      return msg`Shared account`;
    case "returned_late":
      return msg`Returns after the close`;
    case "rushed":
      return msg`Sold before the close, returned after`;
    case "jump":
      return msg`Sudden jump`;
    case "bought_more":
      return msg`Buys more than sells`;
    case "ring":
      return msg`Earns on the same person`;
    case "sign_ins":
      return msg`Comes by, buys nothing`;
    case "outside":
      return msg`Outside service`;
  }
}

/** What it rests on; `names` of the members that it mentions. */
export function evidenceOf(sign: RiskSign, digits: number, names: (member: string) => string): MessageDescriptor {
  const micro = (amount: number) => writeMicro(amount, digits);
  switch (sign.sign) {
    case "own_purchases": {
      const [own, earned] = [micro(sign.own_micro), micro(sign.earned_micro)];
      return msg`${own} of ${earned} was earned on the member's own purchases.`;
    }
    case "shared_phone": {
      const others = sign.others.map(names).join(", ");
      return msg`The telephone number is also that of ${others}.`;
    }
    case "shared_account": {
      const others = sign.others.map(names).join(", ");
      return msg`Payouts go to the same account as those of ${others}.`;
    }
    case "returned_late": {
      const [returned, earned] = [micro(sign.returned_micro), micro(sign.earned_micro)];
      return msg`Returns of goods of closed months took back ${returned}; ${earned} was earned.`;
    }
    case "rushed": {
      const [rushed, earned] = [micro(sign.rushed_micro), micro(sign.earned_micro)];
      return msg`${rushed} of ${earned} was earned on sales of the last days that came back after the month.`;
    }
    case "jump": {
      const [earned, average] = [micro(sign.earned_micro), micro(sign.average_micro)];
      return msg`${earned} was earned; in the months before it was ${average} on average.`;
    }
    case "bought_more": {
      const [bought, sold] = [writeFixed(sign.bought_minor, digits), writeFixed(sign.sold_minor, digits)];
      return msg`The member bought for ${bought}, everyone below for ${sold}.`;
    }
    case "ring": {
      const [ring, earned] = [micro(sign.ring_micro), micro(sign.earned_micro)];
      return msg`${ring} of ${earned} was earned on purchases of members with the same telephone number or account.`;
    }
    case "sign_ins": {
      const days = sign.days;
      return msg`Days of the month on which the member came by for points: ${days}. Nothing was bought.`;
    }
    case "outside": {
      const { says } = sign;
      return msg`The outside risk service says: ${says}`;
    }
  }
}

/** A decision in a word. */
export function verdictOf(verdict: Ruling | null): MessageDescriptor {
  switch (verdict) {
    case "passed":
      return msg`passed`;
    case "held":
      return msg`held`;
    case "noted":
      return msg`noted`;
    case null:
      return msg`waiting`;
  }
}

export const verdictTone = (verdict: Ruling | null): SealTone => (verdict === "passed" ? "done" : verdict === "held" ? "stop" : "wait");
