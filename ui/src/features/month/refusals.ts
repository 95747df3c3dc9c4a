import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  month_shape: ({ month }) => msg`${month} is not a month. Write it as 2026-10.`,
  not_over: ({ month }) => msg`${month} is not over yet. Close it from the first day of the next month on.`,
  already_closed: ({ month }) => msg`${month} is closed already. The owner can open the last closed month again.`,
  earlier_open: ({ month }) => msg`Close ${month} first: months are closed one after the other.`,
  changed: () => msg`Something of this month changed since it was worked out. Work it out again and look at it once more.`,
  not_last: ({ month }) => msg`Only the last closed month, ${month}, can be opened again.`,
  none_closed: () => msg`No month is closed.`,
  engine: ({ reason }) => msg`The month cannot be worked out: ${reason}`,
});
wordRefusals({ no_reason: () => msg`Opening a month again needs a reason.` }, { of: ["reopen_month"] });
wordRefusals({
  judge_reason: () => msg`Write why: every decision of the review is kept with its reason.`,
  nothing_to_judge: ({ month }) => msg`There is no statement of this member in ${month} to look over. Work the month out first.`,
  judged_released: ({ month }) =>
    msg`${month} is released, and nothing of this statement is held. Hold the member's payouts on the page of payouts instead.`,
});
wordRefusals({
  folder_there: ({ path }) => msg`${path} is there already, and nothing in it is written over. Choose another name.`,
  no_statements: ({ month }) => msg`No statement of ${month} was released. Close the month first.`,
  no_statement: ({ path }) =>
    msg`${path} carries no statement of a Banyan shop: what it says of itself was taken out, or it never was one.`,
  hash_shape: () => msg`A hash has 64 digits and letters from a to f. Type it as it is printed, or choose the file.`,
});
