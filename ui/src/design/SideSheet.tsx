/**
 * What is open beside a list: 344 px, beside it on wide windows and over it under 1280 px. Esc closes; the focus goes back to where it was.
 *
 *     <SideSheet title={member.name} close={t`Close`} onClose={close} footer={<Button kind="ink">…</Button>}>…</SideSheet>
 */
import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button as AriaButton } from "react-aria-components";
import css from "./SideSheet.module.css";
import { useScrollStop } from "./scrollStop";

export interface SideSheetProps {
  title: ReactNode;
  /** Under the title: a number, a seal. */
  more?: ReactNode;
  /** Name of the closing button. */
  close: string;
  onClose: () => void;
  footer?: ReactNode;
  /** Wider, for what needs two columns. */
  wide?: boolean;
  /** Takes the focus when it opens; leave out where the list keeps it. */
  takeFocus?: boolean;
  children: ReactNode;
}

export function SideSheet({ title, more, close, onClose, footer, wide, takeFocus, children }: SideSheetProps) {
  const sheet = useRef<HTMLElement>(null);
  const stop = useScrollStop<HTMLDivElement>();
  useEffect(() => {
    const before = document.activeElement;
    if (takeFocus) {
      const fields = "input:not([type=hidden]):not(:disabled), textarea, select, button[aria-haspopup]";
      (sheet.current?.querySelector<HTMLElement>(`[data-body] :is(${fields})`) ?? sheet.current)?.focus();
    }
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [takeFocus]);
  return (
    <aside
      ref={sheet}
      tabIndex={-1}
      className={css.sheet}
      data-wide={wide || undefined}
      aria-label={typeof title === "string" ? title : undefined}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) {
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <header className={css.head}>
        <div className={css.titles}>
          <h2 className={css.title}>{title}</h2>
          {more}
        </div>
        <AriaButton className={css.close ?? ""} aria-label={close} onPress={onClose}>
          <X size={16} aria-hidden="true" />
        </AriaButton>
      </header>
      <div ref={stop.ref} tabIndex={stop.tabIndex} className={css.body} data-body="">
        {children}
      </div>
      {footer && <footer className={css.foot}>{footer}</footer>}
    </aside>
  );
}
