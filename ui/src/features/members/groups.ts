/** The groups of members in words: what each is called, and who is in it. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { GroupTerms, MemberFilter, MemberGroup } from "../../host";

export const groupNames: Record<MemberGroup, MessageDescriptor> = {
  new: msg`New`,
  active: msg`Active`,
  sleeping: msg`Sleeping`,
  lost: msg`Lost`,
  never: msg`Never bought`,
  birthday: msg`Birthday this month`,
  unredeemed: msg`Never spent points`,
  champion: msg`Best customers`,
  promising: msg`Big spenders to win over`,
  keep: msg`Best customers fading`,
  win_back: msg`Big spenders lost`,
  loyal: msg`Regulars`,
  fresh: msg`Newly won`,
  fading: msg`Regulars fading`,
  passing: msg`Passing customers`,
};

/** The life of a customer, and what stands beside it. */
export const LIFE: readonly MemberGroup[] = ["new", "active", "sleeping", "lost", "never", "birthday", "unredeemed"];

/** Lately, often, for much: the eight answers. */
export const RFM: readonly MemberGroup[] = ["champion", "promising", "keep", "win_back", "loyal", "fresh", "fading", "passing"];

/** Who is in a group of a customer's life. */
export function lifeWords(group: MemberGroup, terms: GroupTerms): MessageDescriptor | null {
  const { new_days, active_days, sleeping_days } = terms;
  switch (group) {
    case "new":
      return msg`joined within ${new_days} days`;
    case "active":
      return msg`bought within ${active_days} days`;
    case "sleeping":
      return msg`last bought ${active_days} to ${sleeping_days} days ago`;
    case "lost":
      return msg`last bought more than ${sleeping_days} days ago`;
    case "unredeemed":
      return msg`bought, and never spent points`;
    default:
      return null;
  }
}

/** Whether a group of RFM bought lately, often and for much. */
export const rfmOf: Partial<Record<MemberGroup, readonly [boolean, boolean, boolean]>> = {
  champion: [true, true, true],
  promising: [true, false, true],
  keep: [false, true, true],
  win_back: [false, false, true],
  loyal: [true, true, false],
  fresh: [true, false, false],
  fading: [false, true, false],
  passing: [false, false, false],
};

/** What the member list remembers in its address. */
export const usual = {
  q: "",
  rank: "",
  level: "",
  group: "",
  tag: "",
  from: "",
  below: "",
  frozen: false,
  sponsor: "",
  sponsorName: "",
  by: "number",
  down: false,
  open: "",
};
export type ListState = typeof usual;

const isGroup = (word: string): word is MemberGroup => word in groupNames;
const figure = (word: string): number | null => (/^\d+$/.test(word) ? Number(word) : null);

/** The filter that the books are asked with. */
export const filterOf = (state: ListState, search: string): MemberFilter => ({
  search,
  rank: state.rank || null,
  level: state.level || null,
  group: isGroup(state.group) ? state.group : null,
  tags: state.tag ? [state.tag] : [],
  spent_from_minor: figure(state.from),
  spent_below_minor: figure(state.below),
  sponsor: state.sponsor || null,
  frozen: state.frozen || null,
  sort: state.by,
  descending: state.down,
});

/** The list as a kept view shows it. */
export const stateOf = (filter: MemberFilter): Partial<ListState> => ({
  ...usual,
  q: filter.search,
  rank: filter.rank ?? "",
  level: filter.level ?? "",
  group: filter.group ?? "",
  tag: filter.tags[0] ?? "",
  from: filter.spent_from_minor === null ? "" : String(filter.spent_from_minor),
  below: filter.spent_below_minor === null ? "" : String(filter.spent_below_minor),
  sponsor: filter.sponsor ?? "",
  frozen: filter.frozen ?? false,
  by: filter.sort ?? "number",
  down: filter.descending,
});

/** True where the list does not show everybody. */
export const isNarrowed = ({ search, rank, level, group, tags, spent_from_minor, spent_below_minor, sponsor, frozen }: MemberFilter) =>
  search !== "" ||
  tags.length > 0 ||
  frozen === true ||
  [rank, level, group, spent_from_minor, spent_below_minor, sponsor].some((one) => one !== null);
