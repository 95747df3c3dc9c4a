import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { Button, KeyCap, notify, Page, Sheet } from "../../design";
import { chooseTarget } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, keyTable, useKeys, useSearchState } from "../../shell";
import { bookOf } from "./book";
import css from "./Handbook.module.css";
import { type Block, blocksOf, type Span } from "./markdown";
import { type PageName, pageFor, pages, pictureAt, textOf } from "./pages";

/** `page` is the page itself; `of` the address of the screen whose page is wanted. */
const usual = { page: "", of: "" };

/** The user's handbook: tasks, in the language of the window. F1 opens the page of the screen one is on. */
export default function Handbook() {
  const { t, i18n } = useLingui();
  const [state, change] = useSearchState(usual);
  const page = pages.find((one) => one === state.page) ?? pageFor(state.of);
  const found = useQuery({
    queryKey: ["handbook", page, i18n.locale],
    queryFn: () => textOf(page, i18n.locale),
    placeholderData: (before) => before,
  });
  const blocks = useMemo(() => blocksOf(found.data ?? ""), [found.data]);
  const text = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top.
  useEffect(() => {
    text.current?.focus();
    text.current?.scrollIntoView({ block: "start" });
  }, [page]);
  const names: Record<PageName, string> = {
    start: t`First steps`,
    sell: t`Sell`,
    returns: t`Give money back`,
    day: t`The drawer and the day's end`,
    products: t`Products and stock`,
    members: t`Members`,
    points: t`Points`,
    levels: t`Member levels`,
    messages: t`Messages to members`,
    graph: t`Distribution graph`,
    balance: t`Stored value`,
    vouchers: t`Vouchers`,
    plan: t`The plan`,
    month: t`The month's commission`,
    payouts: t`Pay commission out`,
    import: t`Bring in your data`,
    people: t`People, PINs and roles`,
    data: t`Keep the books safe`,
    tills: t`Several tills`,
    move: t`A new computer`,
  };
  const turnTo = (to: PageName) => change({ page: to });
  useKeys({ Escape: () => window.history.back() });
  const turnToFile = (file: string) => {
    const to = pages.find((one) => file === `${one}.md`);
    if (to) turnTo(to);
  };
  const press = useDeed("press_handbook", ({ path }) => notify({ text: t`Saved: ${path}` }));
  const save = async () => {
    if (press.isPending) return;
    const title = t`Banyan: the handbook`;
    const path = await chooseTarget({ title: t`Save the handbook`, kinds: [{ name: "PDF", extensions: ["pdf"] }], name: "Banyan.pdf" });
    if (!path) return;
    const language = i18n.locale === "en" ? "en" : "zh-CN";
    const card = {
      title: t`Keyboard card`,
      head: [t`Key`, t`What it does`] as const,
      rows: keyTable.map((row) => [row.keys, i18n._(row.name)] as const),
    };
    press.mutate({ path, language, book: await bookOf(i18n.locale, { title, contents: t`In this book`, card }) });
  };
  useKeys({ "Alt+P": save });
  return (
    <Page
      title={t`Handbook`}
      note={names[page]}
      acts={<Button keys="Alt+P" busy={press.isPending} onPress={save}>{t`All of it as PDF`}</Button>}
      strip={<FailureStrip failure={press.error} />}
    >
      <div className={css.body}>
        <nav className={css.pages} aria-label={t`Pages of the handbook`}>
          {pages.map((one) => (
            <button
              key={one}
              type="button"
              className={css.page}
              aria-current={one === page ? "page" : undefined}
              onClick={() => turnTo(one)}
            >
              {names[one]}
            </button>
          ))}
        </nav>
        <Sheet narrow>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text longer than the window is scrolled by keys, so it takes the focus. */}
          <article ref={text} className={css.text} data-selectable="" tabIndex={0} aria-label={names[page]}>
            {blocks.map((block, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a page has its blocks in a fixed order.
              <Piece key={at} block={block} onLink={turnToFile} />
            ))}
          </article>
        </Sheet>
      </div>
    </Page>
  );
}

function Piece({ block, onLink }: { block: Block; onLink: (file: string) => void }) {
  const words = (spans: readonly Span[]) => <Words spans={spans} onLink={onLink} />;
  switch (block.kind) {
    case "heading":
      return block.level === 1 ? (
        <h2 className={css.title}>{words(block.spans)}</h2>
      ) : (
        <h3 className={css.heading}>{words(block.spans)}</h3>
      );
    case "paragraph":
      return <p>{words(block.spans)}</p>;
    case "list": {
      // biome-ignore lint/suspicious/noArrayIndexKey: a list has its items in a fixed order.
      const items = block.items.map((item, at) => <li key={at}>{words(item)}</li>);
      return block.numbered ? <ol className={css.list}>{items}</ol> : <ul className={css.list}>{items}</ul>;
    }
    case "table":
      return (
        <table className={css.table}>
          <thead>
            <tr>
              {block.head.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a table has its columns in a fixed order.
                <th key={at} scope="col">
                  {words(cell)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: and its rows.
              <tr key={at}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                  <td key={column}>{words(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case "picture": {
      const source = pictureAt(block.path);
      return source ? <img className={css.picture} src={source} alt={block.text} /> : null;
    }
  }
}

function Words({ spans, onLink }: { spans: readonly Span[]; onLink: (file: string) => void }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a line has its words in a fixed order.
  return spans.map((span, at) => <Word key={at} span={span} onLink={onLink} />);
}

function Word({ span, onLink }: { span: Span; onLink: (file: string) => void }) {
  switch (span.kind) {
    case "text":
      return span.text;
    case "bold":
      return <strong>{span.text}</strong>;
    case "italic":
      return <span className={css.place}>{span.text}</span>;
    case "key":
      return <KeyCap keys={span.text} />;
    case "link":
      return (
        <button type="button" className={css.link} onClick={() => onLink(span.to)}>
          {span.text}
        </button>
      );
  }
}
