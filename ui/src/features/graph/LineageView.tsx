import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { EmptyHint, useCurrency, writeFixed, writeMicro } from "../../design";
import type { GraphMonths, GraphNode } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Graph.module.css";
import { drawn, SIZE } from "./lineage";

/** The line above a member, the member, and the largest branches below, with what each branch bought on the line that leads to it. */
export function LineageView({ member, months, onOpen }: { member: string; months: GraphMonths; onOpen: (member: string) => void }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const answer = useAnswer("lineage", { member, months }, { topics: ["members", "sales", "month"], enabled: member !== "", keep: true });
  if (member === "") return <EmptyHint>{t`Choose a member in the tree, or search for one.`}</EmptyHint>;
  if (answer.error) return <FailureStrip failure={answer.error} />;
  if (!answer.data) return null;
  const picture = drawn(answer.data);
  const { above } = answer.data;
  const words = (node: GraphNode) => {
    const [group, earned, below] = [writeFixed(node.group_minor, digits), writeMicro(node.earned_micro, digits), writeFixed(node.below, 0)];
    const { name, number } = node;
    return t`${name}, ${number}: group ${group}, earned ${earned}, ${below} below`;
  };
  return (
    <div className={css.scroll}>
      {above > 0 && <p className={css.note}>{plural(above, { one: "# more above", other: "# more above" })}</p>}
      <div className={css.picture} style={{ width: picture.width, height: picture.height }}>
        <svg width={picture.width} height={picture.height} aria-hidden="true">
          {picture.edges.map((edge) => (
            <g key={edge.key}>
              <path d={edge.path} className={css.edge} />
              <text x={edge.x} y={edge.y} textAnchor={edge.anchor} className={css.money}>
                {writeFixed(edge.minor, digits)}
              </text>
            </g>
          ))}
        </svg>
        {picture.nodes.map(({ node, x, y, self }) => (
          <button
            key={node.member}
            type="button"
            className={css.node}
            style={{ transform: `translate(${x}px, ${y}px)`, width: SIZE.width, height: SIZE.height }}
            aria-current={self ? "page" : undefined}
            data-frozen={!node.active || undefined}
            onClick={() => onOpen(node.member)}
          >
            <span className="hidden-text">{words(node)}</span>
            <span className={css.nodeName} aria-hidden="true">
              {node.name}
            </span>
            <span className={css.nodeMore} aria-hidden="true">
              {writeFixed(node.below, 0)}
            </span>
          </button>
        ))}
      </div>
      <p className={css.note}>{t`On each line: what the lower member's branch bought in the period. In each box: how many stand below.`}</p>
    </div>
  );
}
