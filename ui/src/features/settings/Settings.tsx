import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, notify, Page, Section, Sheet, Strip } from "../../design";
import { type Person, Refused, type Settings as Shop } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useKeys, useMay, useSearchState, useSession, useUnsaved } from "../../shell";
import { BalancePart } from "./Balance";
import { BindingPart } from "./Binding";
import { Data } from "./Data";
import { differs, formOf, type Part, type Problem, partOf, problemsOf, type SettingsForm, settingsOf } from "./form";
import { Keys } from "./Keys";
import { LevelsPart } from "./Levels";
import { Look } from "./Look";
import { Messages } from "./Messages";
import { PayoutsPart } from "./Payouts";
import { People } from "./People";
import { PersonSheet } from "./PersonSheet";
import { PointsOwed } from "./PointsOwed";
import { PrinterPart, ReceiptPart } from "./Printers";
import { PointsPart, SafetyPart, ShiftsPart, ShopPart, TaxesPart } from "./parts";
import { RiskPart } from "./Risk";
import { RiskServicePart } from "./RiskService";
import "./refusals";
import css from "./Settings.module.css";
import { TendersPart } from "./Tenders";
import { Tills } from "./Tills";

const usual: { part: Part } = { part: "shop" };
const parts = [
  "shop",
  "taxes",
  "points",
  "levels",
  "binding",
  "tenders",
  "balance",
  "shifts",
  "receipt",
  "printer",
  "payouts",
  "messages",
  "people",
  "safety",
  "tills",
  "data",
  "look",
  "keys",
] as const satisfies Part[];

/** What the owner sets, and what each workstation prefers. */
export default function Settings() {
  const settings = useAnswer("settings", null, { topics: ["settings"], keep: true });
  if (settings.error) return <FailureStrip failure={settings.error} />;
  return settings.data ? <Open settings={settings.data} /> : null;
}

function Open({ settings }: { settings: Shop }) {
  const { t } = useLingui();
  const { shop } = useSession();
  const owner = useMay("owner");
  const [state, change] = useSearchState(usual);
  const part = parts.find((one) => one === state.part) ?? usual.part;
  const [edited, setEdited] = useState<SettingsForm | null>(null);
  const [asked, setAsked] = useState(false);
  const [person, setPerson] = useState<Person | "new" | null>(null);
  const save = useDeed("save_settings", () => {
    setEdited(null);
    setAsked(false);
    notify({ text: t`Settings saved` });
  });

  const form = edited ?? formOf(settings, shop.digits);
  const dirty = edited !== null && differs(edited, settings, shop.digits);
  useUnsaved(dirty);
  const problems = asked ? problemsOf(form, shop.digits) : {};
  const set = (part: Partial<SettingsForm>) => {
    setEdited((old) => ({ ...(old ?? formOf(settings, shop.digits)), ...part }));
    if (save.error) save.reset();
  };
  const names: Record<Part, string> = {
    shop: t`Shop`,
    taxes: t`Taxes`,
    points: t`Points`,
    levels: t`Levels & scales`,
    binding: t`Binding`,
    tenders: t`Tenders`,
    balance: t`Stored value`,
    shifts: t`Shifts`,
    receipt: t`Receipt`,
    printer: t`Printer`,
    payouts: t`Payouts`,
    messages: t`Messages`,
    people: t`People`,
    safety: t`Safety`,
    tills: t`Tills`,
    data: t`Data`,
    look: t`Appearance`,
    keys: t`Keys`,
  };
  const words: Record<Problem, string> = {
    number: t`Every figure here is 0 or more.`,
    share: t`A share lies between 0 and 100 %.`,
    points_months: t`Points last for 1 month or more.`,
    sign_in: t`Days in a row: whole points with spaces between, such as 1 2 5; at most 31 of them.`,
    campaign: t`A campaign needs a name, a first and a last day in order, and 100 to 1000 %.`,
    binding: t`Days of binding are 0 to 3,660.`,
    step: t`Points are spent in steps of 1 or more.`,
    tax_name: t`Every tax class needs a name of its own.`,
    level_twice: t`Two levels ask for the same growth.`,
    level_name: t`Every level needs a name of its own.`,
    tax_rate: t`A tax rate lies between 0 and 100 %.`,
    bonus: t`Each bonus begins at an amount of its own, above zero.`,
    no_tender: t`At least one tender must be offered.`,
    tender_name: t`A tender of your own needs a name.`,
    tender_key: t`Two tenders have the same key. Choose another for one of them.`,
    shop_name: t`The shop needs a name.`,
    terms: t`A day, a channel or a column cannot be read: days are 1 to 31, and each file has a number and an amount.`,
    country: t`A country code has up to four digits, without +.`,
  };

  const goTo = (to: Part) => change({ part: to });
  const submit = () => {
    if (!owner || !dirty || save.isPending) return;
    setAsked(true);
    const unreadable = document.querySelector<HTMLElement>("fieldset input[inputmode=decimal][aria-invalid=true]");
    if (unreadable) {
      unreadable.focus();
      return;
    }
    const draft = settingsOf(form, settings, shop.digits);
    if (draft === null) {
      const wrong = parts.find((one) => problemsOf(form, shop.digits)[one]);
      if (wrong) goTo(wrong);
      return;
    }
    save.mutate(draft, {
      onError: (failure) => {
        const about = failure instanceof Refused ? partOf(failure) : null;
        if (about) goTo(about);
      },
    });
  };
  useKeys({ "Ctrl+S": submit, Escape: person ? () => setPerson(null) : undefined });

  const field = { form, set };
  const problem = problems[part];
  const ofShop = part !== "people" && part !== "messages" && part !== "tills" && part !== "data" && part !== "look" && part !== "keys";
  return (
    <Page
      title={t`Settings`}
      note={names[part]}
      strip={!owner && ofShop && <Strip tone="note">{t`Only the owner changes these. You can read them.`}</Strip>}
      side={
        person && (
          <PersonSheet
            key={person === "new" ? "new" : person.person}
            person={person === "new" ? null : person}
            onClose={() => setPerson(null)}
          />
        )
      }
    >
      <div className={css.body}>
        <nav className={css.parts} aria-label={t`Parts of the settings`}>
          {parts.map((one) => (
            <button
              key={one}
              type="button"
              className={css.part}
              aria-current={one === part ? "true" : undefined}
              data-wrong={problems[one] ? "" : undefined}
              onClick={() => {
                if (one !== "people") setPerson(null);
                goTo(one);
              }}
            >
              {names[one]}
            </button>
          ))}
        </nav>
        <div className={css.column}>
          <FailureStrip failure={save.error} />
          <Sheet narrow>
            {ofShop ? (
              <Section title={names[part]}>
                <fieldset className={css.fields} disabled={!owner} aria-label={names[part]}>
                  {part === "shop" && <ShopPart {...field} />}
                  {part === "taxes" && <TaxesPart {...field} />}
                  {part === "points" && <PointsPart {...field} />}
                  {part === "points" && <PointsOwed />}
                  {part === "levels" && <LevelsPart {...field} />}
                  {part === "tenders" && <TendersPart {...field} />}
                  {part === "binding" && <BindingPart {...field} />}
                  {part === "balance" && <BalancePart {...field} />}
                  {part === "shifts" && <ShiftsPart {...field} />}
                  {part === "payouts" && <PayoutsPart {...field} />}
                  {part === "payouts" && <RiskPart {...field} />}
                  {part === "payouts" && owner && <RiskServicePart />}
                  {part === "receipt" && <ReceiptPart {...field} />}
                  {part === "printer" && <PrinterPart {...field} />}
                  {part === "safety" && <SafetyPart {...field} />}
                  {problem && (
                    <p role="alert" className={css.wrong}>
                      {words[problem]}
                    </p>
                  )}
                </fieldset>
              </Section>
            ) : part === "people" ? (
              <People onOpen={setPerson} />
            ) : part === "messages" ? (
              owner ? (
                <Messages />
              ) : (
                <p className={css.prose}>{t`The owner sets up messages.`}</p>
              )
            ) : part === "tills" ? (
              <Tills />
            ) : part === "data" ? (
              <Data />
            ) : part === "keys" ? (
              <Keys />
            ) : (
              <Look />
            )}
          </Sheet>
          {dirty && (
            <div className={css.bar} role="status">
              <span className={css.barWords}>{t`Changes are not saved yet.`}</span>
              <Button
                onPress={() => {
                  setEdited(null);
                  setAsked(false);
                  save.reset();
                }}
              >
                {t`Undo changes`}
              </Button>
              <Button kind="ink" keys="Ctrl+S" onPress={submit} busy={save.isPending}>
                {t`Save`}
              </Button>
            </div>
          )}
        </div>
      </div>
    </Page>
  );
}
