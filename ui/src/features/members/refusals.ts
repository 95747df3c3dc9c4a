import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  phone_shape: ({ phone }) => msg`${phone} is no telephone number. Enter digits, with + and the country's code where it is abroad.`,
  phone_taken: ({ phone, by }) => msg`${phone} belongs to ${by} already.`,
  number_taken: ({ number, by }) => msg`Number ${number} belongs to ${by}. Leave it empty to take the next free one.`,
  unknown_sponsor: () => msg`This sponsor is no longer in the books. Choose another.`,
  cycle: ({ sponsor, member, path }) =>
    msg`${sponsor} stands below ${member} (${path}). Nobody can be sponsored from their own downline. Choose someone outside it.`,
  moved_meanwhile: () => msg`Somebody changed the sponsor meanwhile. Look at the chain again, then move.`,
  rank_reason: () => msg`The plan works ranks out by itself. Say why this one is given by hand.`,
  unknown_rank: ({ rank }) => msg`The plan in force has no rank ${rank}.`,
});

wordRefusals({ date_shape: ({ date }) => msg`“${date}” is no day. Choose the day of joining.` }, { of: ["enrol_member"] });
