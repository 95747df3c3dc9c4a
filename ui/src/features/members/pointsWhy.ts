/** Why a member's points moved, in words. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { PointsWhy } from "../../host";

export const pointsWhy: Record<PointsWhy, MessageDescriptor> = {
  earned: msg`Earned with a purchase`,
  spent: msg`Spent`,
  taken_back: msg`Taken back with a return`,
  given_back: msg`Given back with a return`,
  by_hand: msg`Given or taken by hand`,
  usable: msg`Can be spent now`,
  expired: msg`Ran out`,
  sign_in: msg`For coming by`,
  birthday: msg`For a birthday`,
  level_gift: msg`For a member level`,
  referral: msg`For bringing somebody in`,
  review: msg`For a review`,
  share: msg`For sharing`,
  merged: msg`From one card of a person to the other`,
};
