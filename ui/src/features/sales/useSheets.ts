import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { notify } from "../../design";
import { chooseTarget, type SaleFilter, type TradeBy, type TradeFilter } from "../../host";
import { useDeed } from "../../host/answers";
import { useJob } from "../../shell";

type What = { by: TradeBy; trade: TradeFilter } | { by: null; filter: SaleFilter };

/** Asks where to write what is shown, has it written, and says where it is when it is done. */
export function useSheets(what: What) {
  const { t } = useLingui();
  const [job, setJob] = useState<number | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const sales = useDeed("export_sales", setJob);
  const trade = useDeed("export_trade", setJob);
  const end = useJob(job)?.end;
  useEffect(() => {
    if (!end) return;
    setJob(null);
    if (end.end === "failed") setFailed(end.failure);
    const result =
      end.end === "done" && typeof end.result === "object" && end.result !== null && !Array.isArray(end.result) ? end.result : null;
    if (result && typeof result.path === "string") {
      const { path } = result;
      notify({ text: t`Saved: ${path}` });
    }
  }, [end, t]);
  const save = async (kind: "xlsx" | "csv") => {
    setFailed(null);
    const kinds = [kind === "xlsx" ? { name: "Excel", extensions: ["xlsx"] } : { name: "CSV", extensions: ["csv"] }];
    const path = await chooseTarget({ title: t`Save the report as a file`, kinds, name: `${t`sales`}-${what.by ?? "list"}.${kind}` });
    if (!path) return;
    if (what.by) trade.mutate({ filter: what.trade, path });
    else sales.mutate({ filter: what.filter, path });
  };
  return { save, failure: sales.error ?? trade.error ?? failed };
}
