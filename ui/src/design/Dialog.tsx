/**
 * A question that must be answered before anything else: money leaving, a month closing, a plan taking effect, a person's data deleted.
 * Everything else acts at once and can be undone. The button says the act and the number.
 *
 *     <Dialog title={t`Close October`} open={asking} onClose={cancel} footer={<Button kind="ink" onPress={close}>{t`Close October, pay 128,430.50`}</Button>}>…</Dialog>
 */
import { type ReactNode, useEffect, useRef } from "react";
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
          <Body>{children}</Body>
          {footer && <footer className={css.foot}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Where the pressed button goes away with what it settled, the focus falls out of the dialog and Esc with it: it is brought back. */
function Body({ children }: { children: ReactNode }) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const dialog = body.current?.closest<HTMLElement>("[role=dialog]");
    if (!dialog) return;
    const parts = new MutationObserver(() => {
      if (document.activeElement === document.body) dialog.focus();
    });
    parts.observe(dialog, { childList: true, subtree: true });
    return () => parts.disconnect();
  }, []);
  return (
    <div ref={body} className={css.body}>
      {children}
    </div>
  );
}
