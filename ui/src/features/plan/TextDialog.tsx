import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog, notify, TextField } from "../../design";
import type { OpenedPlan } from "../../host";
import { useDeed } from "../../host/answers";
import { useFailureWords } from "../../shell";

interface TextDialogProps {
  text: string;
  readOnly: boolean;
  onTake: (opened: OpenedPlan) => void;
  onClose: () => void;
}

/** The plan text, laid out for reading. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The plan as text of the plan language, to copy elsewhere or to paste from there. */
export function TextDialog({ text, readOnly, onTake, onClose }: TextDialogProps) {
  const { t } = useLingui();
  const words = useFailureWords();
  const before = readable(text);
  const [typed, setTyped] = useState(before);
  // Only what the books can read is taken over.
  const read = useDeed("read_plan", onTake);
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
              busy={read.isPending}
              onPress={() => read.mutate({ from: "text", text: typed })}
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
        error={read.error ? words(read.error) : undefined}
        hint={t`Paste a plan here to check and use it. Nothing takes effect before it is put into force.`}
      />
    </Dialog>
  );
}
