import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  levels: () => msg`A plan pays between 1 and 10 levels.`,
  table: () => msg`Every rank needs a rate at every level.`,
  rate: ({ rate }) => msg`“${rate}” is no percentage between 0 and 100 with at most four decimals.`,
  rank_name: () => msg`Ranks need names, each its own.`,
  not_a_plan: ({ path, reason }) => msg`This text is no plan. At ${path}: ${reason}`,
  too_early: ({ date, earliest }) =>
    msg`${date} is too early: sales of that day may have been paid already. The earliest day is ${earliest}.`,
  blocked: ({ reason }) => msg`This plan cannot take effect: ${reason}.`,
  not_acknowledged: ({ reason }) => msg`Tick first that you accept this: ${reason}.`,
});

wordRefusals({ date_shape: () => msg`Choose the first day of the plan.` }, { of: ["activate_plan"] });
