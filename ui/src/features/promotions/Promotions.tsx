import { useLingui } from "@lingui/react/macro";
import { useCallback, useMemo, useState } from "react";
import { Amount, Button, EmptyHint, Page, Seal, Sheet } from "../../design";
import type { PromotionRow } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip, useCommands, useKeys, useMay, useSession } from "../../shell";
import { type State, stateOf } from "./form";
import { PromotionSheet } from "./PromotionSheet";
import css from "./Promotions.module.css";
import { useTermsInWords } from "./words";
import "./refusals";

/** What the shop takes off whole tickets: spend promotions that the till gives by itself, and coupons. */
export default function Promotions() {
  const { t } = useLingui();
  const { shop } = useSession();
  const mayEdit = useMay("manager");
  const rows = useAnswer("promotions", null, { topics: ["promotions", "sales"], keep: true });
  const [open, setOpen] = useState<PromotionRow | "spend" | "coupon" | null>(null);
  const words = useTermsInWords();
  const names: Record<State, string> = { running: t`running`, waiting: t`not yet`, over: t`over`, ended: t`ended` };
  const close = useCallback(() => setOpen(null), []);
  const spend = useCallback(() => mayEdit && setOpen("spend"), [mayEdit]);
  const coupon = useCallback(() => mayEdit && setOpen("coupon"), [mayEdit]);
  useKeys({ N: spend, C: coupon, Escape: open ? close : undefined });
  useCommands(
    useMemo(
      () =>
        mayEdit
          ? [
              { key: "new-promotion", text: t`New spend promotion`, also: "manjian 满减", keys: "N", act: () => void spend() },
              { key: "new-coupon", text: t`New coupon`, also: "youhuiquan 优惠券", keys: "C", act: () => void coupon() },
            ]
          : [],
      [t, mayEdit, spend, coupon],
    ),
  );
  const list = rows.data ?? [];
  return (
    <Page
      title={t`Promotions`}
      note={t`The till applies them by itself and says why.`}
      strip={<FailureStrip failure={rows.error} />}
      acts={
        mayEdit && (
          <>
            <Button keys="C" onPress={() => coupon()}>
              {t`New coupon`}
            </Button>
            <Button kind="ink" keys="N" onPress={() => spend()}>
              {t`New spend promotion`}
            </Button>
          </>
        )
      }
      side={
        open && (
          <PromotionSheet
            key={typeof open === "string" ? open : `${open.promotion} ${open.versions}`}
            row={typeof open === "string" ? null : open}
            kind={typeof open === "string" ? open : undefined}
            onClose={close}
            onSaved={close}
          />
        )
      }
    >
      <Sheet>
        {rows.data && list.length === 0 ? (
          <EmptyHint action={mayEdit && <Button keys="N" onPress={() => spend()}>{t`New spend promotion`}</Button>}>
            {t`No promotions yet. A spend promotion takes something off once a sum is reached; a coupon when its code is shown.`}
          </EmptyHint>
        ) : (
          <table className={css.list}>
            <thead>
              <tr>
                <th>{t`Promotion`}</th>
                <th>{t`State`}</th>
                <th>{t`Days`}</th>
                <th data-end="">{t`Times used`}</th>
                <th data-end="">{t`Taken off`}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((row) => {
                const state = stateOf(row.terms, shop.today);
                const [first, last] = [row.terms.first ?? "…", row.terms.last ?? "…"];
                return (
                  <tr key={row.promotion} data-here={open === row || undefined}>
                    <td>
                      <button type="button" className={css.open} onClick={() => setOpen(row)}>
                        {row.terms.name}
                      </button>
                      <div className={css.small}>{words(row.terms)}</div>
                    </td>
                    <td>
                      <Seal tone={state === "running" ? "done" : state === "waiting" ? "wait" : "note"}>{names[state]}</Seal>
                    </td>
                    <td className={css.small}>
                      {row.terms.first === null && row.terms.last === null ? t`always` : t`${first} to ${last}`}
                    </td>
                    <td data-end="">{row.used}</td>
                    <td data-end="">
                      <Amount minor={row.amount_minor} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </Sheet>
    </Page>
  );
}
