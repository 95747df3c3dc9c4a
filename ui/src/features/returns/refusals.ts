import { msg } from "@lingui/core/macro";
import { wordApprovals } from "../../shell/approvals";
import { wordRefusals } from "../../shell/refusals";

wordApprovals({
  return_late: ({ age_days, window_days }) => {
    const [age, days] = [Number(age_days), Number(window_days)];
    return msg`The sale is ${age} days old; goods come back within ${days} days.`;
  },
  return_unreceipted: ({ amount_minor }, money) => {
    const amount = money(Number(amount_minor));
    return msg`${amount} back without a receipt.`;
  },
});

wordRefusals(
  {
    no_shift: () => msg`No shift is open on this till. Esc leads back to it, F11 opens a shift.`,
    unknown_sale: () => msg`There is no such sale in the books. Find it again with Esc.`,
    no_goods_sold: ({ number }) => msg`${number} is no sale of goods: nothing of it can come back.`,
    discounted_as_a_whole: ({ number }) =>
      msg`${number} was brought in with a discount on the whole document, so nobody knows what one line cost. Take the goods back without a receipt.`,
    nothing_chosen: () => msg`Choose what comes back: scan it, or Enter for everything.`,
    unknown_line: () => msg`The sale has no such line. Open it again with Esc.`,
    more_than_sold: () => msg`More than is left: some of it has come back meanwhile. Look at the lines again.`,
    damaged: () => msg`This line of the sale cannot be read. Take the goods back without a receipt.`,
    changed: () => msg`Something of this sale came back meanwhile, so the figures have changed. Look at them, then press Enter again.`,
    not_that_tender: () => msg`The money goes back to what the sale was paid with.`,
  },
  { of: ["return_sheet", "quote_return", "record_return", "quote_exchange", "record_exchange"] },
);

wordRefusals(
  {
    balance_needs_member: () =>
      msg`Stored value belongs to a member, and this sale has none. The money goes back to what the sale was paid with.`,
  },
  { of: ["quote_return", "record_return"] },
);
