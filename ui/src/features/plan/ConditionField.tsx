import { useLingui } from "@lingui/react/macro";
import { Plus, X } from "lucide-react";
import { Button } from "../../design";
import { useSaid } from "./beside";
import { Figure, Name, Pick } from "./fields";
import type { Condition } from "./language";
import css from "./Plan.module.css";
import { amountName } from "./words";

type Kind = "always" | "never" | "active" | "frozen" | "rank_gte" | "rank_is" | "measure" | "attr" | "member" | "all" | "any" | "not";

interface ConditionProps {
  /** What it decides, for those who hear the screen. */
  label: string;
  value: Condition;
  onChange: (value: Condition) => void;
  ranks: readonly string[];
  amounts: readonly string[];
}

const kindOf = (condition: Condition): Kind => {
  if (typeof condition === "string") return condition;
  if ("active" in condition) return condition.active ? "active" : "frozen";
  return Object.keys(condition).find((key): key is Kind => key !== "gte" && key !== "lt" && key !== "eq") ?? "always";
};

/** A condition of a kind; parts of the one before are kept where they can be. */
export function conditionOf(kind: Kind, before: Condition, ranks: readonly string[]): Condition {
  const parts = typeof before === "string" ? [] : "all" in before ? before.all : "any" in before ? before.any : [before];
  const rank =
    typeof before !== "string" && "rank_gte" in before
      ? before.rank_gte
      : typeof before !== "string" && "rank_is" in before
        ? before.rank_is
        : (ranks[0] ?? "");
  switch (kind) {
    case "always":
    case "never":
      return kind;
    case "active":
      return { active: true };
    case "frozen":
      return { active: false };
    case "rank_gte":
      return { rank_gte: rank };
    case "rank_is":
      return { rank_is: rank };
    case "measure":
      return { measure: "group.net", gte: "1000" };
    case "attr":
      return { attr: "field" };
    case "member":
      return { member: "" };
    case "all":
      return { all: parts.length > 0 ? parts : [{ active: true }] };
    case "any":
      return { any: parts.length > 0 ? parts : [{ active: true }] };
    case "not":
      return { not: parts.length === 1 && parts[0] ? parts[0] : parts.length > 1 ? before : { active: true } };
  }
}

/** Who: one condition, or several together, edited where it stands. */
export function ConditionField({ label, value, onChange, ranks, amounts }: ConditionProps) {
  const { t } = useLingui();
  const kind = kindOf(value);
  const options: { key: Kind; text: string }[] = [
    { key: "always", text: t`anyone` },
    { key: "active", text: t`active` },
    { key: "measure", text: t`volume of the month` },
    ...(ranks.length > 0
      ? [
          { key: "rank_gte" as const, text: t`rank at least` },
          { key: "rank_is" as const, text: t`rank exactly` },
        ]
      : []),
    { key: "all", text: t`all of these` },
    { key: "any", text: t`any of these` },
    { key: "not", text: t`not` },
    { key: "attr", text: t`field of the member` },
    { key: "member", text: t`one member` },
    { key: "frozen", text: t`frozen` },
    { key: "never", text: t`nobody` },
  ];
  return (
    <span className={css.condition}>
      <Pick label={label} value={kind} options={options} onChange={(key) => key !== kind && onChange(conditionOf(key, value, ranks))} />
      <Inside label={label} value={value} onChange={onChange} ranks={ranks} amounts={amounts} />
    </span>
  );
}

function Inside({ label, value, onChange, ranks, amounts }: ConditionProps) {
  const { t } = useLingui();
  if (typeof value === "string" || "active" in value) return null;
  const rankOptions = ranks.map((rank) => ({ key: rank, text: rank }));
  const rankLabel = `${label}: ${t`rank`}`;
  if ("rank_gte" in value)
    return <Pick label={rankLabel} value={value.rank_gte} options={rankOptions} onChange={(rank_gte) => onChange({ rank_gte })} />;
  if ("rank_is" in value)
    return <Pick label={rankLabel} value={value.rank_is} options={rankOptions} onChange={(rank_is) => onChange({ rank_is })} />;
  if ("measure" in value) return <MeasureBounds label={label} value={value} onChange={onChange} amounts={amounts} />;
  if ("attr" in value) {
    const eq = value.eq === undefined ? "" : String(value.eq);
    return (
      <>
        <Name label={`${label}: ${t`field`}`} value={value.attr} onChange={(attr) => onChange({ ...value, attr })} />
        <span>{t`is`}</span>
        <Name
          label={`${label}: ${t`value, empty for yes`}`}
          value={eq}
          onChange={(typed) =>
            onChange(typed.trim() === "" ? { attr: value.attr } : { attr: value.attr, eq: typed === "false" ? false : typed })
          }
        />
      </>
    );
  }
  if ("member" in value)
    return <Name label={`${label}: ${t`number of the member`}`} value={value.member} onChange={(member) => onChange({ member })} />;
  if ("not" in value)
    return (
      <ConditionField
        label={`${label}: ${t`not`}`}
        value={value.not}
        onChange={(not) => onChange({ not })}
        ranks={ranks}
        amounts={amounts}
      />
    );
  const parts = "all" in value ? value.all : value.any;
  const set = (next: Condition[]) => onChange("all" in value ? { all: next } : { any: next });
  return <Parts label={label} parts={parts} onChange={set} ranks={ranks} amounts={amounts} />;
}

function Parts({
  label,
  parts,
  onChange,
  ranks,
  amounts,
}: {
  label: string;
  parts: Condition[];
  onChange: (parts: Condition[]) => void;
  ranks: readonly string[];
  amounts: readonly string[];
}) {
  const { t } = useLingui();
  const { readOnly } = useSaid();
  return (
    <span className={css.parts}>
      {parts.map((part, at) => {
        const place = `${label} ${at + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other identity than its place.
          <span key={at} className={css.part}>
            <ConditionField
              label={place}
              value={part}
              onChange={(next) => onChange(parts.map((one, on) => (on === at ? next : one)))}
              ranks={ranks}
              amounts={amounts}
            />
            {!readOnly && parts.length > 1 && (
              <Button kind="quiet" label={t`Remove: ${place}`} onPress={() => onChange(parts.filter((_, on) => on !== at))}>
                <X size={14} aria-hidden="true" />
              </Button>
            )}
          </span>
        );
      })}
      {!readOnly && (
        <Button kind="quiet" label={t`Add a condition: ${label}`} onPress={() => onChange([...parts, { active: true }])}>
          <Plus size={14} aria-hidden="true" />
        </Button>
      )}
    </span>
  );
}

/** Which measure: a scope and an amount, or a numeric field of the member. */
export function MeasureField({
  label,
  value,
  onChange,
  amounts,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  amounts: readonly string[];
}) {
  const { t } = useLingui();
  const dot = value.indexOf(".");
  const scope = value.slice(0, dot);
  const of = value.slice(dot + 1);
  const scopes = [
    { key: "own", text: t`own purchases` },
    { key: "direct", text: t`purchases of direct members` },
    { key: "group", text: t`group volume` },
    { key: "company", text: t`the shop's sales` },
    { key: "attr", text: t`field of the member` },
  ];
  return (
    <>
      <Pick
        label={`${label}: ${t`which volume`}`}
        value={scope}
        options={scopes}
        onChange={(next) => onChange(`${next}.${next === "attr" ? "field" : scope === "attr" ? "net" : of}`)}
      />
      {scope === "attr" ? (
        <Name label={`${label}: ${t`field`}`} value={of} onChange={(field) => onChange(`attr.${field}`)} />
      ) : (
        (amounts.length > 1 || of !== "net") && (
          <AmountPick label={`${label}: ${t`amount`}`} value={of} onChange={(next) => onChange(`${scope}.${next}`)} amounts={amounts} />
        )
      )}
    </>
  );
}

/** Which amount of an order. */
export function AmountPick({
  label,
  value,
  onChange,
  amounts,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  amounts: readonly string[];
}) {
  const known = amounts.includes(value) ? amounts : [...amounts, value];
  return <Pick label={label} value={value} options={known.map((key) => ({ key, text: amountName(key) }))} onChange={onChange} />;
}

function MeasureBounds({
  label,
  value,
  onChange,
  amounts,
}: {
  label: string;
  value: { measure: string; gte?: string; lt?: string };
  onChange: (value: Condition) => void;
  amounts: readonly string[];
}) {
  const { t } = useLingui();
  const shape = value.gte !== undefined && value.lt !== undefined ? "between" : value.lt !== undefined ? "below" : "from";
  const shapes = [
    { key: "from" as const, text: t`at least` },
    { key: "below" as const, text: t`below` },
    { key: "between" as const, text: t`between` },
  ];
  const first = value.gte ?? value.lt ?? "0";
  const { measure } = value;
  return (
    <>
      <MeasureField label={label} value={measure} onChange={(next) => onChange({ ...value, measure: next })} amounts={amounts} />
      <Pick
        label={`${label}: ${t`how much`}`}
        value={shape}
        options={shapes}
        onChange={(key) =>
          onChange(
            key === "from"
              ? { measure, gte: first }
              : key === "below"
                ? { measure, lt: first }
                : { measure, gte: first, lt: value.lt ?? `${first}0` },
          )
        }
      />
      {value.gte !== undefined && (
        <Figure wide label={`${label}: ${t`at least`}`} value={value.gte} onChange={(gte) => onChange({ ...value, gte })} />
      )}
      {value.lt !== undefined && (
        <Figure wide label={`${label}: ${t`below`}`} value={value.lt} onChange={(lt) => onChange({ ...value, lt })} />
      )}
    </>
  );
}
