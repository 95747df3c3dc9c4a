import { useLingui } from "@lingui/react/macro";
import { Button } from "../design/Button";
import { Strip } from "../design/Strip";
import { useAnswer, useDeed } from "../host/answers";
import { go } from "./router";

/** Says at the next start that the program fell, and where a report for whoever helps is made. */
export function Crash() {
  const { t } = useLingui();
  const crash = useAnswer("crash", null);
  const forget = useDeed("forget_crash", () => void crash.refetch());
  if (!crash.data) return null;
  const at = crash.data.at;
  return (
    <Strip
      tone="wait"
      action={
        <>
          <Button kind="quiet" onPress={() => go("/settings", { part: "data" })}>
            {t`Make a report`}
          </Button>
          <Button onPress={() => forget.mutate(null)} busy={forget.isPending}>
            {t`Understood`}
          </Button>
        </>
      }
    >
      {t`The program stopped by itself at ${at}. Everything that was answered before is in the books. Nothing about it was sent to anybody.`}
    </Strip>
  );
}
