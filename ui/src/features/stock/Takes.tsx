import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import {
  Amount,
  Button,
  Check,
  Dialog,
  EmptyHint,
  notify,
  Qty,
  QtyInput,
  Select,
  TextField,
  useCurrency,
  writeFixed,
  writeMoment,
} from "../../design";
import { call, type TakeRow } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useKeys, useMay } from "../../shell";
import { FLOOR, placeOf } from "./document";
import { ProductBox } from "./ProductBox";
import css from "./Stock.module.css";

/** Counts under way; one is counted by scan without a word of what the books expect. */
export function Takes() {
  const { t, i18n } = useLingui();
  const mayPost = useMay("manager");
  const takes = useAnswer("takes", null, { topics: ["stock"], keep: true });
  const places = useAnswer("locations", null, { topics: ["stock"], keep: true });
  const [open, setOpen] = useState<string | null>(null);
  const [label, setLabel] = useState("");
  const [place, setPlace] = useState(FLOOR);
  const begin = useDeed("begin_take", (take) => {
    setLabel("");
    setOpen(take.take);
  });
  const options = (places.data ?? []).filter((one) => !one.archived).map((one) => ({ key: one.location, text: one.name || t`Shop floor` }));
  const here = takes.data?.find((take) => take.take === open);
  if (here) return <Counting take={here} onLeave={() => setOpen(null)} />;
  return (
    <div className={css.form}>
      <FailureStrip failure={takes.error ?? begin.error} />
      {mayPost && (
        <form
          className={css.heads}
          onSubmit={(event) => {
            event.preventDefault();
            begin.mutate({ label, location: placeOf(place) });
          }}
        >
          <TextField label={t`Name of the count`} optional={t`optional`} value={label} onChange={setLabel} maxLength={60} autoFocus />
          {options.length > 1 && (
            <Select label={t({ message: "Place", context: "of goods" })} options={options} value={place} onChange={setPlace} />
          )}
          <div className={css.acts}>
            <Button kind="ink" keys="Enter" submit busy={begin.isPending}>
              {t`Begin a count`}
            </Button>
          </div>
        </form>
      )}
      {takes.data?.length === 0 ? (
        <EmptyHint>{t`No count is under way. A manager begins one; anyone may count.`}</EmptyHint>
      ) : (
        <table className={css.list}>
          <thead>
            <tr>
              <th>{t`Count`}</th>
              <th>{t({ message: "Place", context: "of goods" })}</th>
              <th>{t`Begun`}</th>
              <th data-end="">{t`Products counted`}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {(takes.data ?? []).map((take) => (
              <tr key={take.take}>
                <td>{take.label || t`Count`}</td>
                <td>{take.place || t`Shop floor`}</td>
                <td>{writeMoment(take.at_ms, i18n.locale)}</td>
                <td data-end="">{take.products}</td>
                <td data-end="">
                  <Button label={`${t`Go on counting`} ${take.label}`} onPress={() => setOpen(take.take)}>
                    {t`Go on counting`}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Counting({ take, onLeave }: { take: TakeRow; onLeave: () => void }) {
  const { t } = useLingui();
  const mayPost = useMay("manager");
  const lines = useAnswer("take", take.take, { topics: ["stock"], keep: true });
  const [failure, setFailure] = useState<unknown>(null);
  const [reviewing, setReviewing] = useState(false);
  const [dropping, setDropping] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useKeys({ Escape: onLeave, "Ctrl+Enter": () => mayPost && setReviewing(true) });
  const counted = lines.data?.length ?? 0;
  const count = (product: string, qty_milli: number, adds: boolean) => {
    setFailure(null);
    call("count_stock", { take: take.take, product, qty_milli, adds }).catch(setFailure);
  };
  const drop = useDeed("drop_take", () => {
    notify({ text: t`Count dropped; nothing was posted` });
    onLeave();
  });
  return (
    <div className={css.form}>
      <FailureStrip failure={failure ?? lines.error ?? drop.error} />
      <div className={css.acts}>
        <strong>{take.label || t`Count`}</strong>
        <span className={css.small}>{take.place || t`Shop floor`}</span>
        <Button keys="Escape" onPress={onLeave}>{t`Back to the counts`}</Button>
        {mayPost && (
          <Button kind="ink" keys="Ctrl+Enter" onPress={() => setReviewing(true)}>
            {t`Review and post`}
          </Button>
        )}
        {mayPost && <Button kind="danger" onPress={() => setDropping(true)}>{t`Drop the count…`}</Button>}
      </div>
      <ProductBox place={box} onFound={(row) => count(row.product, 1000, true)} onFailure={setFailure} />
      {lines.data?.length === 0 && <EmptyHint>{t`Scan what is there; each scan is one more.`}</EmptyHint>}
      {lines.data && lines.data.length > 0 && (
        <table className={css.list}>
          <thead>
            <tr>
              <th>{t`Product`}</th>
              <th data-end="">{t`Counted`}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {lines.data.map((line) => {
              const { name } = line;
              return (
                <tr key={line.product}>
                  <td>
                    {name}
                    <div className={css.small}>{line.barcode ?? line.code}</div>
                  </td>
                  <td data-end="" className={css.figure}>
                    <QtyInput
                      key={line.counted_milli}
                      label={t`Counted of ${name}`}
                      hideLabel
                      value={line.counted_milli}
                      onChange={() => {}}
                      onEnter={(qty) => {
                        if (qty !== null && qty !== line.counted_milli) count(line.product, qty, false);
                        box.current?.querySelector("input")?.focus();
                      }}
                    />
                  </td>
                  <td>
                    <Button
                      kind="quiet"
                      label={`${t`Not counted`} ${name}`}
                      onPress={() => {
                        call("uncount_stock", { take: take.take, product: line.product }).catch(setFailure);
                      }}
                    >{t`Not counted`}</Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {dropping && (
        <Dialog
          title={t`Drop the count`}
          open
          onClose={() => setDropping(false)}
          footer={
            <>
              <Button onPress={() => setDropping(false)} autoFocus>{t`Go on counting`}</Button>
              <Button kind="danger" busy={drop.isPending} onPress={() => drop.mutate(take.take)}>
                {t`Drop the count`}
              </Button>
            </>
          }
        >
          <p>
            {plural(counted, {
              one: "# counted product is forgotten. The stock stays as it is.",
              other: "# counted products are forgotten. The stock stays as it is.",
            })}
          </p>
        </Dialog>
      )}
      {reviewing && <Review take={take} onClose={() => setReviewing(false)} onPosted={onLeave} />}
    </div>
  );
}

function Review({ take, onClose, onPosted }: { take: TakeRow; onClose: () => void; onPosted: () => void }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const review = useAnswer("review_take", take.take, { topics: ["stock", "products", "sales"], keep: true });
  const [rest, setRest] = useState(false);
  const post = useDeed("post_take", (sheet) => {
    const { number } = sheet.row;
    notify({ text: t`${number} is posted` });
    onPosted();
  });
  const value = writeFixed(review.data?.value_minor ?? 0, digits);
  const ready = review.data !== undefined && (review.data.lines.length > 0 || rest) && !post.isPending;
  const submit = () => {
    if (ready) post.mutate({ take: take.take, rest_is_zero: rest, note: take.label || null });
  };
  useKeys({ "Ctrl+Enter": submit }, { inDialogs: true });
  const uncounted = review.data?.uncounted ?? [];
  const missing = uncounted.length;
  return (
    <Dialog
      title={t`What the count found`}
      open
      onClose={onClose}
      size="wide"
      footer={
        <>
          <Button onPress={onClose}>{t`Go on counting`}</Button>
          <Button kind="ink" keys="Ctrl+Enter" busy={post.isPending} disabled={!ready && !post.isPending} onPress={submit}>
            {t`Post the differences, ${value}`}
          </Button>
        </>
      }
    >
      <FailureStrip failure={review.error ?? post.error} />
      <table className={css.list}>
        <thead>
          <tr>
            <th>{t`Product`}</th>
            <th data-end="">{t`In the books`}</th>
            <th data-end="">{t`Counted`}</th>
            <th data-end="">{t`Found difference`}</th>
            <th data-end="">{t`Value`}</th>
          </tr>
        </thead>
        <tbody>
          {(review.data?.lines ?? []).map((line) => {
            const by = (line.counted_milli ?? 0) - line.expected_milli;
            return (
              <tr key={line.product} className={by === 0 ? undefined : css.off}>
                <td>{line.name}</td>
                <td data-end="">
                  <Qty milli={line.expected_milli} />
                </td>
                <td data-end="">
                  <Qty milli={line.counted_milli ?? 0} />
                </td>
                <td data-end="">
                  <Qty milli={by} />
                </td>
                <td data-end="">
                  <Amount minor={line.value_minor} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {missing > 0 && (
        <>
          <p className={css.small}>
            {t`Not counted, though the books have some:`}{" "}
            {uncounted
              .slice(0, 12)
              .map((line) => line.name)
              .join(" · ")}
            {missing > 12 ? " …" : ""}
          </p>
          <Check value={rest} onChange={setRest}>{t`What was not counted is not there`}</Check>
        </>
      )}
    </Dialog>
  );
}
