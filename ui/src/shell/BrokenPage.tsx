import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Component, type ReactNode } from "react";
import { Button } from "../design/Button";
import { Strip } from "../design/Strip";
import { Broken, failureFrom } from "../host";
import { refusalWords } from "./refusals";

/** What a screen shows when it cannot: what happened, the trace to find it by, and a way to try again. */
export function BrokenPage({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useLingui();
  const client = useQueryClient();
  return (
    <FailureStrip
      failure={error}
      action={
        <Button
          onPress={() => {
            void client.resetQueries();
            reset?.();
          }}
        >
          {t`Try again`}
        </Button>
      }
    />
  );
}

/** Where an address leads nowhere. */
export function NoSuchScreen() {
  const { t } = useLingui();
  return <Strip tone="note">{t`There is no such screen. Choose another at the left, or press Ctrl+K.`}</Strip>;
}

/** A failure in words: a refusal says how to mend it, anything else gives the trace. Nothing where there is no failure. */
export function FailureStrip({ failure, action }: { failure: unknown; action?: ReactNode }) {
  const words = useFailureWords();
  return failure ? <Strip action={action}>{words(failure)}</Strip> : null;
}

/** Turns a failure into a sentence in the language in use. */
export function useFailureWords(): (failure: unknown) => string {
  const { t, i18n } = useLingui();
  return (cause) => {
    const failure = failureFrom(cause);
    if (failure instanceof Broken) {
      const trace = failure.trace;
      return t`Something went wrong that should not. Nothing you did is lost. For help, name this: ${trace}`;
    }
    const words = refusalWords(failure);
    return words ? i18n._(words) : t`Not possible: ${failure.message}`;
  };
}

/** The last net around the whole window. */
export class LastNet extends Component<{ children: ReactNode }, { failure: unknown }> {
  override state = { failure: null as unknown };
  static getDerivedStateFromError(failure: unknown) {
    return { failure };
  }
  override render() {
    return this.state.failure ? (
      <BrokenPage error={this.state.failure} reset={() => this.setState({ failure: null })} />
    ) : (
      this.props.children
    );
  }
}
