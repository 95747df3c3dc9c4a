/** The rule's no: `code` names the rule, `params` carry what is needed to mend it. The screens own the words. */
export class Refused extends Error {
  override readonly name = "Refused";
  constructor(
    readonly code: string,
    readonly params: Record<string, unknown>,
    message?: string,
    /** What was asked; two rules of different nouns may speak with one code. */
    readonly command?: string,
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

/** As the shell writes it: `{"failure": "refused", "refusal": {"code": …}, "message": …}` or `{"failure": "broken", "trace": …}`. */
export function failureFrom(cause: unknown, command?: string): Failure {
  if (cause instanceof Refused || cause instanceof Broken) return cause;
  if (isRecord(cause)) {
    if (cause.failure === "refused" && isRecord(cause.refusal)) {
      // A sale's refusal may carry pricing's own or a voucher's, each with its own code.
      const { price, voucher } = cause.refusal;
      const { code, ...params } = isRecord(price) ? price : isRecord(voucher) ? voucher : cause.refusal;
      return new Refused(String(code), params, typeof cause.message === "string" ? cause.message : undefined, command);
    }
    if (cause.failure === "broken") return new Broken(String(cause.trace));
  }
  if (cause instanceof Error) return new Broken(cause.message);
  return new Broken(typeof cause === "string" ? cause : JSON.stringify(cause));
}
