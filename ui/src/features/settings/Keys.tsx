import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, KeyCap, Section, setWorkstation, useWorkstation } from "../../design";
import { shownKeys } from "../../design/workstation";
import { type KeyRow, keyName, keyTable, problemOfMove, withKey } from "../../shell";
import css from "./Settings.module.css";

/** The keys of this device: each is moved by pressing another, and goes back alone or with all the others. */
export function Keys() {
  const { t, i18n } = useLingui();
  const { keys: moved } = useWorkstation();
  const [asking, setAsking] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const heard = (row: KeyRow, event: React.KeyboardEvent) => {
    if (asking !== row.keys) return;
    const to = keyName(event.nativeEvent);
    if (["Control", "Shift", "Alt", "Meta"].some((alone) => to.endsWith(alone))) return;
    event.preventDefault();
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
    if (to === "Escape" || to === "Tab") return setAsking(null);
    const problem = problemOfMove(row.keys, to, moved);
    if (problem?.problem === "taken") {
      const other = i18n._(problem.by.name);
      return setSaid(t`${to} is taken: ${other}. Move that one first, or press another key.`);
    }
    if (problem) return setSaid(t`${to} is needed for typing and moving about. Press a function key, or a letter with Ctrl or Alt.`);
    setWorkstation({ keys: withKey(moved, row.keys, to) });
    setAsking(null);
    setSaid(null);
  };
  const rows = (where: KeyRow["where"]) => keyTable.filter((row) => row.where === where);
  const group = (where: KeyRow["where"], title: string) => (
    <Section title={title}>
      <ul className={css.keyRows}>
        {rows(where).map((row) => {
          const name = i18n._(row.name);
          return (
            <li key={row.keys} className={css.row}>
              <span>{name}</span>
              <KeyCap keys={row.keys} />
              {row.fixed ? (
                <span className={css.prose}>{t`stays`}</span>
              ) : (
                <span className={css.rowEnd} onKeyDownCapture={(event) => heard(row, event)}>
                  <Button
                    label={asking === row.keys ? t`Press the key… ${name}` : t`Change the key: ${name}`}
                    pressed={asking === row.keys}
                    onPress={() => {
                      setSaid(null);
                      setAsking(asking === row.keys ? null : row.keys);
                    }}
                  >
                    {asking === row.keys ? t`Press the key…` : t`Change the key`}
                  </Button>
                  {shownKeys(row.keys, moved) !== row.keys && (
                    <Button
                      kind="quiet"
                      label={t`As it came: ${name}`}
                      onPress={() => {
                        const problem = problemOfMove(row.keys, row.keys, withKey(moved, row.keys, row.keys));
                        if (problem?.problem === "taken") {
                          const other = i18n._(problem.by.name);
                          const key = row.keys;
                          setSaid(t`${key} is taken: ${other}. Move that one first, or press another key.`);
                        } else setWorkstation({ keys: withKey(moved, row.keys, row.keys) });
                      }}
                    >
                      {t`As it came`}
                    </Button>
                  )}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
  return (
    <>
      <p className={css.prose}>{t`For this workstation alone; takes effect at once. F1 at the till shows them.`}</p>
      <p role="alert" className={css.wrong}>
        {said}
      </p>
      {Object.keys(moved).length > 0 && (
        <div>
          <Button
            onPress={() => {
              setSaid(null);
              setWorkstation({ keys: {} });
            }}
          >
            {t`All keys as they came`}
          </Button>
        </div>
      )}
      {group("till", t`Keys of the till`)}
      {group("everywhere", t`Keys everywhere`)}
    </>
  );
}
