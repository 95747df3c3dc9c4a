import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  shift_is_open: () => msg`A shift is open on this till already. Close it first.`,
  shift_is_closed: () => msg`Somebody closed this shift meanwhile. Its report is in the list below.`,
  cash_below_zero: () => msg`An amount of cash cannot be below zero.`,
  no_amount: () => msg`Type how much cash.`,
  cash_too_much: () => msg`No drawer holds that much. Look at the amount again.`,
  no_reason: () => msg`Write what the cash is for.`,
  drawer_short: () => msg`The drawer does not hold that much. Look at the amount again.`,
  difference_needs_reason: () => msg`The count and the books differ. Count again, or write why and close.`,
  not_yours: () => msg`Another person opened this shift. They or a manager close it.`,
  till_name: () => msg`A till's name is one to eight letters and digits: it stands in receipt numbers.`,
  till_number: () => msg`Numbers of tills are given by the meeting place. Take a name with a letter in it.`,
});
wordRefusals({ no_shift: () => msg`No shift is open on this till. Open one first.` }, { of: ["move_cash"] });
