import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, MoneyInput, notify, Section } from "../../design";
import type { ShiftState } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Shift.module.css";

/** Opens a shift: the float of the last time is proposed, Enter takes it. */
export function OpenForm({ state, takeFocus }: { state: ShiftState; takeFocus: boolean }) {
  const { t } = useLingui();
  const [float, setFloat] = useState<number | null>(state.last_float_minor);
  const open = useDeed("open_shift", () => notify({ text: t`The shift is open` }));
  const begin = (minor: number | null) => {
    if (minor !== null && !open.isPending) open.mutate({ float_minor: minor });
  };
  return (
    <Section title={t`No shift is open`}>
      <p className={css.prose}>
        {state.settings.required
          ? t`Count the cash for change into the drawer. Sales begin once the shift is open.`
          : t`Sales are taken without a shift too. Open one where the drawer is to be counted at the end.`}
      </p>
      <div className={css.acts}>
        <MoneyInput label={t`Cash in the drawer`} value={float} onChange={setFloat} onEnter={begin} autoFocus={takeFocus} />
        <Button kind="ink" keys="Enter" busy={open.isPending} disabled={float === null} onPress={() => begin(float)}>
          {t`Open the shift`}
        </Button>
      </div>
      <FailureStrip failure={open.error} />
    </Section>
  );
}
