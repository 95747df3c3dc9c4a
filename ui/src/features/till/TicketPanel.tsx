import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Amount, Button, Figure, MoneyInput, Points, TextField, useCurrency, writeFixed, writePhone } from "../../design";
import type { BuyerLevel, BuyerPoints, Quote, TenderDraft, TicketQuote } from "../../host";
import { type Offered, useTenderNames } from "../../shell/tenders";
import { piecesOf, type Ticket } from "./draft";
import { Offers } from "./Offers";
import css from "./TicketPanel.module.css";

/** Money is being taken: by which tender, what has been taken already, and what is being typed (`null`: exactly what is missing). */
export interface Paying {
  kind: string;
  taken: TenderDraft[];
  typed: number | null;
  /** Reference of the outside payment as typed. */
  reference: string;
}

interface PanelProps {
  ticket: Ticket;
  answer: TicketQuote | undefined;
  /** The quote with the tenders as they would be now. */
  settled: Quote | undefined;
  tenders: readonly Offered[];
  paying: Paying | null;
  busy: boolean;
  failure: ReactNode;
  onTender: (code: string) => void;
  onTyped: (amount: number | null) => void;
  onReference: (reference: string) => void;
  /** Takes what was received: an amount, or `null` for exactly what is missing. */
  onTake: (amount: number | null) => void;
  onExact: () => void;
  onRemoveMember: () => void;
  onChange: (change: (ticket: Ticket) => Ticket) => void;
  receivedRef: Ref<HTMLInputElement>;
  referenceRef: Ref<HTMLInputElement>;
}

/** The right side of the till: who buys, what it comes to, how it is paid. */
export function TicketPanel(props: PanelProps) {
  const {
    ticket,
    answer,
    settled,
    tenders,
    paying,
    busy,
    failure,
    onTender,
    onTyped,
    onReference,
    onTake,
    onExact,
    onRemoveMember,
    onChange,
    receivedRef,
    referenceRef,
  } = props;
  const { digits } = useCurrency();
  const { t } = useLingui();
  const names = useTenderNames();
  const quote = ticket.lines.length > 0 ? answer?.quote : undefined;
  const pieces = piecesOf(ticket);
  const lineOff = quote?.lines.reduce((sum, line) => sum + line.line_discount_minor, 0) ?? 0;
  const gross = quote?.lines.reduce((sum, line) => sum + line.gross_minor, 0) ?? 0;
  const due = quote ? quote.due_minor : 0;
  const chosen = tenders.find((one) => one.code === paying?.kind);
  return (
    <aside className={css.panel} aria-label={t`Payment`}>
      <Buyer ticket={ticket} answer={answer} onRemove={onRemoveMember} />
      {ticket.member && answer?.member?.member === ticket.member.id && answer.points && <Told points={answer.points} />}
      {quote && ticket.member && answer?.member?.member === ticket.member.id && answer.level && <LevelTold level={answer.level} />}
      <dl className={css.sums}>
        <Sum name={plural(pieces, { one: "# piece", other: "# pieces" })} minor={gross} />
        {lineOff !== 0 && <Sum name={t`Line discounts`} minor={-lineOff} />}
        <Offers ticket={ticket} answer={quote ? answer : undefined} onChange={onChange} />
        {quote !== undefined && quote.tax_on_top_minor !== 0 && <Sum name={t`Tax`} minor={quote.tax_on_top_minor} />}
      </dl>
      <div className={css.due}>
        <Figure name={t`Due`} size="due">
          <Amount minor={due} />
        </Figure>
      </div>
      <div className={css.tenders} role="group" aria-label={t`How it is paid`}>
        {tenders.map(({ code, keys }) => (
          <Button
            key={code}
            size="large"
            wide
            keys={keys}
            pressed={(paying?.kind ?? tenders[0]?.code) === code}
            disabled={ticket.lines.length === 0 || (code === "balance" && !ticket.member)}
            onPress={() => onTender(code)}
          >
            {names[code] ?? code}
          </Button>
        ))}
      </div>
      {paying && (
        <div className={css.paying}>
          {paying.taken.map((tender, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: tenders are told apart by their order.
            <div key={index} className={css.taken}>
              <span>{[names[tender.kind] ?? tender.kind, tender.reference].filter(Boolean).join(" ")}</span>
              <Amount minor={tender.amount_minor} />
            </div>
          ))}
          <div className={css.received}>
            <MoneyInput
              label={t`Received`}
              value={paying.typed}
              onChange={onTyped}
              placeholder={settled && paying.typed === null ? writeFixed(settled.missing_minor, digits) : undefined}
              inputRef={receivedRef}
              onEnter={onTake}
            />
          </div>
          {paying.kind !== "cash" && paying.kind !== "balance" && (
            <div className={css.reference}>
              <TextField
                label={paying.kind === "voucher" ? t`Code of the voucher` : t`Reference`}
                optional={chosen?.needsReference || paying.kind === "voucher" ? "" : t`optional`}
                value={paying.reference}
                onChange={onReference}
                onEnter={() => onTake(paying.typed)}
                maxLength={64}
                inputRef={referenceRef}
              />
            </div>
          )}
          {settled && settled.missing_minor > 0 && paying.typed !== null ? (
            <Figure name={t`Still missing`}>
              <Amount minor={settled.missing_minor} />
            </Figure>
          ) : (
            <Figure name={t`Change`}>
              <Amount minor={settled?.change_minor ?? 0} />
            </Figure>
          )}
        </div>
      )}
      <div className={css.grow} />
      {failure}
      <div className={css.take}>
        <Button
          kind="ink"
          size="large"
          wide
          keys={paying ? "Enter" : "F9"}
          busy={busy}
          disabled={ticket.lines.length === 0}
          onPress={() => onTake(paying?.typed ?? null)}
        >
          {paying ? t`Take and print` : t`Payment`}
        </Button>
        {!paying && (
          <Button size="large" wide keys="F5" busy={busy} disabled={ticket.lines.length === 0} onPress={onExact}>
            {t`Exact cash`}
          </Button>
        )}
      </div>
    </aside>
  );
}

export function Sum({ name, minor }: { name: string; minor: number }) {
  return (
    <div className={css.sum}>
      <dt>{name}</dt>
      <dd>
        <Amount minor={minor} />
      </dd>
    </div>
  );
}

/** What to say to the buyer: a birthday, points that run out, and whether the day was counted. */
function Told({ points }: { points: BuyerPoints }) {
  const { t } = useLingui();
  const { running_out, birthday, sign_in, came_today } = points;
  const soon = running_out.reduce((sum, part) => sum + part.points, 0);
  const first = running_out[0]?.good_until ?? "";
  const many = writeFixed(soon, 0);
  const told = [
    birthday ? t`Birthday today` : null,
    soon > 0 ? t`${many} points run out, the first after ${first}` : null,
    came_today !== null ? t`Here today, day ${came_today} in a row` : sign_in ? t`Alt+S signs in for today` : null,
  ].filter(Boolean);
  if (told.length === 0) return null;
  return (
    <p className={css.told} role="status">
      {told.join(" · ")}
    </p>
  );
}

/** Growth and level before and after the sale. */
function LevelTold({ level }: { level: BuyerLevel }) {
  const { t } = useLingui();
  const none = t`no level`;
  const [before, after] = [level.level ?? none, level.level_after ?? none];
  const [growth, then, missing, gift] = [level.growth, level.growth_after, level.missing, level.gift].map((count) => writeFixed(count, 0));
  const next = level.next ?? "";
  const said = [
    t`Growth ${growth} → ${then}`,
    before !== after ? t`Level ${before} → ${after}` : null,
    level.gift > 0 ? t`${gift} points for the level` : null,
    level.next ? t`${missing} to ${next}` : null,
  ];
  return (
    <p className={css.told} role="status">
      {said.filter(Boolean).join(" · ")}
    </p>
  );
}

function Buyer({ ticket, answer, onRemove }: { ticket: Ticket; answer: TicketQuote | undefined; onRemove: () => void }) {
  const { t } = useLingui();
  const { member } = ticket;
  if (!member) {
    return (
      <div className={css.buyer}>
        <p className={css.walkIn}>{t`No member. F2 finds one, F7 enrols one, or scan their card.`}</p>
      </div>
    );
  }
  const known = answer?.member?.member === member.id ? answer.member : null;
  const sponsor = known?.sponsor?.name;
  const level = known?.card.level;
  return (
    <div className={css.buyer}>
      <div className={css.who}>
        <span className={css.name}>
          {member.name}
          {level && <span className={css.level}>{level}</span>}
          {member.rank && <span className={css.rank}>{member.rank}</span>}
        </span>
        <span className={css.small}>
          {[member.phone ? writePhone(member.phone) : member.number, sponsor ? t`brought by ${sponsor}` : null].filter(Boolean).join(" · ")}
        </span>
      </div>
      {known && (
        <span className={css.points}>
          <Points points={known.points} /> {t`points`}
          {known.points_locked > 0 && (
            <span className={css.small}>
              {t`Locked`} <Points points={known.points_locked} />
            </span>
          )}
          {known.balance_minor !== 0 && (
            <span className={css.small}>
              {t`Stored value`} <Amount minor={known.balance_minor} />
            </span>
          )}
        </span>
      )}
      <Button kind="quiet" label={t`Remove the member (End)`} onPress={onRemove}>
        <X size={15} aria-hidden="true" />
      </Button>
    </div>
  );
}
