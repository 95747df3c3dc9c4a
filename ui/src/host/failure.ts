/** The rule's no: `code` names the rule, `params` carry what is needed to mend it. The screens own the words. */
export class Refused extends Error {
  override readonly name = "Refused";
  constructor(
    readonly code: string,
    readonly params: Record<string, unknown>,
    message?: string,
  ) {
    super(message ?? code);
  }
}

/** Something that should not happen did. `trace` finds the details in the log file. */
export class Broken extends Error {
  override readonly name = "Broken";
  constructor(
    readonly trace: string,
    message?: string,
  ) {
    super(message ?? trace);
  }
}

export type Failure = Refused | Broken;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/**
 * Reads what the shell rejected with. Guarantees one of the two failures, whatever comes: a text or an unknown shape counts as broken.
 */
export function failureFrom(cause: unknown): Failure {
  if (cause instanceof Refused || cause instanceof Broken) return cause;
  if (isRecord(cause)) {
    const refusal = isRecord(cause.refused) ? cause.refused : cause.kind === "refused" && isRecord(cause.refusal) ? cause.refusal : cause;
    if (typeof refusal.code === "string") {
      const { code, kind: _kind, message, params, ...rest } = refusal;
      return new Refused(code, isRecord(params) ? params : rest, typeof message === "string" ? message : undefined);
    }
    const broken = isRecord(cause.broken) ? cause.broken : cause;
    if (typeof broken.trace === "string") {
      return new Broken(broken.trace, typeof broken.message === "string" ? broken.message : undefined);
    }
  }
  if (cause instanceof Error) return new Broken(cause.message);
  return new Broken(typeof cause === "string" ? cause : JSON.stringify(cause));
}
