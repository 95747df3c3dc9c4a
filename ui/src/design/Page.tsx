/**
 * The frame of a screen: its name at 22 px, what it counts, search and acts at the end; below, the sheet with whatever is open beside it.
 *
 *     <Page title={t`Members`} note={t`100,000 in all`} acts={<Button kind="ink" keys="N">{t`New member`}</Button>} side={open && <SideSheet …/>}>
 *       <Filters>…</Filters>
 *       <Grid …/>
 *     </Page>
 */
import type { ReactNode } from "react";
import css from "./Page.module.css";
import { useScrollStop } from "./scrollStop";

export interface PageProps {
  title: string;
  note?: ReactNode;
  acts?: ReactNode;
  /** A `SideSheet`, or nothing. */
  side?: ReactNode;
  /** A `Strip` under the header. */
  strip?: ReactNode;
  children: ReactNode;
}

export function Page({ title, note, acts, side, strip, children }: PageProps) {
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{title}</h1>
        {note && <span className={css.note}>{note}</span>}
        <div className={css.acts}>{acts}</div>
      </header>
      {strip}
      <div className={css.body}>
        <div className={css.main}>{children}</div>
        {side}
      </div>
    </div>
  );
}

/** A row of filters above a grid. */
export const Filters = ({ children }: { children: ReactNode }) => <div className={css.filters}>{children}</div>;

/** Scrolling content of a page that is not a grid: forms, figures, prose. `above` a grid it takes the room it needs, up to half. */
export function Sheet({ children, narrow, above }: { children: ReactNode; narrow?: boolean; above?: boolean }) {
  const stop = useScrollStop<HTMLDivElement>();
  return (
    <div ref={stop.ref} tabIndex={stop.tabIndex} className={css.scroll} data-above={above || undefined}>
      <div className={css.sheet} data-narrow={narrow || undefined}>
        {children}
      </div>
    </div>
  );
}

/** A part of a sheet under its own small title. */
export function Section({ title, acts, children }: { title: string; acts?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.section}>
      <header className={css.sectionHead}>
        <h2 className={css.sectionTitle}>{title}</h2>
        {acts}
      </header>
      {children}
    </section>
  );
}

/** Names and what they are, in two columns: a card's contents for reading. */
export function Facts({ facts }: { facts: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className={css.facts}>
      {facts.map((fact) => (
        <div key={fact.name} className={css.fact}>
          <dt>{fact.name}</dt>
          <dd data-selectable="">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
