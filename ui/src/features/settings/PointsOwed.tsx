import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Amount, Facts, Points, Section } from "../../design";
import { useAnswer } from "../../host/answers";
import { FailureStrip, useMay } from "../../shell";

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
        ]}
      />
    </Section>
  );
}
