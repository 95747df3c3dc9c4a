import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { Amount, Button, type Column, EmptyHint, Grid, Page, SearchField, writeFixed, writePhone, writePlain } from "../../design";
import { call, type MemberRow } from "../../host";
import { useAnswer } from "../../host/answers";
import { go, leave, useCommands, useKeys, useMay, useSearchState, useSession } from "../../shell";
import { Enrol } from "./Enrol";
import { filterOf, isNarrowed, usual } from "./groups";
import { ListMenu } from "./ListMenu";
import { MemberFilters } from "./MemberFilters";
import css from "./Members.module.css";
import { Profile } from "./Profile";
import { Standing } from "./Standing";
import "./refusals";

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
  const filter = filterOf(state, text.trim());
  const narrowed = isNarrowed(filter);

  const columns = useMemo<Column<MemberRow>[]>(
    () => [
      { id: "number", title: t`Number`, width: "84px", sortable: true, cell: ({ number }) => number },
      {
        id: "name",
        title: t`Name`,
        width: "minmax(96px, 1fr)",
        sortable: true,
        cell: (row) => (
          <span className={css.fold}>
            {row.card.name} <Standing row={row} />
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
      {
        id: "last",
        title: t`Last purchase`,
        width: "96px",
        sortable: true,
        cell: ({ last_bought }) => last_bought ?? "",
      },
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
  const groups = useCallback(() => go("/members/groups"), []);
  const messages = useCallback(() => go("/messages"), []);
  useKeys({ N: enrol, "/": find, Escape: state.open ? close : undefined });
  useCommands(
    useMemo(
      () => [
        { key: "new-member", text: t`New member`, also: "xinjian huiyuan 新建会员", keys: "N", act: enrol },
        { key: "find-member", text: t`Find a member`, also: "chazhao huiyuan 查找会员", keys: "/", act: find },
        ...(mayGraph
          ? [
              { key: "graph", text: t`Distribution graph`, also: "fenxiao guanxi tupu 分销关系图谱 tree sponsors", act: graph },
              { key: "groups", text: t`Groups`, also: "huiyuan fenqun 会员分群 RFM segments tags", act: groups },
              {
                key: "messages",
                text: t`Messages`,
                also: "xiaoxi tongzhi duanxin youjian 消息 通知 email sms wechat queue",
                act: messages,
              },
            ]
          : []),
      ],
      [t, enrol, find, mayGraph, graph, groups, messages],
    ),
  );

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
          {mayGraph && <Button onPress={groups}>{t`Groups`}</Button>}
          {mayGraph && <Button onPress={messages}>{t`Messages`}</Button>}
          {mayGraph && <ListMenu filter={filter} count={count ?? 0} words={words.data} />}
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
                change({ ...usual, open: state.open, by: state.by, down: state.down, sponsor, sponsorName: name });
              }}
            />
          )
        )
      }
    >
      <MemberFilters
        state={state}
        words={words.data}
        change={change}
        onView={(part) => {
          setTyped(part.q ?? "");
          change({ ...part, open: state.open });
        }}
      />
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
