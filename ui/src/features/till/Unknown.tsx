import { useLingui } from "@lingui/react/macro";
import { Button } from "../../design";
import { go, useMay } from "../../shell";
import css from "./Till.module.css";

/** Why what was scanned or typed did nothing. */
export type Problem = { kind: "unknown"; code: string } | { kind: "unreadable" };

/** Says it beside the box, and leads whoever may to a new product with the code. */
export function Unknown({ problem }: { problem: Problem }) {
  const { t } = useLingui();
  const mayAddProducts = useMay("manager");
  return (
    <p className={css.unknown} role="alert">
      {problem.kind === "unknown" ? t`No product or member has the code ${problem.code}.` : t`This cannot be read. Try again, or Esc.`}
      {problem.kind === "unknown" && mayAddProducts && (
        <Button onPress={() => go("/products", { new: problem.code })}>{t`New product with this code`}</Button>
      )}
    </p>
  );
}
