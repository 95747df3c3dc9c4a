import { useMemo, useRef, useState } from "react";
import { call, type Quote, type SaleReceipt, type TenderDraft } from "../../host";
import { useAnswer } from "../../host/answers";
import type { Approved } from "../../shell";
import type { Offered } from "../../shell/tenders";
import { questionOf, type Ticket } from "./draft";
import type { Paying } from "./TicketPanel";
import { fromVoucher } from "./voucher";

interface PaymentDesk {
  /** The ticket as it is at the moment of asking. */
  ticket: () => Ticket;
  tenders: readonly Offered[];
  onTaken: (receipt: SaleReceipt) => void;
  onFailure: (failure: unknown) => void;
  /** Asks for an approver where the sale needs one. */
  approved: Approved;
  /** Puts the cursor where the received amount, or the reference of the payment, is typed. */
  toField: (field: "received" | "reference") => void;
}

/**
 * Taking the money. Every figure is the books' answer for the ticket with its tenders; the sale is recorded once the books say that nothing
 * is missing, and a ticket that is sent twice is recorded once.
 */
export function usePayment({ ticket, tenders, onTaken, onFailure, approved, toField }: PaymentDesk) {
  const [paying, setPaying] = useState<Paying | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);

  const open = ticket();
  const wouldBe = useMemo(
    () => questionOf(open, paying ? [...paying.taken, { kind: paying.kind, amount_minor: paying.typed ?? 0, reference: null }] : []),
    [open, paying],
  );
  const settled = useAnswer("quote_sale", wouldBe, {
    topics: ["products", "members", "settings"],
    enabled: paying !== null && open.lines.length > 0,
    keep: (before) => before.sale === wouldBe.sale,
  });

  const quoteWith = async (given: TenderDraft[]): Promise<Quote> => (await call("quote_sale", questionOf(ticket(), given))).quote;

  /** One thing at a time: a second Enter while the first is under way does nothing. */
  const alone = async (work: () => Promise<void>): Promise<void> => {
    if (running.current || ticket().lines.length === 0) return;
    running.current = true;
    setBusy(true);
    onFailure(null);
    try {
      await work();
    } catch (failure) {
      onFailure(failure);
    } finally {
      running.current = false;
      setBusy(false);
    }
  };

  const record = async (given: TenderDraft[]): Promise<void> => {
    const sale = questionOf(ticket(), given);
    const receipt = await approved((approval) => call("record_sale", { ...sale, approval }));
    setPaying(null);
    onTaken(receipt);
  };

  const choose = (kind: string): void => {
    if (ticket().lines.length === 0) return;
    onFailure(null);
    setPaying((old) => ({ kind, taken: old?.taken ?? [], typed: null, reference: "" }));
    toField(kind === "voucher" ? "reference" : "received");
  };

  /** Takes an amount by a tender, `null` for exactly what is missing, and of a voucher for what is left on it at most. */
  const taking = async ({ kind, taken, reference: typed }: Paying, amount: number | null): Promise<void> => {
    const reference = typed.trim() || null;
    if (kind === "voucher" && !reference) return toField("reference");
    const part = (amount_minor: number): TenderDraft => ({ kind, amount_minor, reference });
    const missing = amount ?? (await quoteWith([...taken, part(0)])).missing_minor;
    const given = kind === "voucher" && reference && amount === null ? await fromVoucher(reference, missing, taken) : missing;
    if (given > 0 && !reference && tenders.some((one) => one.code === kind && one.needsReference)) return toField("reference");
    const tenderList = given > 0 ? [...taken, part(given)] : taken;
    const quote = await quoteWith(tenderList);
    if (quote.missing_minor === 0) return record(tenderList);
    // What a voucher did not cover is taken by another tender.
    setPaying({ kind: kind === "voucher" ? (tenders[0]?.code ?? "cash") : kind, taken: tenderList, typed: null, reference: "" });
    toField("received");
  };

  return {
    paying,
    busy,
    failure: paying ? settled.error : null,
    settled: paying ? settled.data?.quote : undefined,
    choose,
    cancel: () => setPaying(null),
    type: (typed: number | null) => setPaying((old) => (old ? { ...old, typed } : old)),
    refer: (reference: string) => setPaying((old) => (old ? { ...old, reference } : old)),
    begin: () => {
      const first = tenders[0];
      if (first && !paying) choose(first.code);
    },
    /** Takes an amount by the chosen tender; records the sale when nothing is missing any more. */
    take: (amount: number | null): Promise<void> =>
      alone(async () => {
        if (!paying) return choose(tenders[0]?.code ?? "cash");
        await taking(paying, amount);
      }),
    /** A voucher was scanned: it pays what is missing, as far as it goes. */
    byVoucher: (code: string): void => {
      const before = { kind: "voucher", taken: paying?.taken ?? [], typed: null, reference: code };
      setPaying(before);
      void alone(() => taking(before, null));
    },
    /** Exactly what is asked for, in cash: take, print, next customer. */
    exact: (): Promise<void> =>
      alone(async () => {
        const quote = await quoteWith([]);
        await record(quote.cash_asked_minor > 0 ? [{ kind: "cash", amount_minor: quote.cash_asked_minor, reference: null }] : []);
      }),
  };
}
