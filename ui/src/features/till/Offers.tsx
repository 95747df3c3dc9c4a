import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { Amount, Button, Points } from "../../design";
import type { TicketQuote } from "../../host";
import { removeCoupon, setPoints, setSalesperson, type Ticket } from "./draft";
import css from "./Offers.module.css";

interface OffersProps {
  ticket: Ticket;
  answer: TicketQuote | undefined;
  onChange: (change: (ticket: Ticket) => Ticket) => void;
}

/** What comes off the order, each by its name; what little is missing for an offer; points, and who served. */
export function Offers({ ticket, answer, onChange }: OffersProps) {
  const { t } = useLingui();
  const taken = answer?.discounts ?? [];
  const offset = answer?.quote.points_offset_minor ?? 0;
  const wanted = ticket.member ? (ticket.points ?? 0) : 0;
  return (
    <>
      {taken.map((one, index) => {
        const name = one.name ?? t`Order discount`;
        const { code } = one;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: discounts are told apart by their order.
          <div key={index} className={css.row} data-waiting={one.amount_minor === 0 || undefined}>
            <dt className={css.name}>
              {name}
              {code !== null && (
                <Button kind="quiet" label={t`Take coupon ${code} off`} onPress={() => onChange((old) => removeCoupon(old, code))}>
                  <X size={13} aria-hidden="true" />
                </Button>
              )}
            </dt>
            <dd>
              {one.amount_minor === 0 && one.short_minor > 0 ? (
                <>
                  {t`still missing`} <Amount minor={one.short_minor} />
                </>
              ) : (
                <Amount minor={-one.amount_minor} />
              )}
            </dd>
          </div>
        );
      })}
      {wanted > 0 && answer && (
        <div className={css.row}>
          <dt className={css.name}>
            {t`Paid with points`} <Points points={answer.quote.points_spent} />
            <Button kind="quiet" label={t`Spend no points`} onPress={() => onChange((old) => setPoints(old, 0))}>
              <X size={13} aria-hidden="true" />
            </Button>
          </dt>
          <dd>{offset === 0 ? t`none may be spent` : <Amount minor={-offset} />}</dd>
        </div>
      )}
      {answer && ticket.member && answer.quote.points_earned > 0 && (
        <div className={css.row}>
          <dt>{t`Will earn points`}</dt>
          <dd>
            <Points points={answer.quote.points_earned} />
          </dd>
        </div>
      )}
      {ticket.salesperson && (
        <div className={css.row}>
          <dt className={css.name}>
            {t`Served by`}
            <Button kind="quiet" label={t`Nobody in particular served`} onPress={() => onChange((old) => setSalesperson(old, null))}>
              <X size={13} aria-hidden="true" />
            </Button>
          </dt>
          <dd>{ticket.salesperson.name}</dd>
        </div>
      )}
    </>
  );
}
