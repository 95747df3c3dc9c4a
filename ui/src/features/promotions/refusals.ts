import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  coupon_code: () => msg`A code has 3 to 32 letters and digits, such as NEW10.`,
  coupon_taken: ({ taken, by }) => msg`Code ${taken} belongs to ${by}. Choose another, or end that coupon first.`,
  no_steps: () => msg`Add a step: from which sum on, and what comes off.`,
  off_range: () => msg`Something has to come off: an amount above zero, or a share up to 100 %. No two steps begin at the same sum.`,
  every_needs_one: () => msg`For each time the sum is reached there is one step, with a sum above zero and an amount.`,
  limit_range: () => msg`A limit is one use or more. Leave it empty for any number.`,
  dates: () => msg`The last day lies on or after the first.`,
});
