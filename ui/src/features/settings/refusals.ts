import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  tax_rate: ({ tax }) => msg`Tax class ${tax} has a rate past 100 %.`,
  tax_in_use: ({ tax }) => msg`Tax class ${tax} is on products still. Give them another class first.`,
  unknown_tender: ({ tender }) => msg`There is no tender ${tender}.`,
  last_owner: () => msg`The last owner cannot leave or become less. Make somebody else an owner first.`,
  no_sample: () => msg`This is no sample shop.`,
});

wordRefusals({ below_zero: () => msg`A figure in the settings cannot be below zero.` }, { of: ["save_settings"] });
