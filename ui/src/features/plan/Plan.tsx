import { useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import { Button, EmptyHint, Page, Section } from "../../design";
import { useAnswer } from "../../host/answers";
import { FailureStrip, useCommands, useMay, useSession } from "../../shell";
import "./refusals";
import { ActivateDialog } from "./ActivateDialog";
import { Example } from "./Example";
import { findingsOf } from "./findings";
import { blankForm, type Draft, draftOf, faultOf, ranksOfText, readable, sameDraft } from "./form";
import { Judgement } from "./Judgement";
import css from "./Plan.module.css";
import { Rules } from "./Rules";
import { TextDialog } from "./TextDialog";
import { useSettled } from "./useSettled";
import { Versions } from "./Versions";

/** An unfinished plan survives a visit to another screen; it belongs to one shop and to the version it began from. */
let kept: { shop: string; begun: string; draft: Draft } | null = null;

/** The shop's plan: what it says, what it can cost, what the law says of it, an example, and its versions. */
export default function Plan() {
  const { t } = useLingui();
  const { shop } = useSession();
  const owner = useMay("owner");
  const versions = useAnswer("plans", null, { topics: ["plan"] });
  const begun = versions.data ? `${versions.data[0]?.row.hash ?? ""} ${versions.data.find((one) => one.in_force)?.row.version ?? 0}` : "";
  const [mine, setMine] = useState(kept);
  const base = useMemo(() => (versions.data ? draftOf(versions.data) : null), [versions.data]);
  const draft = mine && mine.shop === shop.name && mine.begun === begun ? mine.draft : base;
  const edit = (next: Draft | null) => {
    kept = next && { shop: shop.name, begun, draft: next };
    setMine(kept);
  };
  const [asking, setAsking] = useState<"activate" | "text" | null>(null);

  const source = useSettled(draft);
  const whole = source !== null && (source.from === "text" || faultOf(source.form) === null);
  const check = useAnswer("check_plan", source ?? { from: "form", form: blankForm }, {
    topics: ["plan", "settings"],
    enabled: whole,
    keep: true,
  });
  // What stands beside the form belongs to the form as it is now, or is shown as being worked out.
  const settled = whole && draft === source && check.isSuccess && !check.isPlaceholderData;
  const found = useMemo(() => (check.data ? findingsOf(check.data) : []), [check.data]);
  const changed = draft !== null && base !== null && !sameDraft(draft, base);
  const ranks = draft?.from === "form" ? draft.form.ranks : draft ? ranksOfText(draft.text) : [];
  const inForce = versions.data?.find((one) => one.in_force);

  const commands = useMemo(
    () => [{ key: "plan-text", text: t`Plan as text`, group: t`Plan`, also: "json 分销方案 文本", act: () => setAsking("text") }],
    [t],
  );
  useCommands(commands);

  const number = inForce?.row.version ?? 0;
  const since = inForce?.row.effective_from ?? "";
  return (
    <Page
      title={t`Plan`}
      note={versions.data && (inForce ? t`version ${number} in force since ${since}` : t`no plan in force`)}
      acts={
        <>
          {changed && owner && (
            <Button kind="quiet" onPress={() => edit(null)}>
              {t`Back to the plan in force`}
            </Button>
          )}
          <Button onPress={() => setAsking("text")}>{t`As text…`}</Button>
          {owner && (
            <Button kind="ink" disabled={!settled} onPress={() => setAsking("activate")}>
              {t`Put into force…`}
            </Button>
          )}
        </>
      }
      strip={<FailureStrip failure={versions.error} />}
    >
      {draft && versions.data && (
        <div className={css.desk}>
          <div className={css.rules}>
            {draft.from === "form" ? (
              <Rules form={draft.form} onChange={(form) => edit({ from: "form", form })} readOnly={!owner} />
            ) : (
              <Section
                title={t`Rules`}
                acts={
                  owner && (
                    <Button kind="quiet" onPress={() => edit({ from: "form", form: blankForm })}>
                      {t`Begin with the form`}
                    </Button>
                  )
                }
              >
                <p className={css.prose}>{t`This plan says more than the form can hold, so it is shown as text.`}</p>
                <pre className={css.text} data-selectable="">
                  {readable(draft.text)}
                </pre>
              </Section>
            )}
            <Section title={t`Versions`}>
              {versions.data.length > 0 ? (
                <Versions
                  versions={versions.data}
                  today={shop.today}
                  onTake={owner ? (version) => edit(draftOf([{ ...version, in_force: true }])) : undefined}
                />
              ) : (
                <EmptyHint>{t`No plan has ever been in force: nobody earns yet. Write one above, then put it into force.`}</EmptyHint>
              )}
            </Section>
          </div>
          <aside className={css.side} aria-label={t`What the plan does`}>
            <FailureStrip failure={whole ? check.error : null} />
            <Judgement check={whole ? check.data : undefined} found={found} waiting={!settled} />
            <Example source={whole ? source : null} ranks={ranks} levels={draft.from === "form" ? draft.form.levels : 3} />
          </aside>
          {asking === "activate" && check.data && settled && (
            <ActivateDialog
              source={draft}
              versions={versions.data}
              found={found}
              bound={check.data.bound}
              onClose={() => setAsking(null)}
              onDone={() => {
                setAsking(null);
                edit(null);
              }}
            />
          )}
          {asking === "text" && (
            <TextDialog
              text={draft.from === "text" ? draft.text : settled && check.data ? check.data.text : ""}
              readOnly={!owner}
              onTake={(text) => {
                setAsking(null);
                edit({ from: "text", text });
              }}
              onClose={() => setAsking(null)}
            />
          )}
        </div>
      )}
    </Page>
  );
}
