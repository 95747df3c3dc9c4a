import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { Button } from "../../design";
import { useSaid } from "./beside";
import { filterParts, joinFilter } from "./edit";
import { Figure, Name, Pick } from "./fields";
import type { OrderFilter } from "./language";
import css from "./Plan.module.css";

type Kind = "all" | "tag" | "no_tag" | "order_attr";

const kindOf = (part: OrderFilter): Exclude<Kind, "all"> => ("tag" in part ? "tag" : "no_tag" in part ? "no_tag" : "order_attr");

/** Which sales count: all, or those with or without a mark, or by a figure of theirs. */
export function Filter({ filter, onChange }: { filter: OrderFilter | undefined; onChange: (filter: OrderFilter | undefined) => void }) {
  const { t } = useLingui();
  const { readOnly } = useSaid();
  const parts = filterParts(filter);
  const set = (at: number, part: OrderFilter | null) => onChange(joinFilter(parts.flatMap((one, on) => (on !== at ? one : (part ?? [])))));
  const kinds = [
    { key: "all" as const, text: t`of every kind` },
    { key: "tag" as const, text: t`marked` },
    { key: "no_tag" as const, text: t`not marked` },
    { key: "order_attr" as const, text: t`by a figure` },
  ];
  const fresh = (kind: Kind): OrderFilter | null =>
    kind === "tag"
      ? { tag: "tea" }
      : kind === "no_tag"
        ? { no_tag: "kit" }
        : kind === "order_attr"
          ? { order_attr: "count", gte: "1" }
          : null;
  if (parts.length === 0) {
    return (
      <Pick
        label={t`Which sales`}
        value="all"
        options={kinds}
        onChange={(kind) => {
          const part = fresh(kind);
          if (part) onChange(part);
        }}
      />
    );
  }
  return (
    <span className={css.condition}>
      {parts.map((part, at) => {
        const place = t`Which sales ${at + 1}`;
        const nested = "all" in part;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other identity than its place.
          <span key={at} className={css.condition}>
            {nested ? (
              <Filter filter={part} onChange={(next) => set(at, next ?? null)} />
            ) : (
              <Pick label={place} value={kindOf(part)} options={kinds} onChange={(kind) => kind !== kindOf(part) && set(at, fresh(kind))} />
            )}
            {"tag" in part && <Name label={`${place}: ${t`mark`}`} value={part.tag} onChange={(tag) => set(at, { tag })} />}
            {"no_tag" in part && <Name label={`${place}: ${t`mark`}`} value={part.no_tag} onChange={(no_tag) => set(at, { no_tag })} />}
            {"order_attr" in part && (
              <>
                <Name label={`${place}: ${t`field`}`} value={part.order_attr} onChange={(order_attr) => set(at, { ...part, order_attr })} />
                {part.gte !== undefined && (
                  <Figure wide label={`${place}: ${t`at least`}`} value={part.gte} onChange={(gte) => set(at, { ...part, gte })} />
                )}
                {part.lte !== undefined && (
                  <Figure wide label={`${place}: ${t`at most`}`} value={part.lte} onChange={(lte) => set(at, { ...part, lte })} />
                )}
              </>
            )}
            {!readOnly && !nested && (
              <Button kind="quiet" label={t`Remove: ${place}`} onPress={() => set(at, null)}>
                <X size={14} aria-hidden="true" />
              </Button>
            )}
          </span>
        );
      })}
    </span>
  );
}
