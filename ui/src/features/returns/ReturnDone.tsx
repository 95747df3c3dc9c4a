import { useLingui } from "@lingui/react/macro";
import { Amount, Button, Figure, Paper } from "../../design";
import type { ExchangeReceipt, ReturnReceipt } from "../../host";
import { useTenderNames } from "../../shell/tenders";
import { SalePdf } from "../sales/SalePdf";
import panel from "../till/TicketPanel.module.css";

interface DoneProps {
  receipt: ReturnReceipt;
  exchange: ExchangeReceipt | null;
  onReprint: () => void;
  onNext: () => void;
}

/** What the cashier hands out after a return, large, by tender; below it the credit note as it lies on paper, and the new receipt. */
export function ReturnDone({ receipt, exchange, onReprint, onNext }: DoneProps) {
  const { t } = useLingui();
  const names: Record<string, string> = useTenderNames();
  const { number } = receipt.returned;
  const given = exchange ? exchange.given : receipt.returned.refunds;
  const sale = exchange?.sale.sale;
  const change = sale?.change_minor ?? 0;
  const bought = sale?.number;
  return (
    <aside className={panel.panel} aria-label={t`Taken back`}>
      <div className={panel.done}>
        <div className={panel.doneHead} role="status">
          <span>{sale ? t`Exchanged: ${number}, ${bought}` : t`Taken back: ${number}`}</span>
        </div>
        <div className={panel.due}>
          <Figure name={sale && given.length === 0 ? t`Change` : t`To give back`} size="due">
            <Amount minor={sale && given.length === 0 ? change : given.reduce((sum, one) => sum + one.amount_minor, 0)} />
          </Figure>
        </div>
        {given.map((one) => (
          <div key={`${one.kind} ${one.voucher?.voucher}`} className={panel.sum}>
            <span>{[names[one.kind] ?? one.kind, one.voucher?.code.slice(-4)].filter(Boolean).join(" ")}</span>
            <Amount minor={one.amount_minor} />
          </div>
        ))}
        <div className={panel.paper}>
          <Paper rows={exchange ? [...receipt.rows, ...exchange.sale.rows] : receipt.rows} label={t`Credit note`} />
        </div>
        <div className={panel.take}>
          <Button kind="ink" size="large" wide keys="Enter" onPress={onNext}>
            {t`Back to the till`}
          </Button>
          <Button wide keys="Ctrl+P" onPress={onReprint}>
            {t`Print once more`}
          </Button>
          <SalePdf sale={receipt.returned.returned} number={number} returned />
        </div>
      </div>
    </aside>
  );
}
