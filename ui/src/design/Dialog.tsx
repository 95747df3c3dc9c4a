/**
 * A question that must be answered before anything else: money leaving, a month closing, a plan taking effect, a person's data deleted.
 * Everything else acts at once and can be undone. The button says the act and the number.
 *
 *     <Dialog title={t`Close October`} open={asking} onClose={cancel} footer={<Button kind="ink" onPress={close}>{t`Close October, pay 128,430.50`}</Button>}>…</Dialog>
 */
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import css from "./Dialog.module.css";

export interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  footer?: ReactNode;
  size?: "small" | "wide";
  /** Must be answered: Esc and a press outside do nothing. */
  firm?: boolean;
  children: ReactNode;
}

export function Dialog({ title, open, onClose, footer, size = "small", firm, children }: DialogProps) {
  return (
    <ModalOverlay
      className={css.scrim ?? ""}
      isOpen={open}
      onOpenChange={(now) => {
        if (!now) onClose();
      }}
      isDismissable={!firm}
      isKeyboardDismissDisabled={firm}
    >
      <Modal className={css.modal ?? ""} data-size={size}>
        <AriaDialog className={css.dialog ?? ""}>
          <Heading slot="title" className={css.title ?? ""}>
            {title}
          </Heading>
          <div className={css.body}>{children}</div>
          {footer && <footer className={css.foot}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
