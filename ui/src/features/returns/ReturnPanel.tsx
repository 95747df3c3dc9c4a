import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { ReactNode, Ref } from "react";
import { Amount, Button, Figure, MoneyInput, Points, Seal, TextField, useCurrency, writeFixed, writeMicro } from "../../design";
import type { Refund, ReturnQuoteAnswer, ReturnSheet, TenderKind } from "../../host";
import { type Offered, useTenderNames } from "../../shell/tenders";
import { Sum } from "../till/TicketPanel";
import panel from "../till/TicketPanel.module.css";
import { type Draft, isNothing } from "./draft";
import css from "./Returns.module.css";
import type { Settlement } from "./useSettlement";

interface PanelProps {
  draft: Draft;
  sheet: ReturnSheet | undefined;
  settlement: Settlement;
  tenders: readonly Offered[];
  failure: ReactNode;
  receivedRef: Ref<HTMLInputElement>;
  referenceRef: Ref<HTMLInputElement>;
  onTender: (kind: TenderKind) => void;
  onConfirm: () => void;
  onReason: () => void;
  onExchange: () => void;
  /** Absent where the money cannot become somebody's stored value. */
  onStore: (() => void) | undefined;
  /** Absent where the money cannot become a voucher. */
  onVoucher: (() => void) | undefined;
}

/** The right side: to whom, what is given back by which tender, what points and earnings do, and the one button that settles it. */
export function ReturnPanel(props: PanelProps) {
  const {
    draft,
    sheet,
    settlement,
    tenders,
    failure,
    receivedRef,
    referenceRef,
    onTender,
    onConfirm,
    onReason,
    onExchange,
    onStore,
    onVoucher,
  } = props;
  const { back, exchange, paying, busy } = settlement;
  const { t } = useLingui();
  const { digits } = useCurrency();
  const names: Record<string, string> = useTenderNames();
  const empty = isNothing(draft);
  const owes = exchange ? exchange.ticket.quote.missing_minor : 0;
  const given: readonly Refund[] = exchange ? exchange.given : (back?.returned.refunds ?? []);
  const total = given.reduce((sum, one) => sum + one.amount_minor, 0);
  const chooses = draft.sale === null || sheet?.own === false;
  const amount = writeFixed(total, digits);
  const asks = exchange && owes > 0 ? paying : null;
  return (
    <aside className={panel.panel} aria-label={t`Refund`}>
      <Whose sheet={sheet} back={back} />
      <dl className={panel.sums}>
        {back && <Sum name={t`Goods that come back`} minor={back.returned.refund_minor} />}
        {back && back.returned.rounding_minor !== 0 && <Sum name={t`Cash rounding`} minor={back.returned.rounding_minor} />}
        {exchange && <Sum name={t`New goods`} minor={-exchange.ticket.quote.due_minor} />}
      </dl>
      <div className={panel.due}>
        <Figure name={owes > 0 ? t`Still to pay` : t`To give back`} size="due">
          <Amount minor={owes > 0 ? owes : total} />
        </Figure>
      </div>
      {owes === 0 &&
        given.map((one) => (
          <div key={`${one.kind} ${one.voucher?.voucher}`} className={panel.sum}>
            <span>{[names[one.kind] ?? one.kind, one.voucher?.code.slice(-4)].filter(Boolean).join(" ")}</span>
            <Amount minor={one.amount_minor} />
          </div>
        ))}
      {back && <Effects back={back} />}
      {(chooses || owes > 0) && !empty && (
        <div className={panel.tenders} role="group" aria-label={owes > 0 ? t`How it is paid` : t`How it is given back`}>
          {tenders.map(({ code, keys }) => (
            <Button
              key={code}
              wide
              keys={keys}
              pressed={(owes > 0 ? paying?.kind : (draft.refundTo ?? "cash")) === code}
              onPress={() => onTender(code)}
            >
              {names[code] ?? code}
            </Button>
          ))}
        </div>
      )}
      {asks && (
        <div className={panel.paying}>
          <div className={panel.received}>
            <MoneyInput
              label={t`Received`}
              value={asks.typed}
              onChange={settlement.type}
              placeholder={asks.typed === null ? writeFixed(owes, digits) : undefined}
              inputRef={receivedRef}
              onEnter={settlement.take}
            />
          </div>
          {asks.kind !== "cash" && asks.kind !== "balance" && (
            <div className={panel.reference}>
              <TextField
                label={asks.kind === "voucher" ? t`Code of the voucher` : t`Reference`}
                optional={asks.kind === "voucher" || tenders.some((one) => one.code === asks.kind && one.needsReference) ? "" : t`optional`}
                value={asks.reference}
                onChange={settlement.refer}
                onEnter={() => settlement.take(asks.typed)}
                maxLength={64}
                inputRef={referenceRef}
              />
            </div>
          )}
        </div>
      )}
      <div className={panel.grow} />
      {failure}
      {draft.reason && (
        <p className={css.note}>
          {t`Reason`} {"·"} {draft.reason}
        </p>
      )}
      <div className={css.keys}>
        <Button keys="Alt+R" disabled={empty} onPress={onReason}>
          {t`Reason`}
        </Button>
        <Button keys="Alt+X" disabled={empty || !back} pressed={draft.ticket !== null} onPress={onExchange}>
          {t`Exchange`}
        </Button>
        {onStore && (
          <Button keys="Alt+T" pressed={draft.refundTo === "balance"} onPress={onStore}>
            {t`To stored value`}
          </Button>
        )}
        {onVoucher && (
          <Button keys="Alt+V" pressed={draft.refundTo === "voucher"} onPress={onVoucher}>
            {t`To a voucher`}
          </Button>
        )}
      </div>
      <div className={panel.take}>
        <Button
          kind="ink"
          size="large"
          wide
          keys="Enter"
          busy={busy}
          disabled={sheet ? sheet.lines.every((line) => line.left_milli <= 0) : empty}
          onPress={onConfirm}
        >
          {empty ? t`Take everything back` : owes > 0 ? t`Take the difference` : t`Give back ${amount}`}
        </Button>
      </div>
    </aside>
  );
}

function Whose({ sheet, back }: { sheet: ReturnSheet | undefined; back: ReturnQuoteAnswer | undefined }) {
  const { t } = useLingui();
  const asks = back ? back.needs_approver : sheet?.late;
  return (
    <div className={panel.buyer}>
      <div className={panel.who}>
        <span className={panel.name}>
          {sheet ? (sheet.buyer?.card.name ?? t`No member`) : t`Without a receipt`}
          {asks && <Seal tone="wait">{t`Needs a manager's PIN`}</Seal>}
        </span>
        {sheet?.buyer && <span className={panel.small}>{sheet.buyer.number}</span>}
      </div>
      {sheet?.buyer && (
        <span className={panel.points}>
          <Points points={sheet.buyer.points} /> {t`points`}
        </span>
      )}
    </div>
  );
}

/** What goes back beside the money: points, and what the upline had earned. */
function Effects({ back }: { back: ReturnQuoteAnswer }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const { points_taken, points_given, earned } = back.returned;
  const micro = (earned ?? []).reduce((sum, one) => sum + one.amount_micro, 0);
  const people = new Set((earned ?? []).filter((one) => one.amount_micro !== 0).map((one) => one.member)).size;
  return (
    <dl className={css.effects}>
      {points_taken !== 0 && (
        <div className={panel.sum}>
          <dt>{t`Earned points taken back`}</dt>
          <dd>
            <Points points={-points_taken} />
          </dd>
        </div>
      )}
      {points_given !== 0 && (
        <div className={panel.sum}>
          <dt>{t`Spent points given back`}</dt>
          <dd>
            <Points points={points_given} />
          </dd>
        </div>
      )}
      {back.points_after !== null && (points_taken !== 0 || points_given !== 0) && (
        <div className={panel.sum}>
          <dt>{back.points_after < 0 ? t`Points then owed` : t`Points then`}</dt>
          <dd>
            <Points points={back.points_after} />
          </dd>
        </div>
      )}
      {people > 0 && (
        <div className={panel.sum}>
          <dt>{plural(people, { one: "# member earns less", other: "# members earn less" })}</dt>
          <dd>{writeMicro(-micro, digits)}</dd>
        </div>
      )}
    </dl>
  );
}
