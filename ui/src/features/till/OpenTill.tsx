import { useLingui } from "@lingui/react/macro";
import { useCallback, useMemo, useRef, useState } from "react";
import { EmptyHint, notify, readFixed, readQty, useCurrency } from "../../design";
import { call, type HeldRow, type SaleReceipt } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip, go, hasScreen, type KeyMap, PrintQueue, useApprover, useKeys } from "../../shell";
import { offeredTenders } from "../../shell/tenders";
import { useFocusDrawn } from "../../shell/useFocusDrawn";
import { BoughtWith } from "./BoughtWith";
import { BoxProblem, type Problem } from "./BoxProblem";
import { useCustomerDisplay, viewOf, viewOfDone } from "./customer";
import { DonePanel } from "./DonePanel";
import { buyer, type Found, keep, memberBy, onTicket, readTicket, scanned } from "./desk";
import {
  addCoupon,
  addLabelled,
  addProduct,
  attachMember,
  currentLine,
  isEmpty,
  MOST_POINTS,
  moveTo,
  nudge,
  questionOf,
  removeLine,
  setLineOff,
  setOrderOff,
  setPoints,
  setPrice,
  setQty,
  type Ticket,
} from "./draft";
import { HeldList } from "./HeldList";
import { HelpSheet } from "./HelpSheet";
import { Lines } from "./Lines";
import { sound } from "./sound";
import { TicketPanel } from "./TicketPanel";
import css from "./Till.module.css";
import { TillBar, TillStrip } from "./TillBar";
import { type BoxHit, type BoxMode, TillBox } from "./TillBox";
import { readOff } from "./typed";
import { useBackToBox } from "./useBackToBox";
import { useExtras } from "./useExtras";
import { useOpenTicketKept } from "./useOpenTicketKept";
import { usePayment } from "./usePayment";
import { usePrinter } from "./usePrinter";
import { useScanner } from "./useScanner";
import { useTicket } from "./useTicket";
import { useTillCommands } from "./useTillCommands";
import { useScannedVoucher } from "./voucher";

const LEAVE_MS = 1500;

/** The open till: one box, the lines, the payment, and the keys that drive them. */
export function OpenTill({ begin }: { begin: Ticket | null }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const [failure, setFailure] = useState<unknown>(null);
  const { ticket, canUndo, act, undo, open, now } = useTicket(begin, useOpenTicketKept(setFailure));
  const [mode, setMode] = useState<BoxMode>("scan");
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState<SaleReceipt | null>(null);
  const [sheet, setSheet] = useState<"none" | "help" | "held" | "prints">("none");
  const box = useRef<HTMLInputElement>(null);
  const received = useRef<HTMLInputElement>(null);
  const reference = useRef<HTMLInputElement>(null);
  const lastEscape = useRef(0);
  const extrasOpen = useRef(false);
  const scans = useRef<Promise<void>>(Promise.resolve());

  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const held = useAnswer("held_sales", null, { topics: ["held"] });
  const aside = useMemo(() => (held.data ?? []).filter((row) => !row.open), [held.data]);
  const tenders = useMemo(() => offeredTenders(settings.data?.tenders ?? []), [settings.data]);
  const printer = usePrinter(Boolean(settings.data?.printer));
  const question = useMemo(() => questionOf(ticket), [ticket]);
  const answer = useAnswer("quote_sale", question, {
    topics: ["products", "members", "settings", "plan"],
    enabled: ticket.lines.length > 0,
    keep: (before) => before.sale === question.sale,
  });

  const toBox = useCallback((next: BoxMode = "scan", text = "") => {
    setMode(next);
    setTyped(text);
    box.current?.focus();
  }, []);

  useBackToBox(box);
  const focusDrawn = useFocusDrawn();
  const { approved, dialog: approver } = useApprover();
  const payment = usePayment({
    ticket: now,
    tenders,
    onTaken: (receipt) => {
      setDone(receipt);
      open();
      toBox();
    },
    onFailure: setFailure,
    approved,
    toField: (field) => focusDrawn(() => (field === "received" ? received : reference).current),
  });
  const { paying } = payment;
  useCustomerDisplay(done && ticket.lines.length === 0 ? viewOfDone(done) : viewOf(ticket, answer.data, payment.settled));

  const onVoucher = useScannedVoucher((code) => now().lines.length > 0 && payment.byVoucher(code));

  const takeHit = (hit: Found) => {
    setDone(null);
    setFailure(null);
    setProblem(null);
    if (hit.kind === "voucher") return onVoucher(hit.row);
    payment.cancel();
    if (hit.kind === "sale") return go("/returns", { sale: hit.row.sale });
    if (hit.kind === "product") act((old) => addProduct(old, onTicket(hit.row)));
    else if (hit.kind === "label") act((old) => addLabelled(old, onTicket(hit.row), hit.qty_milli, hit.label));
    else if (hit.kind === "coupon") act((old) => addCoupon(old, hit.code));
    else act((old) => attachMember(old, buyer(hit.hit)));
    sound(true);
  };

  const hitTaken = (hit: Found) => (mode === "sign_in" && hit.kind === "member" ? extras.signIn(buyer(hit.hit)) : takeHit(hit));

  // The box is emptied before the books answer, so that the next code can follow at once.
  const lookUp = (code: string, otherwise?: () => Promise<BoxHit | null>): void => {
    toBox();
    scans.current = scans.current.then(async () => {
      try {
        const hits = await scanned(code);
        const only = hits.length === 1 ? hits[0] : undefined;
        if (only) return hitTaken(only);
        if (hits.length > 1) return setTyped((meanwhile) => meanwhile || code);
        const byName = await otherwise?.();
        if (byName) takeHit(byName);
        else {
          sound(false);
          setProblem({ kind: "unknown", code });
          setTyped((meanwhile) => meanwhile || code);
        }
      } catch (broken) {
        setFailure(broken);
      }
    });
  };
  useScanner((code) => {
    if (sheet === "none" && !extrasOpen.current) lookUp(code);
  });

  const hold = async (label: string) => {
    const put = now();
    if (isEmpty(put)) return;
    try {
      open();
      await keep(put, false, label);
      notify({ text: t`Ticket held`, undo: { text: t`Take back`, act: () => open(put) } });
    } catch (broken) {
      open(put);
      setFailure(broken);
    }
    toBox();
  };

  const recall = async (row: HeldRow) => {
    const back = readTicket(row);
    if (!back) return;
    const before = now();
    if (!isEmpty(before)) await keep(before, false).catch(setFailure);
    setDone(null);
    open(back);
    await keep(back, true).catch(setFailure);
    setSheet("none");
    toBox();
  };

  const onEnter = (text: string, chosen: BoxHit | null, first: () => Promise<BoxHit | null>) => {
    const trimmed = text.trim();
    const apply = (change: ((old: Ticket) => Ticket) | null) => {
      if (!change) return setProblem({ kind: "unreadable" });
      setProblem(null);
      act(change);
      toBox();
    };
    switch (mode) {
      case "scan":
        if (chosen) {
          toBox();
          return takeHit(chosen);
        }
        if (trimmed === "") return done ? setDone(null) : void payment.begin();
        return lookUp(trimmed, first);
      case "sign_in":
        toBox();
        if (chosen) return hitTaken(chosen);
        // What the list shows may be of what was typed a moment ago: the whole text is asked for.
        return trimmed === ""
          ? undefined
          : void memberBy(trimmed).then((one) => (one ? hitTaken(one) : toBox("sign_in", trimmed)), setFailure);
      case "member":
        if (trimmed === "") return toBox();
        return void (chosen ? Promise.resolve(chosen) : first()).then((one) => {
          if (!one) return;
          toBox();
          takeHit(one);
        }, setFailure);
      case "qty": {
        const qty = readQty(trimmed);
        return apply(qty !== null && qty >= 0 ? (old) => setQty(old, qty) : null);
      }
      case "price": {
        const price = trimmed === "" ? null : readFixed(trimmed, digits);
        return apply(trimmed === "" || (price !== null && price >= 0) ? (old) => setPrice(old, price) : null);
      }
      case "off": {
        const off = trimmed === "" ? null : readOff(trimmed, digits);
        return apply(trimmed === "" || off ? (old) => setLineOff(old, off) : null);
      }
      case "order_off": {
        const off = trimmed === "" ? null : readOff(trimmed, digits);
        return apply(trimmed === "" || off ? (old) => setOrderOff(old, off) : null);
      }
      case "points": {
        const points = trimmed === "" ? MOST_POINTS : /^\d{1,12}$/.test(trimmed) ? Number(trimmed) : null;
        return apply(points === null ? null : (old) => setPoints(old, points));
      }
      case "coupon":
        return apply(trimmed === "" ? null : (old) => addCoupon(old, trimmed.toUpperCase()));
      case "hold":
        return void hold(trimmed);
    }
  };

  const leave = () => go(["/products", "/members", "/settings"].find(hasScreen) ?? "/till");
  const onEscape = () => {
    setProblem(null);
    setFailure(null);
    if (paying) payment.cancel();
    else if (mode === "scan" && typed === "") {
      const at = Date.now();
      if (at - lastEscape.current < LEAVE_MS) leave();
      lastEscape.current = at;
    }
    toBox();
  };

  const drop = () => {
    const before = now();
    const gone = currentLine(before);
    if (!gone) return;
    act(removeLine);
    notify({ text: t`Removed: ${gone.product.name}`, undo: { text: t`Undo`, act: () => act(() => before) } });
    toBox();
  };
  const reprint = () => {
    call("reprint", { sale: done?.sale.sale ?? null })
      .then((receipt) => {
        setDone((old) => old ?? receipt);
        notify({
          text: receipt.printing ? t`Printing ${receipt.sale.number} again` : t`No receipt printer is set; the receipt is on the screen`,
        });
      })
      .catch(setFailure);
  };

  // Signs act on the line only while nothing is typed.
  const free = mode === "scan" && typed === "" && !paying;
  const onLine = (next: BoxMode) => () => (free && currentLine(now()) ? toBox(next) : false);
  const extras = useExtras({ now, act, toBox, free, onFailure: setFailure });
  extrasOpen.current = extras.sheets !== null;
  const keys: KeyMap = {
    ...extras.keys,
    F1: () => setSheet("help"),
    F2: () => {
      payment.cancel();
      toBox("member");
    },
    F3: () => {
      payment.cancel();
      toBox();
    },
    F5: () => void payment.exact(),
    F6: () => (isEmpty(now()) ? setSheet("held") : toBox("hold")),
    "Shift+F6": () => setSheet("held"),
    F8: () => go("/returns"),
    F9: () => void payment.begin(),
    F10: () => (now().lines.length > 0 ? toBox("order_off") : undefined),
    F11: () => go("/shift"),
    F12: () => toBox("scan", " "),
    End: () => (free ? act((old) => attachMember(old, null)) : false),
    Delete: () => (free ? drop() : false),
    "Ctrl+Z": () => (canUndo ? undo() : undefined),
    "Ctrl+P": reprint,
    "*": onLine("qty"),
    ".": onLine("price"),
    "/": onLine("off"),
    "+": () => (free && currentLine(now()) ? act((old) => nudge(old, 1)) : false),
    "-": () => (free && currentLine(now()) ? act((old) => nudge(old, -1)) : false),
    Escape: onEscape,
  };
  for (const tender of tenders) if (tender.keys) keys[tender.keys] = () => void payment.choose(tender.code);
  useKeys(keys);

  useTillCommands(keys, extras.commands, () => setSheet("prints"));

  const refused = failure ?? payment.failure ?? (ticket.lines.length > 0 ? answer.error : null);

  return (
    <>
      <TillBar held={aside.length} onHeld={() => setSheet("held")} onLeave={leave} />
      <div className={css.desk}>
        <div className={css.ticket}>
          <TillBox
            mode={mode}
            typed={typed}
            onType={(text) => {
              setTyped(text);
              setProblem(null);
            }}
            onEnter={onEnter}
            onEscape={onEscape}
            onArrow={(step) => act((old) => moveTo(old, old.current + step))}
            hint={problem && <BoxProblem problem={problem} />}
            boxRef={box}
          />
          {ticket.lines.length === 0 && !done && (
            <div className={css.begin}>
              <EmptyHint>{t`Scan the first product, or type its name. F1 shows every key.`}</EmptyHint>
            </div>
          )}
          <Lines
            ticket={ticket}
            quoted={answer.data?.quote.lines ?? []}
            onPick={(index) => {
              act((old) => moveTo(old, index));
              box.current?.focus();
            }}
          />
          {!paying && <BoughtWith ticket={ticket} onAdd={(row) => takeHit({ kind: "product", row })} />}
        </div>
        {done && ticket.lines.length === 0 ? (
          <DonePanel receipt={done} onReprint={reprint} onNext={() => setDone(null)} />
        ) : (
          <TicketPanel
            ticket={ticket}
            answer={answer.data}
            settled={payment.settled}
            tenders={tenders}
            paying={paying}
            busy={payment.busy}
            failure={<FailureStrip failure={refused} />}
            onTender={(kind) => void payment.choose(kind)}
            onTyped={payment.type}
            onReference={payment.refer}
            onTake={(amount) => void payment.take(amount)}
            onExact={() => void payment.exact()}
            onRemoveMember={() => act((old) => attachMember(old, null))}
            onChange={act}
            receivedRef={received}
            referenceRef={reference}
          />
        )}
      </div>
      {approver}
      <TillStrip printer={printer} paying={paying !== null} onHelp={() => setSheet("help")} onPrinter={() => setSheet("prints")} />
      <PrintQueue
        open={sheet === "prints"}
        onClose={() => {
          setSheet("none");
          toBox();
        }}
      />
      {extras.sheets}
      <HelpSheet
        open={sheet === "help"}
        onClose={() => {
          setSheet("none");
          toBox();
        }}
      />
      <HeldList
        open={sheet === "held"}
        rows={aside}
        onClose={() => {
          setSheet("none");
          toBox();
        }}
        onRecall={(row) => void recall(row)}
        onDrop={(row) => {
          call("drop_held", row.ticket).catch(setFailure);
          const dropped = readTicket(row);
          if (dropped)
            notify({
              text: t`Held ticket dropped`,
              undo: { text: t`Undo`, act: () => void keep(dropped, false, row.label).catch(setFailure) },
            });
        }}
      />
    </>
  );
}
