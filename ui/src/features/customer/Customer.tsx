import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { Amount, CurrencyIs, Figure, Points, Qty, ShopSeal } from "../../design";
import { type CustomerView, onCustomer } from "../../host";
import css from "./Customer.module.css";

type Told = Parameters<Parameters<typeof onCustomer>[0]>[0];

/** The customer display: what the till tells, large, for whoever buys. It asks nothing; between sales it shows the shop. */
export function Customer() {
  const { t } = useLingui();
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => onCustomer(setTold), []);
  const view = told?.view;
  const name = told?.shop.name ?? "";
  useEffect(() => {
    document.title = name || t`Customer display`;
  }, [name, t]);
  if (!told || !view || (view.lines.length === 0 && view.change_minor === null)) {
    return (
      <main className={css.idle}>
        <ShopSeal name={name || "榕"} />
        <h1>{name || t`Customer display`}</h1>
        <p>{t`Welcome`}</p>
      </main>
    );
  }
  return (
    <CurrencyIs currency={{ code: "", digits: told.shop.digits }}>
      <main className={css.display}>
        <header className={css.head}>
          <h1>{name}</h1>
          {view.member && <Buyer member={view.member} />}
        </header>
        <Lines lines={view.lines} />
        <footer className={css.sums} aria-live="polite">
          {view.off_minor !== 0 && (
            <Figure name={t`You save`}>
              <Amount minor={view.off_minor} />
            </Figure>
          )}
          {view.paid_minor !== 0 && (
            <Figure name={t`Received`}>
              <Amount minor={view.paid_minor} />
            </Figure>
          )}
          <span className={css.grow} />
          {view.change_minor === null ? (
            <Figure name={t`To pay`} size="due">
              <Amount minor={view.due_minor} />
            </Figure>
          ) : (
            <>
              <Figure name={t`Paid`}>
                <Amount minor={view.due_minor} />
              </Figure>
              <Figure name={t`Change`} size="due">
                <Amount minor={view.change_minor} />
              </Figure>
            </>
          )}
        </footer>
      </main>
    </CurrencyIs>
  );
}

function Buyer({ member }: { member: NonNullable<CustomerView["member"]> }) {
  const { t } = useLingui();
  return (
    <p className={css.member}>
      <strong>{member.name}</strong>
      <span>
        {t`Points`} <Points points={member.points} />
        {member.will_earn > 0 && (
          <>
            {" +"}
            <Points points={member.will_earn} />
          </>
        )}
      </span>
      {member.balance_minor !== 0 && (
        <span>
          {t`Stored value`} <Amount minor={member.balance_minor} />
        </span>
      )}
    </p>
  );
}

/** The lines, the newest always in sight. */
function Lines({ lines }: { lines: CustomerView["lines"] }) {
  const { t } = useLingui();
  const last = useRef<HTMLLIElement>(null);
  const count = lines.length;
  useEffect(() => {
    if (count > 0) last.current?.scrollIntoView?.({ block: "end" });
  }, [count]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by key too.
    <ol className={css.lines} aria-label={t`Your purchase`} tabIndex={0}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are told apart by their place.
        <li key={index} ref={index === count - 1 ? last : undefined}>
          <span className={css.name}>{line.name}</span>
          <span className={css.qty}>
            {"× "}
            <Qty milli={line.qty_milli} />
          </span>
          <span className={css.net}>
            <Amount minor={line.net_minor} />
          </span>
        </li>
      ))}
    </ol>
  );
}
