import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import {
  Amount,
  Button,
  type Column,
  EmptyHint,
  Filters,
  Grid,
  Page,
  Seal,
  SearchField,
  Select,
  Switch,
  writeFixed,
  writePhone,
  writePlain,
} from "../../design";
import { call, type MemberFilter, type MemberRow } from "../../host";
import { useAnswer } from "../../host/answers";
import { go, leave, useCommands, useKeys, useMay, useSearchState, useSession } from "../../shell";
import { Enrol } from "./Enrol";
import css from "./Members.module.css";
import { Profile } from "./Profile";
import "./refusals";

const usual = { q: "", rank: "", frozen: false, sponsor: "", sponsorName: "", by: "number", down: false, open: "" };

/** Columns that stay while someone is open beside the list. */
const beside: readonly string[] = ["number", "name", "phone", "rank", "sponsor", "net"];

/** Everyone who belongs to the shop: who brought them in, what they bought; one of them open beside the list. */
export default function Members() {
  const { t } = useLingui();
  const { shop } = useSession();
  const [state, change] = useSearchState(usual);
  const [typed, setTyped] = useState(state.q);
  const [count, setCount] = useState<number | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const words = useAnswer("member_words", null, { topics: ["members", "plan"], keep: true });

  const text = useDeferredValue(typed);
  const filter: MemberFilter = {
    search: text.trim(),
    rank: state.rank || null,
    level: null,
    sponsor: state.sponsor || null,
    frozen: state.frozen || null,
    sort: state.by,
    descending: state.down,
  };
  const narrowed = filter.search !== "" || filter.rank !== null || filter.sponsor !== null || filter.frozen === true;

  const columns = useMemo<Column<MemberRow>[]>(
    () => [
      { id: "number", title: t`Number`, width: "84px", sortable: true, cell: ({ number }) => number },
      {
        id: "name",
        title: t`Name`,
        width: "minmax(96px, 1fr)",
        sortable: true,
        cell: ({ card }) => (
          <span className={css.fold}>
            {card.name} {!card.active && <Seal tone="stop">{t`Frozen`}</Seal>}
          </span>
        ),
        copy: ({ card }) => card.name,
      },
      {
        id: "phone",
        title: t`Phone`,
        width: "112px",
        cell: ({ card }) => (card.phone ? writePhone(card.phone) : ""),
        copy: ({ card }) => card.phone,
      },
      { id: "rank", title: t`Distribution rank`, width: "100px", cell: ({ card }) => card.rank ?? "" },
      { id: "sponsor", title: t`Sponsor`, width: "76px", cell: ({ sponsor }) => sponsor?.name ?? "" },
      { id: "direct", title: t`Direct`, width: "56px", align: "end", sortable: true, cell: ({ direct }) => writeFixed(direct, 0) },
      {
        id: "purchases",
        title: t`Purchases`,
        width: "92px",
        align: "end",
        sortable: true,
        cell: ({ purchases }) => writeFixed(purchases, 0),
      },
      {
        id: "net",
        title: t`Net`,
        width: "100px",
        align: "end",
        sortable: true,
        cell: ({ net_minor }) => <Amount minor={net_minor} />,
        copy: ({ net_minor }) => writePlain(net_minor, shop.digits),
      },
    ],
    [t, shop.digits],
  );

  const done = useCallback((id: string) => change({ open: id }), [change]);
  const open = useCallback((id: string) => leave(() => done(id)), [done]);
  const close = useCallback(() => open(""), [open]);
  const enrol = useCallback(() => open("new"), [open]);
  const find = useCallback(() => search.current?.focus(), []);
  const mayGraph = useMay("manager");
  const graph = useCallback(() => go("/members/graph"), []);
  useKeys({ N: enrol, "/": find, Escape: state.open ? close : undefined });
  useCommands(
    useMemo(
      () => [
        { key: "new-member", text: t`New member`, also: "xinjian huiyuan 新建会员", keys: "N", act: enrol },
        { key: "find-member", text: t`Find a member`, also: "chazhao huiyuan 查找会员", keys: "/", act: find },
        ...(mayGraph
          ? [{ key: "graph", text: t`Distribution graph`, also: "fenxiao guanxi tupu 分销关系图谱 tree sponsors", act: graph }]
          : []),
      ],
      [t, enrol, find, mayGraph, graph],
    ),
  );

  const ranks = words.data?.ranks ?? [];
  const sponsorName = state.sponsorName;
  return (
    <Page
      title={t`Members`}
      note={count !== null && plural(count, { one: "# member", other: "# members" })}
      acts={
        <>
          <SearchField
            label={t`Find a member`}
            placeholder={t`Name, initials, number or phone`}
            keys="/"
            value={typed}
            onChange={(q) => {
              setTyped(q);
              change({ q });
            }}
            inputRef={search}
          />
          {mayGraph && <Button onPress={graph}>{t`Distribution graph`}</Button>}
          <Button kind="ink" keys="N" onPress={enrol}>
            {t`New member`}
          </Button>
        </>
      }
      side={
        state.open === "new" ? (
          <Enrol words={words.data} onClose={close} onDone={done} />
        ) : (
          state.open !== "" && (
            <Profile
              key={state.open}
              member={state.open}
              words={words.data}
              onClose={close}
              onOpen={open}
              onDownline={(sponsor, name) => {
                setTyped("");
                change({ q: "", rank: "", frozen: false, sponsor, sponsorName: name });
              }}
            />
          )
        )
      }
    >
      <Filters>
        <Select
          label={t`Distribution rank`}
          hideLabel
          options={[{ key: "", text: t`Every rank` }, ...ranks.map((name) => ({ key: name, text: name }))]}
          value={state.rank}
          onChange={(rank) => change({ rank })}
        />
        <Switch value={state.frozen} onChange={(frozen) => change({ frozen })}>{t`Frozen`}</Switch>
        {state.sponsor !== "" && (
          <Button pressed onPress={() => change({ sponsor: "", sponsorName: "" })}>{t`Sponsored by ${sponsorName} ×`}</Button>
        )}
      </Filters>
      <Grid
        label={t`Members`}
        name={["members", filter]}
        topics={["members", "sales"]}
        columns={state.open !== "" ? columns.filter((column) => beside.includes(column.id)) : columns}
        rowKey={(row) => row.member}
        fetch={(offset, limit) => call("members", { filter, window: { offset, limit } })}
        sort={{ by: state.by, descending: state.down }}
        onSort={({ by, descending }) => change({ by, down: descending })}
        current={state.open || null}
        onOpen={(row) => open(row.member)}
        onCount={setCount}
        autoFocus
        empty={
          narrowed ? (
            <EmptyHint>{t`No member fits. Loosen the filter or the search.`}</EmptyHint>
          ) : (
            <EmptyHint action={<Button keys="N" onPress={enrol}>{t`New member`}</Button>}>
              {t`There are no members yet. Enrol the first, or bring them in from a file under Import.`}
            </EmptyHint>
          )
        }
      />
    </Page>
  );
}
