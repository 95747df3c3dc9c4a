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
  place_taken: ({ by }) => msg`${by} stands at this place already. Choose the other leg, or a place further down.`,
  place_below: ({ under, member }) => msg`${under} stands below ${member} in the binary tree. Choose a place outside it.`,
  place_unknown: () => msg`This member is no longer in the books. Choose another to stand under.`,
  placed_meanwhile: () => msg`Somebody changed the place meanwhile. Look at it again, then change it.`,
  place_reason: () => msg`Say why the place changes: the reason is kept with it.`,
  unknown_rank: ({ rank }) => msg`The plan in force has no rank ${rank}.`,
});

wordRefusals(
  {
    no_points: () => msg`Say how many points, below zero to take them.`,
    too_many_points: ({ most }) => msg`That is more than ${most} at once. Look at the figure again.`,
    points_reason: () => msg`Say why. The reason stands in the member's statement.`,
    more_than_held: ({ held }) => msg`Only ${held} points are there to be taken. Take fewer.`,
  },
  { of: ["give_points"] },
);

wordRefusals({
  birthday_shape: ({ birthday }) => msg`“${birthday}” is no birthday. Month and day such as 05-21, or with the year before them.`,
  no_sign_in: () => msg`Coming by earns nothing here. The owner sets it under Settings, Points.`,
  sign_in_frozen: () => msg`This member is frozen, and does not sign in.`,
  already_here: ({ streak }) => msg`Signed in today already: day ${streak} in a row.`,
});

wordRefusals({
  award_nothing: () => msg`This earns nothing here. The owner sets it under Settings, Points.`,
  award_frozen: () => msg`This member is frozen, and earns nothing.`,
  award_no_purchase: () =>
    msg`No purchase can be reviewed now: its goods may still come back, it was reviewed already, or it is longer ago than three months.`,
  award_today: () => msg`Sharing was counted today already. It counts again tomorrow.`,
});
wordRefusals({
  grant_reason: () => msg`Say why the level is given. The reason stands in its history.`,
  grant_unknown: ({ level }) => msg`The shop has no level ${level} any more. Choose another.`,
  grant_day: ({ until }) => msg`${until} is over already, or no day. Choose a later one, or leave it empty.`,
  growth_gives_more: ({ growth, level }) => msg`A growth of ${growth} gives ${level} by itself. Choose that level or a higher one.`,
  level_by_growth: () => msg`Levels follow from growth here. Give this one under Member level, with its reason.`,
});

wordRefusals(
  { shape: ({ most }) => msg`A tag is one word or a few, at most ${most} signs, without commas.` },
  { of: ["tag_member", "tag_group"] },
);
wordRefusals({
  view_name: () => msg`Give the view a name of at most 40 signs.`,
  too_many_views: ({ most }) => msg`${most} views are kept already. Forget one first.`,
  group_terms: () =>
    msg`The groups do not hold together: days are 1 to 3,660, sleeping lasts longer than active, often and for much are above zero, and bands rise.`,
});
wordRefusals({ date_shape: ({ date }) => msg`“${date}” is no day. Choose the day of joining.` }, { of: ["enrol_member"] });
wordRefusals({
  bind_nobody: () => msg`Sponsors are not named at the till here. Ask a manager to give this member one.`,
  bind_enrolment: () => msg`A sponsor is named on enrolment here. Ask a manager to give this member one.`,
  bind_bought: () => msg`A sponsor is named before the first purchase here. Ask a manager to give this member one.`,
  bind_taken: () => msg`This member has a sponsor already. Only a manager moves a member, with a reason.`,
  bind_protected: ({ until }) => msg`This member's sponsor is protected up to and on ${until}. Until then only a manager moves the member.`,
});
wordRefusals({
  merge_self: () => msg`This is one and the same card. Choose the other one.`,
  merge_reason: () => msg`Say why. The reason stands in the history of both cards.`,
  merge_erased: ({ number }) => msg`The personal data of ${number} were erased. It cannot be merged.`,
  merge_done: ({ number, by }) => msg`${number} was merged into ${by} before. Choose ${by}.`,
});
wordRefusals({
  erase_reason: () => msg`Say why. The reason stays in the books; name nobody in it.`,
  erase_number: ({ number }) => msg`Type ${number} to be sure that it is this member.`,
  member_erased: ({ day }) => msg`The personal data of this member were erased on ${day}. Nothing personal is kept of them any more.`,
  erase_owing: () =>
    msg`The shop and this member are not even yet. Bring stored value, points and commission on this page to nothing first: refund, take back, pay out.`,
  erase_pending: () => msg`Commission of this member waits for the close of its month. Close the month and pay it out first.`,
});
