import { useLingui } from "@lingui/react/macro";
import { useCallback, useMemo, useRef, useState } from "react";
import {
  Amount,
  Button,
  type Column,
  EmptyHint,
  Figure,
  Filters,
  Grid,
  Page,
  Seal,
  SearchField,
  Select,
  Strip,
  useCurrency,
  writePlain,
} from "../../design";
import { call, type VoucherFilter, type VoucherRow, type VoucherState } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip, useCommands, useKeys, useSearchState } from "../../shell";
import { GiveVoucher } from "./GiveVoucher";
import { SellVoucher } from "./SellVoucher";
import { VoucherSheet } from "./VoucherSheet";
import css from "./Vouchers.module.css";
import { grouped, howWords, states, stateTones, stateWords } from "./words";
import "./refusals";

const usual = { search: "", state: "", open: "" };

/** Every voucher of the shop: what is left on each, what all of them owe, and what became of them. */
export default function Vouchers() {
  const { t, i18n } = useLingui();
  const [state, change] = useSearchState(usual);
  const [doing, setDoing] = useState<"sell" | "give" | VoucherRow | null>(null);
  const find = useRef<HTMLInputElement>(null);
  const filter: VoucherFilter = { search: state.search, state: (state.state || null) as VoucherState | null };
  const first = useAnswer("vouchers", { filter, window: { offset: 0, limit: 1 } }, { topics: ["vouchers"], keep: true });
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const offered = settings.data?.tenders.some((terms) => terms.code === "voucher" && !terms.archived) ?? true;
  const shown = useAnswer("voucher", state.open, { topics: ["vouchers"], enabled: state.open !== "", keep: true }).data?.row;
  const close = useCallback(() => change({ open: "" }), [change]);
  const sell = useCallback(() => setDoing("sell"), []);
  const give = useCallback(() => setDoing("give"), []);
  useKeys({ N: sell, G: give, "/": () => find.current?.focus(), Escape: state.open ? close : undefined });
  useCommands(
    useMemo(
      () => [
        { key: "sell-voucher", text: t`Sell a voucher`, also: "maiquan daijinquan 售券 代金券 gift card", keys: "N", act: sell },
        { key: "give-voucher", text: t`Give a voucher`, also: "songquan 赠券 代金券", keys: "G", act: give },
      ],
      [t, sell, give],
    ),
  );
  const totals = first.data?.totals;
  return (
    <Page
      title={t`Vouchers`}
      note={t`Whoever shows the code pays with it, in as many parts as they like.`}
      strip={
        <>
          <FailureStrip failure={first.error} />
          {!offered && (
            <Strip tone="note">{t`The till takes vouchers by scan. To have a key for them too, tick Voucher under Settings, Tenders.`}</Strip>
          )}
        </>
      }
      acts={
        <>
          <SearchField
            label={t`Code, number or member`}
            value={state.search}
            onChange={(search) => change({ search, open: "" })}
            keys="/"
            inputRef={find}
          />
          <Button keys="G" onPress={give}>
            {t`Give a voucher`}
          </Button>
          <Button kind="ink" keys="N" onPress={sell}>
            {t`Sell a voucher`}
          </Button>
        </>
      }
      side={state.open && <VoucherSheet key={state.open} voucher={state.open} onReplace={() => shown && setDoing(shown)} onClose={close} />}
    >
      <Filters>
        <Select
          label={t`Show`}
          options={[{ key: "", text: t`All vouchers` }, ...states.map((one) => ({ key: one, text: i18n._(stateWords[one]) }))]}
          value={state.state}
          onChange={(chosen) => change({ state: chosen, open: "" })}
        />
        {totals && (
          <div className={css.figures}>
            <Figure name={t`Owed on vouchers`}>
              <Amount minor={totals.owed_minor} />
            </Figure>
            {totals.expired_minor !== 0 && (
              <Figure name={t`Of it on vouchers that are over`}>
                <Amount minor={totals.expired_minor} />
              </Figure>
            )}
          </div>
        )}
      </Filters>
      <List filter={filter} open={state.open || null} onOpen={(row) => change({ open: row.voucher })} />
      {doing === "sell" && <SellVoucher onClose={() => setDoing(null)} />}
      {doing !== null && doing !== "sell" && <GiveVoucher lost={doing === "give" ? null : doing} onClose={() => setDoing(null)} />}
    </Page>
  );
}

interface ListProps {
  filter: VoucherFilter;
  open: string | null;
  onOpen: (row: VoucherRow) => void;
}

/** The vouchers, newest first. */
function List({ filter, open, onOpen }: ListProps) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const columns: Column<VoucherRow>[] = [
    {
      id: "code",
      title: t({ message: "Code", context: "of a voucher" }),
      width: "160px",
      cell: (row) => grouped(row.code),
      copy: (row) => row.code,
    },
    {
      id: "state",
      title: t`State`,
      width: "112px",
      cell: (row) => <Seal tone={stateTones[row.state]}>{i18n._(stateWords[row.state])}</Seal>,
    },
    {
      id: "left",
      title: t`Left`,
      width: "112px",
      align: "end",
      cell: (row) => <Amount minor={row.left_minor} />,
      copy: (row) => writePlain(row.left_minor, digits),
    },
    {
      id: "amount",
      title: t`Was on it`,
      width: "112px",
      align: "end",
      cell: (row) => <Amount minor={row.amount_minor} />,
      copy: (row) => writePlain(row.amount_minor, digits),
    },
    { id: "expires", title: t`Last day`, width: "112px", cell: (row) => row.expires ?? "–" },
    { id: "how", title: t`Came to be`, width: "minmax(96px, 1fr)", cell: (row) => i18n._(howWords[row.how]) },
    { id: "member", title: t`Member`, width: "minmax(96px, 1fr)", cell: (row) => row.member_name ?? "" },
    { id: "number", title: t`Document`, width: "112px", cell: (row) => row.number },
  ];
  const beside = ["code", "state", "left"];
  return (
    <Grid
      label={t`Vouchers`}
      name={["vouchers", filter]}
      topics={["vouchers", "members"]}
      columns={open ? columns.filter((column) => beside.includes(column.id)) : columns}
      fetch={(offset, limit) => call("vouchers", { filter, window: { offset, limit } }).then((answer) => answer.page)}
      rowKey={(row) => row.voucher}
      current={open}
      onOpen={onOpen}
      empty={<EmptyHint>{t`No vouchers here. Sell one with N, or give one with G.`}</EmptyHint>}
      autoFocus
    />
  );
}
