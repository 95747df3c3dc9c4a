import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { EmptyHint, useCurrency, writeFixed } from "../../design";
import type { GraphMonths, OverviewBy, OverviewCell } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Graph.module.css";
import { laidOut } from "./icicle";

interface OverviewProps {
  /** Top of the branch; empty for the whole shop. */
  member: string;
  months: GraphMonths;
  by: OverviewBy;
  onOpen: (member: string) => void;
}

/** The largest branches as one picture: each as wide as its members or its purchases, those within it below, and the rest at the end. */
export function OverviewView({ member, months, by, onOpen }: OverviewProps) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const question = { member: member === "" ? null : member, months, by };
  const answer = useAnswer("overview", question, { topics: ["members", "sales"], keep: true });
  if (answer.error) return <FailureStrip failure={answer.error} />;
  if (!answer.data) return null;
  const { people, group_minor, cells } = answer.data;
  const words = (cell: OverviewCell) => {
    const [members, money] = [writeFixed(cell.people, 0), writeFixed(cell.group_minor, digits)];
    const { branches } = cell;
    const name = cell.member ? cell.name : plural(branches, { one: "# smaller branch", other: "# smaller branches" });
    return t`${name}: ${members} members, ${money}`;
  };
  const [members, money] = [writeFixed(people, 0), writeFixed(group_minor, digits)];
  const whole = by === "people" ? people : group_minor;
  if (cells.length === 0) return <EmptyHint>{t`Nobody stands below yet.`}</EmptyHint>;
  return (
    <div className={css.scroll}>
      <p className={css.note}>{t`${members} members, ${money} in the period`}</p>
      {whole <= 0 ? (
        <EmptyHint>{t`Nothing was bought in this period. Choose another, or measure by members.`}</EmptyHint>
      ) : (
        <div className={css.icicle} style={{ height: Math.max(...cells.map((cell) => cell.depth)) * 58 }}>
          {laidOut(answer.data, by).map(({ cell, left, width, index }) => {
            const style = { left: `${left}%`, width: `${width}%`, top: (cell.depth - 1) * 58 };
            const text = width > 5 && (
              <>
                <span className={css.nodeName}>{cell.member ? cell.name : t`Rest`}</span>
                <span className={css.nodeMore}>{by === "people" ? writeFixed(cell.people, 0) : writeFixed(cell.group_minor, digits)}</span>
              </>
            );
            const { member: top } = cell;
            return top ? (
              <button
                key={index}
                type="button"
                className={css.part}
                data-depth={cell.depth}
                style={style}
                title={words(cell)}
                onClick={() => onOpen(top)}
              >
                <span className="hidden-text">{words(cell)}</span>
                <span aria-hidden="true">{text}</span>
              </button>
            ) : (
              <div key={index} className={css.part} data-rest="" style={style} title={words(cell)}>
                {text}
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}
