/** What stands beside a field: why the books cannot read it, and what the check says of it. */
import { useLingui } from "@lingui/react/macro";
import { createContext, type ReactNode, useContext } from "react";
import { Seal } from "../../design";
import { type Found, toneOf } from "./findings";
import css from "./Plan.module.css";

interface Said {
  /** Where the text is no plan, and why. */
  fault: { path: string; words: string } | null;
  found: readonly Found[];
  readOnly: boolean;
}

const SaidContext = createContext<Said>({ fault: null, found: [], readOnly: false });

export const SaidIs = ({ value, children }: { value: Said; children: ReactNode }) => <SaidContext value={value}>{children}</SaidContext>;
export const useSaid = (): Said => useContext(SaidContext);

const under = (path: string, root: string) => path === root || (path.startsWith(root) && /^[.[]/.test(path.slice(root.length)));

/** What is said of a place and everything below it, except the places that speak for themselves. */
export function saidOf<T extends { path: string }>(said: readonly T[], path: string, except: readonly string[] = []): T[] {
  return said.filter((one) => under(one.path, path) && !except.some((other) => under(one.path, other)));
}

/** The words on a place. Each finding names its reason and the law that it rests on. */
export function Beside({ path, except = [] }: { path: string; except?: readonly string[] }) {
  const { t, i18n } = useLingui();
  const { fault, found } = useSaid();
  const severity = { block: t`forbidden`, confirm: t`to accept`, info: t`note` };
  const here = saidOf(found, path, except);
  const faulty = fault && saidOf([fault], path, except).length > 0;
  if (!faulty && here.length === 0) return null;
  return (
    <ul className={css.beside}>
      {faulty && (
        <li className={css.fault} role="alert">
          {fault.words}
        </li>
      )}
      {here.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings have no other identity than their order.
        <li key={at} className={css.finding}>
          <Seal tone={toneOf(one.severity)}>{severity[one.severity]}</Seal>
          <span>
            {typeof one.words === "string" ? one.words : i18n._(one.words)}
            {one.law && <small className={css.law}>{one.law}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
