import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  unreadable: ({ reason }) => msg`The file cannot be read: ${reason}`,
  not_mapped: () => msg`Some columns that must be there are not chosen yet.`,
});
