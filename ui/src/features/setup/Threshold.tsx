import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "../../design/Button";
import { ShopSeal } from "../../design/Seal";
import { setWorkstation } from "../../design/workstation";
import css from "./Threshold.module.css";

/** What stands before the shop: one sheet on the desk, the shop's seal, and the choice of language. */
export function Threshold({ seal, title, lead, children }: { seal: string; title: string; lead?: ReactNode; children: ReactNode }) {
  const { i18n } = useLingui();
  const other = i18n.locale === "zh-CN" ? "en" : "zh-CN";
  return (
    <main className={css.desk}>
      <div className={css.language}>
        <Button kind="quiet" onPress={() => setWorkstation({ language: other })}>
          <span lang={other}>{other === "en" ? "English" : "中文"}</span>
        </Button>
      </div>
      <div className={css.sheet}>
        <ShopSeal name={seal} size={44} />
        <h1 className={css.title}>{title}</h1>
        {lead && <p className={css.lead}>{lead}</p>}
        {children}
      </div>
    </main>
  );
}
