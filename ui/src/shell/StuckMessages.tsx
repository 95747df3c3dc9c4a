/** Messages to members that somebody has to decide about: a word in the status bar while there are any, and a notice when one comes. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { MailWarning } from "lucide-react";
import { useEffect } from "react";
import { notify } from "../design/notify";
import { onMessageStuck } from "../host";
import { useAnswer } from "../host/answers";
import css from "./Prints.module.css";
import { go } from "./router";
import { useMay } from "./session";

export function StuckMessages() {
  const { t } = useLingui();
  const manager = useMay("manager");
  const question = { shown: "stuck" as const, window: { offset: 0, limit: 1 } };
  const { data } = useAnswer("messages", question, { topics: ["messages", "settings"], enabled: manager, keep: true });
  useEffect(
    () => (manager ? onMessageStuck(() => notify({ text: t`A message to a member did not arrive: see Messages` })) : undefined),
    [manager, t],
  );
  const stuck = data?.stuck ?? 0;
  if (!manager || stuck === 0) return null;
  return (
    <button type="button" className={css.chip} onClick={() => go("/messages", { tab: "stuck" })}>
      <MailWarning size={14} aria-hidden="true" />
      {plural(stuck, { one: "# message to decide about", other: "# messages to decide about" })}
    </button>
  );
}
