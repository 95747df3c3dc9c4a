import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({ not_found: () => msg`This was settled meanwhile, here or on another till.` }, { of: ["settle_task"] });
