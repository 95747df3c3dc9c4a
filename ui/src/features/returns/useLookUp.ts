import { useLingui } from "@lingui/react/macro";
import type { ReturnableLine, SaleRow } from "../../host";
import { buyer, onTicket, scanned } from "../till/desk";
import { addCoupon, addLabelled, addProduct, attachMember, type Ticket } from "../till/draft";
import { sound } from "../till/sound";
import { addLoose, addScanned, choose, chosenOf, type Draft, isNothing } from "./draft";
import type { WorkHit } from "./WorkBox";

const PIECE = 1000;

interface LookUp {
  draft: Draft;
  lines: readonly ReturnableLine[];
  act: (change: (draft: Draft) => Draft) => void;
  onNew: (change: (ticket: Ticket) => Ticket) => void;
  /** Another receipt, before anything was chosen of this one. */
  onOther: (row: SaleRow) => void;
  onProblem: (words: string) => void;
  /** Several products have the code: the box shows them. */
  onSeveral: (code: string) => void;
  onFailure: (failure: unknown) => void;
}

/** What a scanned or typed code does: goods of the sale come back, new goods are taken, another receipt is opened. */
export function useLookUp({ draft, lines, act, onNew, onOther, onProblem, onSeveral, onFailure }: LookUp) {
  const { t } = useLingui();
  const take = (hit: WorkHit) => {
    if (hit.kind === "reason") return;
    sound(true);
    if (hit.kind === "line") {
      return act((old) => ({ ...choose(old, hit.line, chosenOf(old, hit.line) + PIECE), current: lines.indexOf(hit.line) }));
    }
    if (draft.ticket) return onNew((old) => addProduct(old, onTicket(hit.row)));
    const { product, card } = hit.row;
    if (draft.sale === null) return act((old) => addLoose(old, { id: product, code: card.code, name: card.name }, card.price_minor));
    if (addScanned(draft, lines, product)) return act((old) => addScanned(old, lines, product) ?? old);
    sound(false);
    const { name } = card;
    onProblem(
      lines.some((one) => one.product === product)
        ? t`Nothing more of ${name} can come back on this sale.`
        : t`${name} is not on this sale. Alt+X takes it as new goods in exchange.`,
    );
  };
  const lookUp = async (code: string, otherwise: WorkHit | null): Promise<void> => {
    try {
      const hits = await scanned(code);
      const [hit] = hits;
      if (hits.length > 1) onSeveral(code);
      else if (hit?.kind === "label" && draft.ticket) onNew((old) => addLabelled(old, onTicket(hit.row), hit.qty_milli, hit.label));
      else if (hit?.kind === "product" || hit?.kind === "label") take({ kind: "product", row: hit.row });
      else if (hit?.kind === "coupon" && draft.ticket) onNew((old) => addCoupon(old, hit.code));
      else if (hit?.kind === "member" && draft.ticket) onNew((old) => attachMember(old, buyer(hit.hit)));
      else if (hit?.kind === "sale" && isNothing(draft)) onOther(hit.row);
      else if (hit?.kind === "sale") onProblem(t`This is another receipt. Settle this return first, or leave it with Esc.`);
      else if (otherwise) take(otherwise);
      else {
        sound(false);
        onProblem(t`Nothing has the code ${code}.`);
      }
    } catch (broken) {
      onFailure(broken);
    }
  };
  return { take, lookUp };
}
