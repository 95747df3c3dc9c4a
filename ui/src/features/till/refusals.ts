import { msg } from "@lingui/core/macro";
import "../vouchers/refusals";
import { wordApprovals } from "../../shell/approvals";
import { wordRefusals } from "../../shell/refusals";

wordApprovals({
  discount: ({ line, given_minor, allowed_minor }, money) => {
    const [given, allowed] = [money(Number(given_minor)), money(Number(allowed_minor))];
    if (typeof line !== "number") return msg`${given} off the order; ${allowed} is the most without a manager.`;
    const place = line + 1;
    return msg`${given} off line ${place}; ${allowed} is the most without a manager.`;
  },
});

wordRefusals({
  no_shift: () => msg`No shift is open on this till. F11 opens one; this ticket waits.`,
  empty: () => msg`Scan something first.`,
  no_lines: () => msg`Scan something first.`,
  not_sold_here: () => msg`A product on this ticket is no longer in the books. Remove its line.`,
  unknown_member: () => msg`This member is no longer in the books. Remove them with End.`,
  owes_more: () => msg`The customer still owes money.`,
  change_from_cash_alone: () => msg`Change is given from cash alone: lower the other amount.`,
  reference_needed: () => msg`This tender is taken only with the reference of the payment: type it beside the amount.`,
  balance_needs_member: () => msg`Stored value belongs to a member. Find one with F2.`,
  balance_short: () => msg`The member's stored value does not suffice.`,
  unknown_coupon: ({ coupon }) => msg`There is no coupon ${coupon}. Take it off the ticket.`,
  coupon_twice: ({ coupon }) => msg`Coupon ${coupon} is on the ticket already.`,
  coupon_used: ({ coupon }) => msg`Coupon ${coupon} is used up. Take it off the ticket.`,
  coupon_not_today: ({ coupon }) => msg`Coupon ${coupon} does not hold today. Take it off the ticket.`,
  coupon_needs_member: ({ coupon }) => msg`Coupon ${coupon} is for members. Find one with F2.`,
  not_a_gift: () => msg`This product is not to be had for points. Alt+G sells it for money again.`,
  gift_not_whole: () => msg`Gifts come in whole pieces. Change the quantity with *.`,
  points_short: ({ needed, available }) => msg`The gifts cost ${needed} points, and there are ${available}.`,
  label: () => msg`The label cannot be read right. Scan it again, or type the product.`,
  too_many_keys: ({ most }) => msg`There is room for ${most} quick keys. Take one away first.`,
  points_need_member: () => msg`Points belong to a member. Find one with F2.`,
  too_large: () => msg`This amount is too large.`,
  below_zero: () => msg`An amount cannot be below zero.`,
  not_set_up: ({ what }) =>
    what === "label"
      ? msg`This is no label of this product in this shop. Remove the line and scan again; the layouts of labels stand in the settings.`
      : msg`This shop has no such promotion. Take it off the ticket.`,
  quantity_not_above_zero: () => msg`The quantity must be above zero.`,
});
