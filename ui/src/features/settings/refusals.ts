import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  level_growth: ({ level }) => msg`The growth of ${level} needs figures of 0 or more, and at least 1 to reach it.`,
  level_twice: ({ level, other }) => msg`${level} and ${other} ask for the same growth. Give one of them another figure.`,
  level_range: ({ level }) => msg`Level ${level} needs a name, a share up to 100 % and a multiplier of 0 or more.`,
  label_layout: ({ layout }) =>
    msg`${layout} is no layout of a label. It begins with two digits 20 to 29 and has 13 or 18 signs, such as 22IIIIIPPPPPC.`,
  tax_rate: ({ tax }) => msg`Tax class ${tax} has a rate past 100 %.`,
  tax_in_use: ({ tax }) => msg`Tax class ${tax} is on products still. Give them another class first.`,
  unknown_tender: ({ tender }) => msg`${tender} is no code of a tender: one to sixteen small letters, digits and low lines.`,
  tender_twice: ({ tender }) => msg`Tender ${tender} stands twice. Give one of them another code.`,
  bonus_steps: () => msg`Each bonus begins at an amount of its own, above zero.`,
  tender_name: () => msg`A tender of your own needs a name.`,
  tender_key: ({ key }) => msg`Alt+${key} takes two tenders. Choose another key for one of them.`,
  no_tender: () => msg`At least one tender must be offered.`,
  too_many_tenders: ({ most }) => msg`There is room for ${most} tenders.`,
  points_terms: () => msg`The terms of points do not hold together. Look at how long they last and what is given for coming by.`,
  points_campaign: ({ name }) => msg`The campaign ${name} needs a name, a first and a last day in order, and 100 to 1000 %.`,
  binding_terms: () => msg`Days of binding are 0 to 3,660.`,
  risk_terms: () => msg`The rules of the review need shares from 0 to 100 %, at most 28 days, and figures of 0 or more.`,
  risk_address: ({ address }) =>
    msg`${address} is no address that begins with https://. Only a service in the shop's own network may be asked without it.`,
  risk_secret: () => msg`Type a secret of 16 signs or more; the service needs the same one.`,
  risk_away: ({ reason }) =>
    msg`The service did not answer as agreed, so it was not kept. Look at its address and the secret. It said: ${reason}`,
  payout_terms: () =>
    msg`The terms of payouts do not hold together. Look at bounds, days and channels; a channel that gives points wants to know how many, and a shop with points.`,
  last_owner: () => msg`The last owner cannot leave or become less. Make somebody else an owner first.`,
  no_sample: () => msg`This is no sample shop.`,
});

wordRefusals({ below_zero: () => msg`A figure in the settings cannot be below zero.` }, { of: ["save_settings"] });
