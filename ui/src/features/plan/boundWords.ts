/** Why a rule can cost no more: the proof in one line. The figures are the engine's; here they are only written. */
import { t } from "@lingui/core/macro";
import type { JsonValue } from "../../host";

/** An exact decimal share as a percentage, by moving the point: `0.035` is `3.5%`. */
export function asPercent(share: string): string {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(share);
  if (!match) return share;
  const rest = (match[2] ?? "").padEnd(2, "0");
  const whole = `${match[1]}${rest.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const more = rest.slice(2).replace(/0+$/, "");
  return `${whole}${more ? `.${more}` : ""}%`;
}

const text = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");
const list = (value: JsonValue | undefined): string[] => (Array.isArray(value) ? value.map(text) : []);

/** What stands before the brackets where it is not one. */
const times = (beta: string, factor: string): string =>
  [beta, factor]
    .filter((one) => one !== "" && one !== "1")
    .map((one) => `${one} × `)
    .join("");

export function boundWords(why: JsonValue): string {
  if (typeof why !== "object" || why === null || Array.isArray(why)) return "";
  const front = times(text(why.beta), text(why.factor));
  const highest = list(why.highest).map(asPercent);
  switch (why.code) {
    case "rates": {
      const sum = highest.join(" + ");
      return front && highest.length > 1 ? `${front}(${sum})` : `${front}${sum}`;
    }
    case "telescopes": {
      const parts = [asPercent(text(why.highest)), text(why.peers), text(why.minimum)];
      const [rate, peers, minimum] = parts;
      const more = [peers !== "0" && peers ? asPercent(peers) : "", minimum !== "0" && minimum ? asPercent(minimum) : ""].filter(Boolean);
      const sum = [rate, ...more].join(" + ");
      return t`the differences add up to the highest rate: ${front}${sum}`;
    }
    case "per_unit": {
      const net = text(why.lowest_net);
      const sum = list(why.highest).join(" + ");
      return t`${sum} on a piece of ${net}`;
    }
    case "pool": {
      const rate = asPercent(text(why.rate));
      return t`the fund is ${front}${rate}`;
    }
    case "unlimited_depth":
      return t`no end to the places that are paid`;
    case "no_ratio": {
      const of = text(why.of).toUpperCase();
      return t`nothing says how ${of} relates to money`;
    }
    case "no_unit_price":
      return t`an amount per piece has no bound without a lowest price`;
    case "source_unbounded": {
      const rule = text(why.rule);
      return t`it follows “${rule}”, which has no bound`;
    }
    case "fixed_sum":
      return t`a sum of money has no bound where nothing is sold`;
    case "pair":
      return t`matched legs have no bound`;
    default:
      return "";
  }
}
