import { useLingui } from "@lingui/react/macro";
import { useMemo, useRef, useState } from "react";
import { notify, readFixed, readQty, useCurrency } from "../../design";
import { call, type SaleRow, type TenderKind } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip, go, type KeyMap, useKeys } from "../../shell";
import { newId } from "../../shell/newId";
import { offeredTenders } from "../../shell/tenders";
import { useFocusDrawn } from "../../shell/useFocusDrawn";
import * as ticket from "../till/draft";
import { Lines } from "../till/Lines";
import { sound } from "../till/sound";
import till from "../till/Till.module.css";
import { readOff } from "../till/typed";
import { useBackToBox } from "../till/useBackToBox";
import { useScanner } from "../till/useScanner";
import * as back from "./draft";
import { ReturnBar, ReturnStrip } from "./ReturnBar";
import { ReturnDone } from "./ReturnDone";
import { ReturnedSeal } from "./ReturnedSeal";
import { ReturnLines } from "./ReturnLines";
import { ReturnPanel } from "./ReturnPanel";
import css from "./Returns.module.css";
import { useLookUp } from "./useLookUp";
import { type Settled, useSettlement } from "./useSettlement";
import { WorkBox, type WorkHit, type WorkMode } from "./WorkBox";

const PIECE = 1000;

interface DeskProps {
  /** The sale that is on the counter; `null` where nobody has a receipt. */
  sale: string | null;
  /** Another receipt was scanned before anything was chosen of this one. */
  onOther: (row: SaleRow) => void;
  onBack: () => void;
}

/** One sale on the counter: what comes back of it, what is taken instead, and the settlement. */
export function Desk({ sale, onOther, onBack }: DeskProps) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const [history, setHistory] = useState<back.History>(() => ({ now: back.begin(newId(), sale), before: [] }));
  const draft = history.now;
  const [mode, setMode] = useState<WorkMode>("scan");
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState<Settled | null>(null);
  const box = useRef<HTMLInputElement>(null);
  const received = useRef<HTMLInputElement>(null);
  const reference = useRef<HTMLInputElement>(null);
  useBackToBox(box);
  const focusDrawn = useFocusDrawn();

  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const tenders = useMemo(() => offeredTenders(settings.data?.tenders ?? []), [settings.data]);
  const sheet = useAnswer("return_sheet", sale ?? "", {
    topics: ["sales", "members", "settings"],
    enabled: sale !== null && !done,
    keep: true,
  });
  const lines = sheet.data?.lines ?? [];
  const rows = sale === null ? draft.loose.length : lines.length;
  const line = lines[draft.current];

  const act = (change: (old: back.Draft) => back.Draft) => {
    settlement.fail(null);
    settlement.cancel();
    setProblem(null);
    setHistory((old) => back.acted(old, change));
  };
  const onNew = (change: (old: ticket.Ticket) => ticket.Ticket) =>
    act((old) => (old.ticket ? { ...old, ticket: change(old.ticket) } : old));
  const toBox = (next?: WorkMode) => {
    setMode(next ?? (draft.ticket ? "new" : "scan"));
    setTyped("");
    requestAnimationFrame(() => box.current?.focus());
  };

  const settlement = useSettlement(
    draft,
    tenders,
    (settled) => {
      sound(true);
      setDone(settled);
      toBox("scan");
    },
    (field) => focusDrawn(() => (field === "received" ? received : reference).current),
  );
  const { paying } = settlement;
  const owes = settlement.exchange?.ticket.quote.missing_minor ?? 0;
  const confirm = () => (back.isNothing(draft) ? sale !== null && act((old) => back.chooseAll(old, lines)) : settlement.confirm());
  const tender = (kind: TenderKind) => {
    if (owes > 0) settlement.choose(kind);
    else if (sale === null || sheet.data?.own === false) act((old) => ({ ...old, refundTo: kind }));
  };
  const { take, lookUp } = useLookUp({
    draft,
    lines,
    act,
    onNew,
    onOther,
    onProblem: setProblem,
    onSeveral: setTyped,
    onFailure: settlement.fail,
  });
  useScanner((code) => {
    if (done) return;
    toBox();
    void lookUp(code, null);
  });

  const onEnter = (text: string, chosen: WorkHit | null, first: WorkHit | null) => {
    const entered = text.trim();
    const set = (change: (() => void) | null) => {
      if (!change) return setProblem(t`This cannot be read. Try again, or Esc.`);
      change();
      toBox();
    };
    if (done) return go("/till");
    switch (mode) {
      case "scan":
      case "new":
        if (chosen) {
          take(chosen);
          return toBox();
        }
        if (entered === "") return void confirm();
        toBox();
        return void lookUp(entered, first);
      case "qty": {
        const qty = readQty(entered);
        return set(qty === null || qty < 0 ? null : () => setQty(qty));
      }
      case "price": {
        const price = readFixed(entered, digits);
        return set(
          price === null || price < 0
            ? null
            : () =>
                draft.ticket
                  ? onNew((old) => ticket.setPrice(old, price))
                  : act((old) => back.withLoose(old, (one) => ({ ...one, paid_minor: price }))),
        );
      }
      case "off": {
        const off = entered === "" ? null : readOff(entered, digits);
        return set(entered !== "" && !off ? null : () => onNew((old) => ticket.setLineOff(old, off)));
      }
      case "reason": {
        // The one that stands marked is taken; what is in no list is taken as typed.
        const marked = chosen ?? first;
        const reason = marked?.kind === "reason" ? marked.text : entered;
        return set(() => act((old) => ({ ...old, reason })));
      }
    }
  };
  const setQty = (qty: number) => {
    if (draft.ticket) return onNew((old) => ticket.setQty(old, qty));
    if (sale === null) return act((old) => back.withLoose(old, (one) => ({ ...one, qty_milli: Math.min(ticket.MOST_MILLI, qty) })));
    if (!line) return;
    act((old) => back.choose(old, line, qty));
    const left = line.left_milli / PIECE;
    if (qty > line.left_milli) setProblem(t`Only ${left} can still come back.`);
  };
  const qtyNow = draft.ticket ? 0 : sale === null ? (draft.loose[draft.current]?.qty_milli ?? 0) : line ? back.chosenOf(draft, line) : 0;
  const step = (pieces: number) =>
    draft.ticket ? onNew((old) => ticket.nudge(old, pieces)) : setQty(Math.max(0, qtyNow + pieces * PIECE));

  const exchange = () => {
    if (draft.ticket) {
      act((old) => back.exchanging(old, null, null));
      return toBox("scan");
    }
    if (back.isNothing(draft)) return;
    const member = sheet.data?.buyer;
    const who = member
      ? { id: member.member, number: member.number, name: member.card.name, phone: member.card.phone, rank: member.card.rank }
      : null;
    act((old) => back.exchanging(old, newId(), who));
    toBox("new");
  };
  // Money of a member's own sale may stay with the shop as their stored value; pressed again, it goes to what the sale was paid with.
  const mayStore =
    sale !== null && sheet.data?.own === true && sheet.data.buyer !== null && draft.ticket === null && !back.isNothing(draft);
  const store = () => act((old) => ({ ...old, refundTo: old.refundTo === "balance" ? null : "balance" }));
  // Money may become a new voucher, which anybody can spend; stored value cannot leave by that way.
  const mayVouch = (sale === null || sheet.data?.own === true) && draft.ticket === null && !back.isNothing(draft);
  const vouch = () => act((old) => ({ ...old, refundTo: old.refundTo === "voucher" ? null : "voucher" }));
  const onEscape = () => {
    setProblem(null);
    settlement.fail(null);
    if (done) return go("/till");
    if (paying) {
      settlement.cancel();
      return toBox();
    }
    if (mode !== "scan" && mode !== "new") return toBox();
    if (typed !== "") return setTyped("");
    if (draft.ticket) return exchange();
    if (back.isNothing(draft)) return onBack();
    const before = history;
    setHistory({ now: back.begin(draft.returned, sale), before: [] });
    notify({ text: t`Nothing comes back`, undo: { text: t`Undo`, act: () => setHistory(before) } });
  };

  const free = (mode === "scan" || mode === "new") && typed === "" && !paying && !done;
  const onLine = (next: WorkMode, here: boolean) => () => (free && here ? toBox(next) : false);
  const hasLine = draft.ticket ? ticket.currentLine(draft.ticket) !== undefined : rows > 0;
  const reprint = () => {
    const printed = done?.receipt.returned.returned;
    if (!printed) return;
    call("reprint_return", printed)
      .then((receipt) => notify({ text: receipt.printing ? t`Printing again` : t`No receipt printer is set; it stands on the screen` }))
      .catch(settlement.fail);
  };
  const keys: KeyMap = {
    F3: () => {
      settlement.cancel();
      toBox();
    },
    F8: () => go("/till"),
    "*": onLine("qty", hasLine),
    ".": onLine("price", hasLine && (draft.ticket !== null || sale === null)),
    "/": onLine("off", hasLine && draft.ticket !== null),
    "+": () => (free && hasLine ? step(1) : false),
    "-": () => (free && hasLine ? step(-1) : false),
    Delete: () => (free && hasLine ? (draft.ticket ? onNew(ticket.removeLine) : setQty(0)) : false),
    "Alt+A": () => sale !== null && act((old) => back.chooseAll(old, lines)),
    "Alt+D": () => act((old) => back.turn(old, line)),
    "Alt+R": () => (back.isNothing(draft) || done ? undefined : toBox("reason")),
    "Alt+X": () => (done ? undefined : exchange()),
    "Alt+T": () => (mayStore && !done ? store() : undefined),
    "Alt+V": () => (mayVouch && !done ? vouch() : undefined),
    "Ctrl+Z": () => {
      if (done) return;
      settlement.cancel();
      setHistory(back.undone);
      setMode(back.undone(history).now.ticket ? "new" : "scan");
    },
    "Ctrl+P": reprint,
    Escape: onEscape,
  };
  for (const one of tenders) if (one.keys) keys[one.keys] = () => (done ? undefined : tender(one.code));
  useKeys(keys);

  const row = sheet.data?.row;
  return (
    <>
      <ReturnBar onLeave={() => go("/till")} />
      <div className={till.desk}>
        <div className={till.ticket}>
          <WorkBox
            mode={mode}
            lines={sale === null ? null : lines}
            typed={typed}
            onType={(text) => {
              setTyped(text);
              setProblem(null);
            }}
            onEnter={onEnter}
            onEscape={onEscape}
            onArrow={(by) =>
              draft.ticket ? onNew((old) => ticket.moveTo(old, old.current + by)) : act((old) => back.moveTo(old, old.current + by, rows))
            }
            hint={
              problem && (
                <p className={css.hint} role="alert">
                  {problem}
                </p>
              )
            }
            boxRef={box}
          />
          {row && (
            <p className={css.of}>
              <strong>{row.number}</strong>
              <span>{row.business_date}</span>
              <ReturnedSeal row={row} />
              {sheet.data?.returns.map(({ sale: id, number, business_date: day }) => (
                <span key={id}>{t`${number} of ${day} took goods back`}</span>
              ))}
            </p>
          )}
          <div className={css.scroll}>
            <ReturnLines
              draft={draft}
              lines={lines}
              quoted={settlement.back?.returned.lines ?? []}
              still={draft.ticket !== null}
              onPick={(index) => {
                act((old) => back.moveTo(old, index, rows));
                box.current?.focus();
              }}
            />
          </div>
          {draft.ticket && (
            <>
              <h2 className={css.part}>{t`New goods`}</h2>
              <Lines
                ticket={draft.ticket}
                quoted={settlement.exchange?.ticket.quote.lines ?? []}
                onPick={(index) => onNew((old) => ticket.moveTo(old, index))}
              />
            </>
          )}
        </div>
        {done ? (
          <ReturnDone receipt={done.receipt} exchange={done.exchange} onReprint={reprint} onNext={() => go("/till")} />
        ) : (
          <ReturnPanel
            draft={draft}
            sheet={sheet.data}
            settlement={settlement}
            tenders={tenders}
            failure={<FailureStrip failure={settlement.failure ?? sheet.error} />}
            receivedRef={received}
            referenceRef={reference}
            onTender={tender}
            onConfirm={() => void (paying ? settlement.take(paying.typed) : confirm())}
            onReason={() => toBox("reason")}
            onExchange={exchange}
            onStore={mayStore ? store : undefined}
            onVoucher={mayVouch ? vouch : undefined}
          />
        )}
      </div>
      {settlement.dialog}
      <ReturnStrip
        keys={
          done
            ? [
                ["Enter", t`back to the till`],
                ["Ctrl+P", t`print once more`],
              ]
            : [
                ["*", t`quantity`],
                ["Alt+A", t`everything`],
                ["Alt+D", t`damaged`],
                ["Alt+R", t`reason`],
                ["Alt+X", t`exchange`],
                ["Enter", t`give back`],
                ["Escape", t`back`],
              ]
        }
      />
    </>
  );
}
