import { useLingui } from "@lingui/react/macro";
import { Button, Filters, Select, Switch, useCurrency, writeFixed } from "../../design";
import type { MemberWords } from "../../host";
import { useAnswer } from "../../host/answers";
import { groupNames, LIFE, type ListState, RFM, stateOf } from "./groups";

interface FiltersProps {
  state: ListState;
  words: MemberWords | undefined;
  change: (part: Partial<ListState>) => void;
  /** A kept view also brings its search back. */
  onView: (part: Partial<ListState>) => void;
}

/** What narrows the member list: group, spending, level, rank, tag, and the views that were kept. */
export function MemberFilters({ state, words, change, onView }: FiltersProps) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const settings = useAnswer("settings", null, { topics: ["settings"], keep: true });
  const views = settings.data?.member_views ?? {};
  const bands = settings.data?.groups.bands ?? [];
  const money = (minor: number) => writeFixed(minor, digits).replace(/[.,]0+$/, "");
  const edges = ["", ...bands.map(String)];
  const band = (from: string, at: number) => {
    const below = edges[at + 1];
    const low = money(Number(from));
    const high = money(Number(below ?? 0));
    if (from === "") return t`Spent less than ${high}`;
    return below === undefined ? t`Spent ${low} or more` : t`Spent ${low} to ${high}`;
  };
  const all = (text: string) => ({ key: "", text });
  const named = (names: readonly string[]) => names.map((name) => ({ key: name, text: name }));
  const sponsorName = state.sponsorName;
  return (
    <Filters>
      {Object.keys(views).length > 0 && (
        <Select
          label={t`Kept view`}
          hideLabel
          options={named(Object.keys(views))}
          value={null}
          placeholder={t`Kept views`}
          onChange={(name) => {
            const view = views[name];
            if (view) onView(stateOf(view));
          }}
        />
      )}
      <Select
        label={t`Group`}
        hideLabel
        options={[all(t`Every group`), ...[...LIFE, ...RFM].map((group) => ({ key: group as string, text: i18n._(groupNames[group]) }))]}
        value={state.group}
        onChange={(group) => change({ group })}
      />
      {bands.length > 0 && (
        <Select
          label={t`Spending`}
          hideLabel
          options={[
            { key: "-", text: t`Any spending` },
            ...edges.map((from, at) => ({ key: `${from}-${edges[at + 1] ?? ""}`, text: band(from, at) })),
          ]}
          value={`${state.from}-${state.below}`}
          onChange={(key) => {
            const [from = "", below = ""] = key.split("-");
            change({ from, below });
          }}
        />
      )}
      {(words?.levels.length ?? 0) > 0 && (
        <Select
          label={t`Member level`}
          hideLabel
          options={[all(t`Every level`), ...named(words?.levels ?? [])]}
          value={state.level}
          onChange={(level) => change({ level })}
        />
      )}
      <Select
        label={t`Distribution rank`}
        hideLabel
        options={[all(t`Every rank`), ...named(words?.ranks ?? [])]}
        value={state.rank}
        onChange={(rank) => change({ rank })}
      />
      {(words?.tags.length ?? 0) > 0 && (
        <Select
          label={t`Tag`}
          hideLabel
          options={[all(t`Every tag`), ...named(words?.tags ?? [])]}
          value={state.tag}
          onChange={(tag) => change({ tag })}
        />
      )}
      <Switch value={state.frozen} onChange={(frozen) => change({ frozen })}>{t`Frozen`}</Switch>
      {state.sponsor !== "" && (
        <Button pressed onPress={() => change({ sponsor: "", sponsorName: "" })}>{t`Sponsored by ${sponsorName} ×`}</Button>
      )}
    </Filters>
  );
}
