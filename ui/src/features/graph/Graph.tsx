import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button, Combo, EmptyHint, Filters, type Hit, Menu, Page, Select, writeMonth, writePhone } from "../../design";
import { call, type GraphNode, type MemberHit, type OverviewBy } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip, go, useKeys, useSearchState } from "../../shell";
import css from "./Graph.module.css";
import { LineageView } from "./LineageView";
import { monthsOf, yearsOf } from "./months";
import { OverviewView } from "./OverviewView";
import { TreeGrid } from "./TreeGrid";
import { pathOf } from "./tree";
import { useBranchFile } from "./useBranchFile";
import { useTree } from "./useTree";

const usual = { view: "tree", at: "", months: "", by: "people" };
type View = "tree" | "lineage" | "overview";

const asHit = (hit: MemberHit): Hit => ({
  key: hit.member,
  text: hit.name,
  more: [hit.number, hit.phone && writePhone(hit.phone)].filter(Boolean).join(" · "),
});
const find = async (text: string) => (await call("find_members", text)).map(asHit);

/** Who brought whom, and what every branch bought and earned: as a tree, as one member's lineage, and as a picture of the shop. */
export default function Graph() {
  const { t, i18n } = useLingui();
  const [state, change] = useSearchState(usual);
  const [failed, setFailed] = useState<unknown>(null);
  // The row on which the keys act: a member, or the rest of a branch, which is nobody.
  const [cursor, setCursor] = useState(state.at);
  const list = useAnswer("months", null, { topics: ["month", "sales"] }).data ?? [];
  const months = monthsOf(state.months);
  const tree = useTree(months);
  const file = useBranchFile(state.at, months);
  const view = state.view as View;
  const { jump } = tree;

  const show = useCallback(
    (member: string) => {
      setFailed(null);
      setCursor(member);
      change({ at: member });
      jump(member).catch(setFailed);
    },
    [change, jump],
  );
  const here = (key: string) => {
    setCursor(key);
    if (tree.rows.some((one) => one.key === key && one.kind === "node")) change({ at: key });
  };
  // An address that names somebody opens the way down to them.
  const arrived = useRef(false);
  useEffect(() => {
    if (arrived.current) return;
    arrived.current = true;
    if (state.at) jump(state.at).catch(setFailed);
  }, [state.at, jump]);
  const lookAt = (next: View) => () => change({ view: next });
  useKeys({ "Alt+T": lookAt("tree"), "Alt+L": lookAt("lineage"), "Alt+O": lookAt("overview") });

  const options = [
    { key: "", text: t`All months` },
    ...yearsOf(list).map((year) => ({ key: year, text: year })),
    ...list.map((month) => ({ key: month, text: writeMonth(month, i18n.locale) })),
  ];
  const views: { key: View; text: string; keys: string }[] = [
    { key: "tree", text: t`Tree`, keys: "Alt+T" },
    { key: "lineage", text: t`Lineage`, keys: "Alt+L" },
    { key: "overview", text: t`Overview`, keys: "Alt+O" },
  ];
  return (
    <Page
      title={t`Distribution graph`}
      acts={
        <>
          <Button onPress={() => go("/members", state.at ? { open: state.at } : {})}>{state.at ? t`Profile` : t`Members`}</Button>
          <Menu
            label={state.at ? t`Save branch as…` : t`Save as…`}
            items={[
              { key: "xlsx", text: t`Save as Excel…`, act: () => file.save("xlsx") },
              { key: "csv", text: t`Save as CSV…`, act: () => file.save("csv") },
            ]}
          >
            {state.at ? t`Save branch as…` : t`Save as…`}
          </Menu>
        </>
      }
      strip={<FailureStrip failure={failed ?? file.failure ?? tree.failure} />}
    >
      <Filters>
        {views.map(({ key, text, keys }) => (
          <Button key={key} pressed={view === key} keys={keys} onPress={lookAt(key)}>
            {text}
          </Button>
        ))}
        <Select label={t`Period`} options={options} value={state.months} onChange={(next) => change({ months: next })} />
        <Combo
          label={t`Go to a member`}
          chosen={null}
          onChoose={(hit) => hit && show(hit.key)}
          search={find}
          none={t`Nobody is found.`}
          placeholder={t`Name, initials, number or phone`}
        />
        {view === "overview" && (
          <Select<OverviewBy>
            label={t`Width`}
            options={[
              { key: "people", text: t`Members` },
              { key: "sales", text: t`Purchases` },
            ]}
            value={state.by as OverviewBy}
            onChange={(by) => change({ by })}
          />
        )}
      </Filters>
      <Way path={pathOf(tree.rows, state.at)} onGo={show} onTop={() => change({ at: "" })} />
      {view === "tree" &&
        (tree.rows.length === 0 && !tree.waiting ? (
          <EmptyHint>{t`There are no members yet.`}</EmptyHint>
        ) : (
          <TreeGrid
            rows={tree.rows}
            waiting={tree.waiting}
            here={cursor}
            onHere={here}
            onUnfold={tree.unfold}
            onFold={tree.fold}
            onMore={tree.more}
            onOpen={(at) => change({ at, view: "lineage" })}
          />
        ))}
      {view === "lineage" && <LineageView member={state.at} months={months} onOpen={show} />}
      {view === "overview" && <OverviewView member={state.at} months={months} by={state.by as OverviewBy} onOpen={show} />}
    </Page>
  );
}

/** The path of commission: what someone at its end buys is paid up along it. */
function Way({ path, onGo, onTop }: { path: readonly GraphNode[]; onGo: (member: string) => void; onTop: () => void }) {
  const { t } = useLingui();
  return (
    <nav aria-label={t`Path of commission`} className={css.way}>
      <ol>
        <li>
          <button type="button" className={css.link} onClick={onTop} aria-current={path.length === 0 ? "page" : undefined}>
            {t`Whole shop`}
          </button>
        </li>
        {path.map((node, place) => (
          <li key={node.member}>
            <button
              type="button"
              className={css.link}
              aria-current={place === path.length - 1 ? "page" : undefined}
              onClick={() => onGo(node.member)}
            >
              {node.name}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
