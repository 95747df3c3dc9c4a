import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog, notify, TextField } from "../../design";
import { useDeed } from "../../host/answers";
import { useFailureWords } from "../../shell";
import { readable } from "./form";

interface TextDialogProps {
  text: string;
  readOnly: boolean;
  onTake: (text: string) => void;
  onClose: () => void;
}

/** The plan as text of the plan language, to copy elsewhere or to paste from there: for plans that the form cannot hold. */
export function TextDialog({ text, readOnly, onTake, onClose }: TextDialogProps) {
  const { t } = useLingui();
  const words = useFailureWords();
  const before = readable(text);
  const [typed, setTyped] = useState(before);
  // Only what the books can read is taken over.
  const check = useDeed("check_plan", () => onTake(typed));
  return (
    <Dialog
      title={t`Plan as text`}
      open
      size="wide"
      onClose={onClose}
      footer={
        <>
          <Button
            onPress={() => {
              void navigator.clipboard?.writeText(typed).then(() => notify({ text: t`Copied.` }));
            }}
          >
            {t`Copy`}
          </Button>
          {!readOnly && (
            <Button
              kind="ink"
              disabled={typed.trim() === "" || typed === before}
              busy={check.isPending}
              onPress={() => check.mutate({ from: "text", text: typed })}
            >
              {t`Check and take over`}
            </Button>
          )}
        </>
      }
    >
      <TextField
        label={t`JSON of the plan language`}
        value={typed}
        onChange={setTyped}
        rows={20}
        readOnly={readOnly}
        error={check.error ? words(check.error) : undefined}
        hint={t`Paste a plan here to check and use it. Nothing takes effect before it is put into force.`}
      />
    </Dialog>
  );
}
