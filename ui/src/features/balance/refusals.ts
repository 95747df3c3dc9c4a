import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  balance_too_large: () => msg`No balance holds that much.`,
  not_into_balance: () => msg`Stored value and vouchers do not pay into a balance. Choose another tender.`,
  unknown_top_up: () => msg`This top-up is no longer in the books.`,
  refund_too_large: () =>
    msg`That much cannot go back: not more than is left of this top-up and of the member's own money, by a tender that paid it in.`,
  bonus_spent: () => msg`The bonus that was spent already is worth more than this money: nothing of it is left to give back.`,
});
wordRefusals({ no_amount: () => msg`Say how much is paid in.` }, { of: ["top_up", "quote_balance"] });
wordRefusals({ no_amount: () => msg`Say how much goes back.` }, { of: ["refund_balance"] });
