import { type ReactNode, useMemo, useRef, useState } from "react";
import {
  call,
  type ExchangeQuote,
  type ExchangeReceipt,
  type ReturnQuoteAnswer,
  type ReturnReceipt,
  type TenderDraft,
  type TenderKind,
} from "../../host";
import { useAnswer } from "../../host/answers";
import { useApprover } from "../../shell";
import type { Offered } from "../../shell/tenders";
import { openTicket, questionOf as ticketQuestion } from "../till/draft";
import { fromVoucher } from "../till/voucher";
import { type Draft, isExchange, isNothing, questionOf } from "./draft";

/** By which tender the difference of an exchange is being paid, what was taken, and what is typed (`null`: exactly what is missing). */
export interface Paying {
  kind: TenderKind;
  taken: readonly TenderDraft[];
  typed: number | null;
  /** Reference of the outside payment, as typed. */
  reference: string;
}

export interface Settled {
  receipt: ReturnReceipt;
  exchange: ExchangeReceipt | null;
}

export interface Settlement {
  /** What the books would give back; nothing while nothing is chosen. */
  back: ReturnQuoteAnswer | undefined;
  /** The same with new goods. */
  exchange: ExchangeQuote | undefined;
  paying: Paying | null;
  busy: boolean;
  failure: unknown;
  dialog: ReactNode;
  fail: (failure: unknown) => void;
  /** Records what is on the screen; where the customer owes a difference, asks for it first. */
  confirm: () => void;
  choose: (kind: TenderKind) => void;
  type: (typed: number | null) => void;
  refer: (reference: string) => void;
  /** Takes a part of the difference, `null` for all of it. */
  take: (amount: number | null) => void;
  cancel: () => void;
}

/**
 * Settles a return or an exchange. Every figure is the books' answer; it is recorded once the books say that nothing is missing, and a draft
 * that is sent twice is recorded once.
 */
export function useSettlement(
  draft: Draft,
  tenders: readonly Offered[],
  onDone: (settled: Settled) => void,
  toField: (field: "received" | "reference") => void,
): Settlement {
  const [paying, setPaying] = useState<Paying | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const running = useRef(false);
  const { approved, dialog } = useApprover();
  const question = useMemo(() => questionOf(draft), [draft]);
  const chosen = !isNothing(draft);

  const quoted = useAnswer("quote_return", question, {
    topics: ["sales", "members", "settings"],
    enabled: chosen,
    keep: (before) => before.returned === question.returned,
  });
  const asked = (tenders: readonly TenderDraft[]) => ({
    returned: question,
    sale: ticketQuestion(draft.ticket ?? openTicket(""), [...tenders]),
  });
  const exchanged = useAnswer("quote_exchange", asked(paying?.taken ?? []), {
    topics: ["sales", "members", "products", "settings"],
    enabled: chosen && isExchange(draft),
    keep: (before) => before.returned.returned === question.returned,
  });

  /** One thing at a time: a second Enter while the first is under way does nothing. */
  const alone = async (work: () => Promise<void>): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (broken) {
      setFailure(broken);
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  const missing = async (tenders: readonly TenderDraft[]) => (await call("quote_exchange", asked(tenders))).ticket.quote.missing_minor;
  const choose = (kind: TenderKind) => {
    setPaying((old) => ({ kind, taken: old?.taken ?? [], typed: null, reference: "" }));
    toField(kind === "voucher" ? "reference" : "received");
  };
  const settle = async (given: readonly TenderDraft[]): Promise<void> => {
    if ((await missing(given)) > 0) {
      setPaying((old) => ({ kind: old?.kind ?? tenders[0]?.code ?? "cash", taken: given, typed: null, reference: "" }));
      toField("received");
      return;
    }
    const { returned, sale } = asked(given);
    const receipt = await approved((approval) => call("record_exchange", { returned: { ...returned, approval }, sale }));
    setPaying(null);
    onDone({ receipt: receipt.returned, exchange: receipt });
  };

  return {
    back: chosen ? quoted.data : undefined,
    exchange: chosen && isExchange(draft) ? exchanged.data : undefined,
    paying,
    busy,
    failure: failure ?? (chosen ? (quoted.error ?? (isExchange(draft) ? exchanged.error : null)) : null),
    dialog,
    fail: setFailure,
    confirm: () =>
      void alone(async () => {
        if (isExchange(draft)) return settle(paying?.taken ?? []);
        onDone({ receipt: await approved((approval) => call("record_return", { ...question, approval })), exchange: null });
      }),
    choose,
    type: (typed) => setPaying((old) => old && { ...old, typed }),
    refer: (reference) => setPaying((old) => old && { ...old, reference }),
    take: (amount) =>
      void alone(async () => {
        if (!paying) return;
        const { kind } = paying;
        const reference = paying.reference.trim() || null;
        const part = (amount_minor: number): TenderDraft => ({ kind, amount_minor, reference });
        if (kind === "voucher" && !reference) return toField("reference");
        const owed = amount ?? (await missing([...paying.taken, part(0)]));
        const given = kind === "voucher" && reference && amount === null ? await fromVoucher(reference, owed, paying.taken) : owed;
        if (given > 0 && !reference && tenders.some((one) => one.code === kind && one.needsReference)) return toField("reference");
        await settle(given > 0 ? [...paying.taken, part(given)] : paying.taken);
      }),
    cancel: () => setPaying(null),
  };
}
