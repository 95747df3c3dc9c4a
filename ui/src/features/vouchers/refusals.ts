import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  no_voucher_amount: () => msg`Say how much is to be on the voucher.`,
  voucher_too_large: () => msg`No voucher holds that much.`,
  voucher_code: () => msg`A code has 4 to 32 letters and digits. Leave it empty and the program makes one.`,
  voucher_code_taken: ({ voucher }) => msg`${voucher} belongs to another voucher, a coupon or a product. Take another card.`,
  not_for_voucher: () => msg`Stored value and vouchers do not pay for a voucher. Choose another tender.`,
  nothing_to_change: () => msg`Say what changes: another last day, or whether it is blocked.`,
  no_voucher_code: () => msg`Scan the voucher, or type its code.`,
  unknown_voucher: ({ voucher }) => msg`There is no voucher ${voucher}. Scan it again, or type the code from the slip.`,
  voucher_blocked: ({ voucher }) => msg`Voucher ${voucher} is blocked. A manager can let it through on the page of vouchers.`,
  voucher_expired: ({ voucher, last }) =>
    msg`Voucher ${voucher} ended on ${last}. A manager may extend it on the page of vouchers, with a reason.`,
  voucher_short: ({ voucher }) => msg`Not that much is left on voucher ${voucher}. Let it pay less, and take the rest with another tender.`,
});
wordRefusals({ no_reason: () => msg`Say why.` }, { of: ["give_voucher", "replace_voucher", "change_voucher"] });
