import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Check as CheckSign } from "lucide-react";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import {
  Amount,
  Button,
  type Column,
  EmptyHint,
  Filters,
  Grid,
  notify,
  Page,
  Qty,
  Seal,
  SearchField,
  Select,
  Switch,
  writePlain,
  writeQty,
} from "../../design";
import { call, type ProductFilter, type ProductRow, type StockList } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, leave, useCommands, useKeys, useMay, useSearchState, useSession } from "../../shell";
import { Labels } from "./Labels";
import labels from "./Labels.module.css";
import { ProductSheet } from "./ProductSheet";
import css from "./Products.module.css";
import "./refusals";

/** Columns that stay while a card is open beside the list. */
const beside: readonly string[] = ["mark", "code", "name", "barcode", "price", "stock"];

const usual = { q: "", category: "", out: false, list: "", archived: false, by: "code", down: false };

/** Everything the shop sells, with what lies on the shelf; the card of one beside it. */
export default function Products() {
  const { t } = useLingui();
  const { shop } = useSession();
  const mayEdit = useMay("manager");
  const [state, change] = useSearchState(usual);
  const [typed, setTyped] = useState(state.q);
  const [open, setOpen] = useState<ProductRow | "new" | null>(null);
  const [count, setCount] = useState<number | null>(null);
  const [marked, setMarked] = useState<readonly ProductRow[]>([]);
  const [labelling, setLabelling] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const categories = useAnswer("categories", null, { topics: ["products"], keep: true });
  const archive = useDeed("archive_product");

  const text = useDeferredValue(typed);
  const filter: ProductFilter = {
    search: text.trim(),
    category: state.category || null,
    archived: state.archived,
    out_of_stock: state.out,
    ...(state.list === "" ? {} : { list: state.list as StockList }),
    sort: state.by,
    descending: state.down,
  };
  const narrowed = filter.search !== "" || filter.category !== null || filter.out_of_stock || filter.list !== undefined || filter.archived;

  const mark = useCallback(
    (row: ProductRow) =>
      setMarked((old) =>
        old.some((one) => one.product === row.product) ? old.filter((one) => one.product !== row.product) : [...old, row],
      ),
    [],
  );
  // Without a mark the labels are those of the product that is open.
  const wanted = marked.length > 0 ? marked : open !== null && open !== "new" ? [open] : [];
  const label = useCallback(() => setLabelling(true), []);

  const columns = useMemo<Column<ProductRow>[]>(
    () => [
      {
        id: "mark",
        title: t`Label`,
        width: "52px",
        cell: (row) => {
          const on = marked.some((one) => one.product === row.product);
          const { name } = row.card;
          return (
            <button
              type="button"
              tabIndex={-1}
              className={labels.mark}
              aria-pressed={on}
              aria-label={t`Label for ${name}`}
              onClick={(event) => {
                event.stopPropagation();
                mark(row);
              }}
            >
              {on && <CheckSign size={14} aria-hidden="true" />}
            </button>
          );
        },
        copy: () => null,
      },
      { id: "code", title: t`Code`, width: "88px", sortable: true, cell: ({ card }) => card.code },
      {
        id: "name",
        title: t`Product name`,
        width: "minmax(140px, 1fr)",
        sortable: true,
        cell: ({ card, archived }) => (
          <span className={css.fold}>
            {card.name} {archived && <Seal tone="note">{t`Archived`}</Seal>}
          </span>
        ),
        copy: ({ card }) => card.name,
      },
      { id: "barcode", title: t`Barcode`, width: "116px", cell: ({ card }) => card.barcode ?? "" },
      { id: "category", title: t`Category`, width: "96px", sortable: true, cell: ({ card }) => card.category ?? "" },
      {
        id: "price",
        title: t`Price`,
        width: "84px",
        align: "end",
        sortable: true,
        cell: ({ card }) => <Amount minor={card.price_minor} />,
        copy: ({ card }) => writePlain(card.price_minor, shop.digits),
      },
      {
        id: "cost",
        title: t`Cost`,
        width: "84px",
        align: "end",
        sortable: true,
        cell: ({ card }) => (card.cost_minor === null ? "" : <Amount minor={card.cost_minor} />),
        copy: ({ card }) => (card.cost_minor === null ? "" : writePlain(card.cost_minor, shop.digits)),
      },
      {
        id: "stock",
        title: t`Stock`,
        width: "72px",
        align: "end",
        sortable: true,
        cell: ({ stock_milli }) => <Qty milli={stock_milli} />,
        copy: ({ stock_milli }) => writeQty(stock_milli),
      },
    ],
    [t, shop.digits, marked, mark],
  );

  const turnTo = useCallback((next: ProductRow | "new" | null) => leave(() => setOpen(next)), []);
  const close = useCallback(() => turnTo(null), [turnTo]);
  const create = useCallback(() => {
    if (mayEdit) turnTo("new");
  }, [mayEdit, turnTo]);
  const find = useCallback(() => search.current?.focus(), []);

  const setArchived = (row: ProductRow, archived: boolean) => {
    const { name } = row.card;
    const turn = (to: boolean) => archive.mutate({ product: row.product, archived: to });
    archive.mutate(
      { product: row.product, archived },
      {
        onSuccess: () => {
          setOpen(null);
          notify({
            text: archived ? t`${name} is off the list` : t`${name} is on the list again`,
            undo: { text: t`Undo`, act: () => turn(!archived) },
          });
        },
      },
    );
  };

  useKeys({ N: create, L: wanted.length > 0 ? label : undefined, "/": find, Escape: open ? close : undefined });
  useCommands(
    useMemo(
      () => [
        ...(mayEdit ? [{ key: "new-product", text: t`New product`, also: "xinjian shangpin 新建商品", keys: "N", act: create }] : []),
        { key: "find-product", text: t`Find a product`, also: "chazhao shangpin 查找商品", keys: "/", act: find },
      ],
      [t, mayEdit, create, find],
    ),
  );

  return (
    <Page
      title={t`Products & stock`}
      note={count !== null && plural(count, { one: "# product", other: "# products" })}
      strip={<FailureStrip failure={archive.error} />}
      acts={
        <>
          <SearchField
            label={t`Find a product`}
            placeholder={t`Name, initials, code or barcode`}
            keys="/"
            value={typed}
            onChange={(q) => {
              setTyped(q);
              change({ q });
            }}
            inputRef={search}
          />
          <Button keys="L" onPress={label} disabled={wanted.length === 0}>
            {wanted.length > 0 ? t`Labels (${wanted.length})` : t`Labels`}
          </Button>
          {mayEdit && (
            <Button kind="ink" keys="N" onPress={create}>
              {t`New product`}
            </Button>
          )}
        </>
      }
      side={
        open && (
          <ProductSheet
            key={open === "new" ? "new" : open.product}
            row={open === "new" ? null : open}
            categories={categories.data ?? []}
            onClose={close}
            onSaved={setOpen}
            onArchive={setArchived}
          />
        )
      }
    >
      <Filters>
        <Select
          label={t`Category`}
          hideLabel
          options={[{ key: "", text: t`Every category` }, ...(categories.data ?? []).map((name) => ({ key: name, text: name }))]}
          value={state.category}
          onChange={(category) => change({ category })}
        />
        <Select
          label={t`What to do`}
          hideLabel
          options={[
            { key: "", text: t`All` },
            { key: "low", text: t`To be ordered` },
            { key: "oversold", text: t`Oversold` },
          ]}
          value={state.list}
          onChange={(list) => change({ list })}
        />
        <Switch value={state.out} onChange={(out) => change({ out })}>{t`Out of stock`}</Switch>
        <Switch value={state.archived} onChange={(archived) => change({ archived })}>{t`Archived`}</Switch>
      </Filters>
      <Grid
        label={t`Products`}
        name={["products", filter]}
        topics={["products", "sales"]}
        columns={open ? columns.filter((column) => beside.includes(column.id)) : columns}
        rowKey={(row) => row.product}
        fetch={(offset, limit) => call("products", { filter, window: { offset, limit } })}
        sort={{ by: state.by, descending: state.down }}
        onSort={({ by, descending }) => change({ by, down: descending })}
        current={open && open !== "new" ? open.product : null}
        onOpen={turnTo}
        onRowKey={(key, row) => {
          if (key !== " ") return false;
          mark(row);
          return true;
        }}
        onCount={setCount}
        autoFocus
        empty={
          narrowed ? (
            <EmptyHint>{t`No product fits. Loosen the filter or the search.`}</EmptyHint>
          ) : (
            <EmptyHint action={mayEdit && <Button keys="N" onPress={create}>{t`New product`}</Button>}>
              {t`There are no products yet. Add the first, or bring them in from a file under Import.`}
            </EmptyHint>
          )
        }
      />
      {labelling && wanted.length > 0 && (
        <Labels
          products={wanted}
          onClose={() => {
            setLabelling(false);
            setMarked([]);
          }}
        />
      )}
    </Page>
  );
}
