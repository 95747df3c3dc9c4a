import { useLingui } from "@lingui/react/macro";
import { Button } from "../../design";
import { go, useMay } from "../../shell";
import css from "./Till.module.css";

/** What was wrong with the last thing that the box got. */
export type Problem = { kind: "unknown"; code: string } | { kind: "unreadable" };

/** Under the box: why nothing came of what was scanned or typed, and what to do about it. */
export function BoxProblem({ problem }: { problem: Problem }) {
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
