import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals(
  {
    no_delivery: () => msg`Nothing is delivered with money given back: save the credit note instead.`,
    no_receipt: () => msg`This document was brought in from an earlier system; it has no receipt here.`,
  },
  { of: ["press_sale"] },
);
