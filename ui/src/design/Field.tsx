/** The frame of every field: label above, what it takes, and below it either help or what is wrong and how to mend it. */
import { type ReactNode, useId } from "react";
import { Text } from "react-aria-components";
import css from "./Field.module.css";

export interface FieldProps {
  label: string;
  /** The label is read aloud but not shown; for fields whose place says it. */
  hideLabel?: boolean;
  hint?: ReactNode;
  /** What is wrong, in words that say how to mend it. */
  error?: ReactNode;
  optional?: string;
}

export interface FieldWiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

export function Field({
  label,
  hideLabel,
  hint,
  error,
  optional,
  children,
}: FieldProps & { children: (wiring: FieldWiring) => ReactNode }) {
  const id = useId();
  const below = error ?? hint;
  return (
    <div className={css.field}>
      <label htmlFor={id} className={hideLabel ? "hidden-text" : css.label}>
        {label}
        {optional && <span className={css.optional}>{optional}</span>}
      </label>
      {children({ id, "aria-describedby": below ? `${id}-below` : undefined, "aria-invalid": error ? true : undefined })}
      {below && (
        <p id={`${id}-below`} className={error ? css.error : css.hint} role={error ? "alert" : undefined}>
          {below}
        </p>
      )}
    </div>
  );
}

/** What stands below a control of React Aria's, which ties it to the control by its slot: what is wrong, else help. */
export const Below = ({ hint, error }: Pick<FieldProps, "hint" | "error">) =>
  error ? (
    <Text slot="errorMessage" className={css.error ?? ""}>
      {error}
    </Text>
  ) : (
    hint && (
      <Text slot="description" className={css.hint ?? ""}>
        {hint}
      </Text>
    )
  );

/** The look of a control's box, for all fields. */
export const box: string = css.box ?? "";
export const labelLook: string = css.label ?? "";
export const fieldLook: string = css.field ?? "";
