import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals(
  { no_amount: () => msg`Type an amount above zero.` },
  { of: ["request_payout", "register_payout", "payables", "member_payouts"] },
);
wordRefusals({
  more_than_payable: () => msg`That is more than is payable. Look at the amount again.`,
  below_minimum: () => msg`Below the least that the shop pays out. It stays payable until it is enough.`,
  above_maximum: () => msg`Above the most that the shop pays out at once. Ask for less.`,
  not_today: ({ days }) => msg`Payouts are asked for on these days of the month: ${days}. The owner changes them in the settings.`,
  in_debt: () => msg`Returns took more than was earned. The debt is netted from what is earned next; until then nothing is paid out.`,
  held_for_review: ({ reason }) => msg`This member's amounts are held back: ${reason}`,
  no_channel: ({ channel }) => msg`There is no channel ${channel}. Choose another for this member, or add it in the settings.`,
  no_payee: () => msg`Nobody said where the money goes. Fill in account and holder on the member's page.`,
  no_identity: () => msg`The tax wants the number of an identity document. Fill it in on the member's page.`,
  fee_takes_all: () => msg`The fee would take the whole amount. Ask for more.`,
  no_whole_point: () => msg`That is too little for one point. Ask for more.`,
  spent_already: ({ number }) => msg`The stored value of payout ${number} was spent already. What is spent cannot come back.`,
  stays_here: ({ channel }) => msg`${channel} stays in the shop: it is not sent, not paid outside, and points do not become money again.`,
  moved_on: ({ number }) => msg`Payout ${number} went on meanwhile. Look where it stands now.`,
  may_not_approve: () => msg`Your role does not approve payouts. The owner sets who does.`,
  second_person: ({ number }) => msg`Payout ${number} needs a second person: somebody else approves it too.`,
  payout_reason: () => msg`Write why.`,
});
