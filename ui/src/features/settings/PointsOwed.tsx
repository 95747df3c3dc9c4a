import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Amount, Facts, Points, Section, writePhone } from "../../design";
import { useAnswer } from "../../host/answers";
import { FailureStrip, useMay } from "../../shell";
import css from "./Settings.module.css";

/** What the shop owes its members in points, at what they take off at the till. */
export function PointsOwed() {
  const may = useMay("manager");
  const { t } = useLingui();
  const answer = useAnswer("points_liability", null, { topics: ["members", "sales", "settings"], enabled: may });
  if (!may) return null;
  if (answer.error) return <FailureStrip failure={answer.error} />;
  if (!answer.data) return null;
  const { owed, worth_minor } = answer.data;
  const { members, debtors } = owed;
  return (
    <Section title={t`Points owed`}>
      <Facts
        facts={[
          { name: plural(members, { one: "# member holds", other: "# members hold" }), value: <Points points={owed.points} /> },
          { name: t`Worth at the till`, value: worth_minor === null ? t`They take nothing off.` : <Amount minor={worth_minor} /> },
          ...(debtors > 0
            ? [{ name: plural(debtors, { one: "# member owes", other: "# members owe" }), value: <Points points={owed.debt} /> }]
            : []),
          ...(owed.locked !== 0 ? [{ name: t`Locked still`, value: <Points points={owed.locked} /> }] : []),
          ...(owed.expired !== 0 ? [{ name: t`Run out so far`, value: <Points points={owed.expired} /> }] : []),
        ]}
      />
      <RunningOut />
    </Section>
  );
}

/** Whose points run out next, as far ahead as the shop tells it. */
function RunningOut() {
  const { t } = useLingui();
  const answer = useAnswer("points_running_out", null, { topics: ["members", "sales", "settings"] });
  if (answer.error) return <FailureStrip failure={answer.error} />;
  if (!answer.data) return null;
  const { rows, until, more } = answer.data;
  if (rows.length === 0) return <p className={css.prose}>{t`Nothing runs out up to ${until}.`}</p>;
  return (
    <>
      <p className={css.prose}>{t`Runs out up to ${until}:`}</p>
      <Facts
        facts={rows.map(({ member, points, good_until }) => ({
          name: [member.name, member.phone ? writePhone(member.phone) : member.number, good_until].join(" · "),
          value: <Points points={points} />,
        }))}
      />
      {more && <p className={css.prose}>{t`And further members.`}</p>}
    </>
  );
}
