import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  level_range: ({ level }) => msg`Level ${level} needs a name, a share up to 100 % and a multiplier of 0 or more.`,
  label_layout: ({ layout }) =>
    msg`${layout} is no layout of a label. It begins with two digits 20 to 29 and has 13 or 18 signs, such as 22IIIIIPPPPPC.`,
  tax_rate: ({ tax }) => msg`Tax class ${tax} has a rate past 100 %.`,
  tax_in_use: ({ tax }) => msg`Tax class ${tax} is on products still. Give them another class first.`,
  unknown_tender: ({ tender }) => msg`There is no tender ${tender}.`,
  last_owner: () => msg`The last owner cannot leave or become less. Make somebody else an owner first.`,
  no_sample: () => msg`This is no sample shop.`,
});

wordRefusals({ below_zero: () => msg`A figure in the settings cannot be below zero.` }, { of: ["save_settings"] });
