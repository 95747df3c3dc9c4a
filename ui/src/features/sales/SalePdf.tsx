import { useLingui } from "@lingui/react/macro";
import { Button, notify } from "../../design";
import { chooseTarget, type SalePaper } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Sales.module.css";

/** A document as a PDF file: the receipt or credit note of A4, and for a sale the delivery note. */
export function SalePdf({ sale, number, returned }: { sale: string; number: string; returned: boolean }) {
  const { t } = useLingui();
  const deed = useDeed("press_sale", ({ path }) => notify({ text: t`Saved: ${path}` }));
  const save = async (paper: SalePaper, name: string) => {
    if (deed.isPending) return;
    const path = await chooseTarget({
      title: t`Save as a PDF file`,
      kinds: [{ name: "PDF", extensions: ["pdf"] }],
      name: `${name} ${number}.pdf`,
    });
    if (path) deed.mutate({ sale, paper, path });
  };
  return (
    <>
      <FailureStrip failure={deed.error} />
      <div className={css.pdf}>
        <Button busy={deed.isPending} onPress={() => void save("receipt", returned ? t`Credit note` : t`Receipt`)}>
          {returned ? t`Credit note as PDF…` : t`Receipt as PDF…`}
        </Button>
        {!returned && (
          <Button busy={deed.isPending} onPress={() => void save("delivery", t`Delivery note`)}>
            {t`Delivery note as PDF…`}
          </Button>
        )}
      </div>
    </>
  );
}
