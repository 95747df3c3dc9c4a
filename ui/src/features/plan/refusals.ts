import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  not_a_plan: ({ path, reason }) => msg`This text is no plan. At ${path}: ${reason}`,
  other_currency: ({ currency, shop }) =>
    msg`The plan is written for ${currency}, the shop reckons in ${shop}. Open it as a file, and its amounts count as ${shop}.`,
  not_simulated: () => msg`Run this plan on a past month first and look at the result.`,
  no_sales: ({ month }) => msg`There are no sales in ${month}.`,
  cannot_run: ({ reason }) => msg`The plan cannot be run on this month: ${reason}`,
  stopped: () => msg`Stopped.`,
  negative: ({ amount }) => msg`${amount} cannot be below zero.`,
  too_early: ({ date, earliest }) =>
    msg`${date} is too early: sales of that day may have been paid already. The earliest day is ${earliest}.`,
  blocked: ({ reason }) => msg`This plan cannot take effect: ${reason}.`,
  not_acknowledged: ({ reason }) => msg`Type first why you accept this: ${reason}.`,
});

wordRefusals({ date_shape: () => msg`Choose the first day of the plan.` }, { of: ["activate_plan"] });
