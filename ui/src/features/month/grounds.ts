/** What a rank rests on, in words: `group 61,200.00 ≥ 60,000.00`. Figures are exact decimals as text and are never computed with here. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Ground, RankHow } from "../../host";
import { moneyOf } from "./why";

/** One condition with the member's own figure. */
export function groundOf(ground: Ground, digits: number): MessageDescriptor {
  const [kind = "", of = ""] = ground.of.split(".");
  const figure = (text: string) => (of === "net" ? moneyOf(text, digits) : text);
  const value = figure(ground.value);
  const least = ground.gte === null || ground.gte === undefined ? null : figure(ground.gte);
  const below = ground.lt === null || ground.lt === undefined ? null : figure(ground.lt);
  const sign = (met: string, missed: string) => (ground.holds ? met : missed);
  const bounds = [least === null ? "" : ` ${sign("≥", "<")} ${least}`, below === null ? "" : ` ${sign("<", "≥")} ${below}`];
  const told = `${value}${least !== null && !ground.holds ? bounds[0] : bounds.join("")}`;
  switch (kind) {
    case "group":
      return msg`group ${told}`;
    case "own":
      return msg`own purchases ${told}`;
    case "direct":
      return msg`directly sponsored ${told}`;
    case "company":
      return msg`whole shop ${told}`;
    case "active":
      return ground.value === "true" ? msg`active` : msg`frozen`;
    case "rank": {
      const wanted = ground.gte ?? "";
      return msg`rank ${wanted}`;
    }
    default: {
      const name = ground.of;
      return msg`${name} ${told}`;
    }
  }
}

/** How a rank came about. */
export function howOf(how: RankHow | string): MessageDescriptor {
  switch (how) {
    case "reached":
      return msg`reached:`;
    case "protected":
      return msg`not reached again, protected still:`;
    case "kept":
      return msg`not reached again, ranks do not fall here:`;
    case "fell":
      return msg`not reached again:`;
    default:
      return msg`given by hand`;
  }
}
