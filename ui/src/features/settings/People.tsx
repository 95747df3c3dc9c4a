import { useLingui } from "@lingui/react/macro";
import { Button, Seal, Section } from "../../design";
import type { Person, Role } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip, useMay } from "../../shell";
import css from "./Settings.module.css";

/** The roles in words. */
export function useRoles(): Record<Role, string> {
  const { t } = useLingui();
  return { clerk: t`Clerk`, manager: t`Manager`, owner: t`Owner` };
}

/** Who works here; those who left come last. */
export function People({ onOpen }: { onOpen: (person: Person | "new") => void }) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const roles = useRoles();
  const people = useAnswer("people", null, { topics: ["people"] });
  if (people.error) return <FailureStrip failure={people.error} />;
  return (
    <Section title={t`People`} acts={owner && <Button onPress={() => onOpen("new")}>{t`Add a person`}</Button>}>
      <div>
        {(people.data ?? []).map((person) => {
          const { name } = person;
          return (
            <div key={person.person} className={css.row}>
              <span>
                {name} {person.archived && <Seal tone="note">{t`No longer here`}</Seal>}
              </span>
              <span>{roles[person.role]}</span>
              {owner && (
                <Button kind="quiet" label={t`Edit ${name}`} onPress={() => onOpen(person)}>
                  {t`Edit`}
                </Button>
              )}
            </div>
          );
        })}
      </div>
    </Section>
  );
}
