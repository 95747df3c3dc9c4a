import { useLingui } from "@lingui/react/macro";
import { useCallback, useMemo, useRef, useState } from "react";
import { Button, Dialog, Menu, notify, Page, Section } from "../../design";
import { chooseFile, chooseTarget, type OpenedPlan } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useCommands, useFailureWords, useKeys, useMay, useSession } from "../../shell";
import "./refusals";
import { ActivateDialog } from "./ActivateDialog";
import { SaidIs } from "./beside";
import { CompareDialog } from "./CompareDialog";
import { Example } from "./Example";
import { faultOf, findingsOf } from "./findings";
import { Gallery } from "./Gallery";
import { Judgement } from "./Judgement";
import { Limits } from "./Limits";
import { readPlan, type Plan as Written, writePlan } from "./language";
import css from "./Plan.module.css";
import { Ranks } from "./Ranks";
import { Rules } from "./Rules";
import { Simulation } from "./Simulation";
import { pastMonths, type Run } from "./simulation";
import { TextDialog } from "./TextDialog";
import { useSettled } from "./useSettled";
import { Versions } from "./Versions";
import { baseOf } from "./versions";

/** An unfinished plan survives a visit to another screen; it belongs to one shop and to the version it began from. */
let kept: { shop: string; begun: string; plan: Written } | null = null;

/** The last simulation of this window. */
let keptRun: Run | null = null;

type Asking = "activate" | "text" | "gallery" | "compare" | null;

/** The shop's plan: what it says, what it can cost, what the law says of it, an example, and its versions. */
export default function Plan() {
  const { t } = useLingui();
  const { shop } = useSession();
  const owner = useMay("owner");
  const words = useFailureWords();
  const versions = useAnswer("plans", null, { topics: ["plan"] });
  const base = useMemo(() => (versions.data ? baseOf(versions.data) : undefined), [versions.data]);
  const begun = versions.data ? `${versions.data[0]?.row.hash ?? ""} ${base?.row.version ?? 0}` : "";
  const basePlan = useMemo(() => (base ? readPlan(base.row.plan) : null), [base]);
  const [mine, setMine] = useState(kept);
  const changed =
    mine !== null && mine.shop === shop.name && mine.begun === begun && (!base || writePlan(mine.plan) !== writePlan(basePlan as Written));
  const plan = changed ? mine.plan : basePlan;
  const edit = (next: Written | null) => {
    kept = next && { shop: shop.name, begun, plan: next };
    setMine(kept);
  };
  const [asking, setAsking] = useState<Asking>(null);
  const [trying, setTrying] = useState(false);
  const [run, setRun] = useState(keptRun);
  const ran = useCallback((next: Run) => {
    keptRun = next;
    setRun(next);
  }, []);
  const sold = useAnswer("months", null, { topics: ["month", "sales"] });
  const months = pastMonths(sold.data ?? [], shop.today);
  const take = (opened: OpenedPlan) => {
    setAsking(null);
    edit(readPlan(opened.text));
    const { written_for } = opened;
    const here = shop.currency;
    notify({
      text: written_for
        ? t`The plan was written for ${written_for}; its amounts now count as ${here}.`
        : t`The plan is in the editor. Nothing has taken effect.`,
    });
  };
  const opened = useDeed("read_plan", take);
  const exported = useDeed("export_plan", () => notify({ text: t`The plan is saved.` }));

  const now = plan ? writePlan(plan) : null;
  const text = useSettled(now);
  const check = useAnswer("check_plan", text ?? "", { topics: ["plan", "settings"], enabled: text !== null, keep: true });
  // What stands beside the fields belongs to the plan as it is now, or is shown as being worked out.
  const settled = now !== null && now === text && check.isSuccess && !check.isPlaceholderData;
  const good = check.isError ? undefined : check.data;
  const found = useMemo(() => (good ? findingsOf(good) : []), [good]);
  const fault = check.error ? faultOf(check.error, words(check.error)) : null;
  const said = { fault, found, readOnly: !owner };
  const amounts = good?.amounts ?? ["net"];
  const inForce = versions.data?.find((one) => one.in_force);

  const json = [{ name: t`Plan`, extensions: ["json"] }];
  const open = () =>
    void chooseFile({ title: t`Open a plan`, kinds: json }).then((path) => {
      if (path) opened.mutate({ from: "file", path });
    });
  const save = () =>
    void chooseTarget({ title: t`Save the plan`, kinds: json, name: `${plan?.id ?? "plan"}.json` }).then((path) => {
      if (path && now) exported.mutate({ text: now, path });
    });
  const files = useRef({ open, save });
  files.current = { open, save };
  const commands = useMemo(
    () => [
      { key: "plan-gallery", text: t`Begin from the gallery`, group: t`Plan`, also: "gallery 模板 范例", act: () => setAsking("gallery") },
      {
        key: "plan-compare",
        text: t`Compare versions of the plan`,
        group: t`Plan`,
        also: "diff 比较 版本",
        act: () => setAsking("compare"),
      },
      { key: "plan-open", text: t`Open a plan file`, group: t`Plan`, also: "import json 导入 方案", act: () => files.current.open() },
      {
        key: "plan-save",
        text: t`Save the plan as a file`,
        group: t`Plan`,
        also: "export json 导出 方案",
        act: () => files.current.save(),
      },
      { key: "plan-text", text: t`Plan as text`, group: t`Plan`, also: "json 分销方案 文本", act: () => setAsking("text") },
    ],
    [t],
  );
  useCommands(commands);
  // The summary is asked for only where this very plan was run: then it was seen in the simulation.
  const mineRun = run !== null && good !== undefined && run.hash === good.hash ? run : null;
  const seen = useAnswer(
    "simulation",
    { hash: mineRun?.hash ?? "", month: mineRun?.month ?? "", search: "", sort: null, descending: false, window: { offset: 0, limit: 1 } },
    { enabled: mineRun !== null },
  );
  useKeys({
    "Ctrl+T": () => plan !== null && setTrying(!trying),
    "Ctrl+Enter": () => owner && settled && !check.isError && setAsking("activate"),
  });

  const number = inForce?.row.version ?? 0;
  const since = inForce?.row.effective_from ?? "";
  return (
    <Page
      title={t`Plan`}
      note={versions.data && (inForce ? t`version ${number} in force since ${since}` : t`no plan in force`)}
      acts={
        <>
          {changed && base && owner && (
            <Button kind="quiet" onPress={() => edit(null)}>
              {inForce ? t`Back to the plan in force` : t`Back to the last version`}
            </Button>
          )}
          {plan && versions.data && versions.data.length > 0 && <Button onPress={() => setAsking("compare")}>{t`Compare…`}</Button>}
          {plan && (
            <Button keys="Ctrl+T" pressed={trying} onPress={() => setTrying(!trying)}>
              {t`Try on a month`}
            </Button>
          )}
          <Menu
            label={t`File…`}
            items={[
              ...(owner ? [{ key: "gallery", text: t`Begin from the gallery…`, act: () => setAsking("gallery") }] : []),
              ...(owner ? [{ key: "open", text: t`Open a file…`, act: open }] : []),
              { key: "save", text: t`Save as a file…`, act: save, disabled: !plan },
              { key: "text", text: t`As text…`, act: () => setAsking("text") },
            ]}
          >
            {t`File…`}
          </Menu>
          {owner && plan && (
            <Button kind="ink" keys="Ctrl+Enter" disabled={!settled} onPress={() => setAsking("activate")}>
              {t`Put into force…`}
            </Button>
          )}
        </>
      }
      strip={<FailureStrip failure={versions.error ?? opened.error ?? exported.error} />}
    >
      {versions.data && !plan && (
        <div className={css.begin}>
          <h2>{t`How shall the shop pay its members?`}</h2>
          <p className={css.prose}>
            {owner
              ? t`Begin with one of these and change it to your own. Nothing takes effect before you put it into force.`
              : t`No plan has ever been in force: nobody earns yet. The owner can begin with one of these.`}
          </p>
          {owner && <Gallery onTake={(taken) => edit(readPlan(taken))} />}
        </div>
      )}
      {plan && versions.data && (
        <SaidIs value={said}>
          <div className={css.desk}>
            {trying && (
              <Simulation
                text={good && settled ? good.text : null}
                hash={good?.hash ?? null}
                months={months}
                run={run}
                onRun={ran}
                onClose={() => setTrying(false)}
              />
            )}
            <div className={css.rules} hidden={trying}>
              <Rules plan={plan} onChange={edit} amounts={amounts} bounds={good?.rules ?? []} />
              <Ranks plan={plan} onChange={edit} amounts={amounts} />
              <Limits plan={plan} onChange={edit} amounts={amounts} />
              <Section title={t`Versions`}>
                {versions.data.length > 0 ? (
                  <Versions
                    versions={versions.data}
                    today={shop.today}
                    onTake={owner ? (version) => edit(readPlan(version.row.plan)) : undefined}
                  />
                ) : (
                  <p className={css.aside}>{t`No plan has ever been in force: nobody earns yet.`}</p>
                )}
              </Section>
            </div>
            <aside className={css.side} aria-label={t`What the plan does`}>
              {fault && !/^plan\.(rules|ranks|limits)\[/.test(fault.path) && <FailureStrip failure={check.error} />}
              <Judgement check={good} found={found} waiting={!settled} />
              <Example
                text={good ? good.text : null}
                ranks={plan.ranks.map((rank) => rank.id)}
                amounts={amounts}
                tags={good?.tags ?? []}
                paired={plan.rules.some((rule) => rule.kind === "pair")}
              />
            </aside>
          </div>
        </SaidIs>
      )}
      {asking === "activate" && good && settled && versions.data && (
        <ActivateDialog
          text={good.text}
          versions={versions.data}
          found={found}
          bound={good.bound}
          simulated={months.length === 0 ? undefined : mineRun ? (seen.data?.summary ?? null) : null}
          onSimulate={() => {
            setAsking(null);
            setTrying(true);
          }}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            edit(null);
          }}
        />
      )}
      {asking === "gallery" && (
        <Dialog title={t`Plans to begin with`} open size="wide" onClose={() => setAsking(null)}>
          <Gallery
            onTake={(taken) => {
              setAsking(null);
              edit(readPlan(taken));
            }}
          />
        </Dialog>
      )}
      {asking === "compare" && versions.data && (
        <CompareDialog versions={versions.data} draft={changed && good ? good.text : null} onClose={() => setAsking(null)} />
      )}
      {asking === "text" && <TextDialog text={good?.text ?? now ?? ""} readOnly={!owner} onTake={take} onClose={() => setAsking(null)} />}
    </Page>
  );
}
