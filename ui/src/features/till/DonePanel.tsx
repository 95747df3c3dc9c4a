import { useLingui } from "@lingui/react/macro";
import { Amount, Button, Figure, Paper, Points } from "../../design";
import type { SaleReceipt } from "../../host";
import { SalePdf } from "../sales/SalePdf";
import css from "./TicketPanel.module.css";

interface DoneProps {
  receipt: SaleReceipt;
  onReprint: () => void;
  onNext: () => void;
}

/** What the cashier needs after the sale: the change, large, until the next scan; below it the receipt as it lies on paper. */
export function DonePanel({ receipt, onReprint, onNext }: DoneProps) {
  const { t } = useLingui();
  const { sale } = receipt;
  return (
    <aside className={css.panel} aria-label={t`Sale taken`}>
      <div className={css.done}>
        <div className={css.doneHead} role="status">
          <span>{t`Taken: ${sale.number}`}</span>
          <Amount minor={sale.due_minor} />
        </div>
        <div className={css.due}>
          <Figure name={t`Change`} size="due">
            <Amount minor={sale.change_minor} />
          </Figure>
        </div>
        {sale.member && (
          <p>
            {t`Points earned`} <Points points={sale.points_earned} />
          </p>
        )}
        <div className={css.paper}>
          <Paper rows={receipt.rows} label={t`Receipt`} />
        </div>
        <div className={css.take}>
          <Button kind="ink" size="large" wide keys="Enter" onPress={onNext}>
            {t`Next customer`}
          </Button>
          <Button wide keys="Ctrl+P" onPress={onReprint}>
            {t`Print once more`}
          </Button>
          <SalePdf sale={sale.sale} number={sale.number} returned={false} />
        </div>
      </div>
    </aside>
  );
}
