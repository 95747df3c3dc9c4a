import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Page, Sheet } from "../../design";
import type { DocumentRow } from "../../host";
import { go, leave, useKeys, useMay, useSearchState } from "../../shell";
import { Documents, DocumentView } from "./Documents";
import { NewDocument } from "./NewDocument";
import { Parties } from "./Parties";
import css from "./Stock.module.css";
import { Takes } from "./Takes";
import { Values } from "./Values";
import "./refusals";

const parts = ["receive", "transfer", "count", "documents", "value", "parties"] as const;
type Part = (typeof parts)[number];

/** The back room: goods in, between places, counted, and what they are worth. */
export default function StockPage() {
  const { t } = useLingui();
  const manager = useMay("manager");
  const [state, change] = useSearchState<{ part: string }>({ part: "" });
  const [open, setOpen] = useState<DocumentRow | null>(null);
  const offered: readonly Part[] = manager ? parts : ["count"];
  const part = offered.find((one) => one === state.part) ?? offered[0] ?? "count";
  const names: Record<Part, string> = {
    receive: t`Receive`,
    transfer: t`Move goods`,
    count: t`Count`,
    documents: t`Documents`,
    value: t`Value`,
    parties: t`Suppliers & places`,
  };
  const to = (next: Part) =>
    leave(() => {
      setOpen(null);
      change({ part: next });
    });
  useKeys({
    ...Object.fromEntries(offered.map((one, index) => [`Alt+${index + 1}`, () => to(one)])),
    Escape: open ? () => setOpen(null) : undefined,
  });
  return (
    <Page
      title={t`Back room`}
      note={names[part]}
      acts={
        <>
          <Button onPress={() => go("/products", { list: "low" })}>{t`To be ordered`}</Button>
          <Button onPress={() => go("/products", { list: "oversold" })}>{t`Oversold`}</Button>
        </>
      }
      side={open && part === "documents" && <DocumentView key={open.document} row={open} onClose={() => setOpen(null)} />}
    >
      <nav className={css.tabs} aria-label={t`Parts of the back room`}>
        {offered.map((one, index) => (
          <Button key={one} pressed={one === part} keys={`Alt+${index + 1}`} onPress={() => to(one)}>
            {names[one]}
          </Button>
        ))}
      </nav>
      {part === "documents" ? (
        <Documents onOpen={setOpen} open={open?.document ?? null} />
      ) : part === "value" ? (
        <Values />
      ) : (
        <Sheet>
          {part === "receive" && <NewDocument key="receive" kind="receive" />}
          {part === "transfer" && <NewDocument key="transfer" kind="transfer" />}
          {part === "count" && <Takes />}
          {part === "parties" && <Parties />}
        </Sheet>
      )}
    </Page>
  );
}
