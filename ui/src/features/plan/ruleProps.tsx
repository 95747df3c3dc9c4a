import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { Button } from "../../design";
import type { Rule } from "./language";
import css from "./Plan.module.css";

/** What every editor of a rule is given. */
export interface RuleProps<R extends Rule> {
  rule: R;
  onChange: (rule: R) => void;
  /** Its place in the JSON, as findings name it: `plan.rules[0]`. */
  path: string;
  ranks: readonly string[];
  amounts: readonly string[];
  /** Rules before it. */
  earlier: readonly string[];
}

/** Settings that few plans need, folded away unless one of them is set. */
export function More({ changed, children }: { changed: boolean; children: ReactNode }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(changed);
  return (
    <div className={css.more}>
      <Button kind="quiet" pressed={open} onPress={() => setOpen(!open)}>
        {open ? t`Fewer settings` : t`More settings`}
      </Button>
      {open && children}
    </div>
  );
}
