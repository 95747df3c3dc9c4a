import { useLingui } from "@lingui/react/macro";
import { Amount, Facts, Section } from "../../design";
import type { BalanceDays } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";

/** What the shop owes its members in stored value today, and how it moved on these days. */
export function Owed({ days }: { days: BalanceDays }) {
  const { t } = useLingui();
  const totals = useAnswer("balance_totals", days, { topics: ["members", "sales"], keep: true });
  if (totals.error) return <FailureStrip failure={totals.error} />;
  if (!totals.data) return null;
  const { members, paid_minor, bonus_minor, topped_up_minor, given_minor, refunded_minor, spent_minor } = totals.data;
  const figure = (name: string, minor: number) => ({ name, value: <Amount minor={minor} /> });
  return (
    <>
      <Section title={t`Owed today`} acts={<Amount minor={paid_minor + bonus_minor} />}>
        <Facts
          facts={[
            { name: t`Members with stored value`, value: String(members) },
            figure(t`Money paid in and not spent`, paid_minor),
            figure(t`Bonus not spent`, bonus_minor),
          ]}
        />
      </Section>
      <Section title={t`On these days`}>
        <Facts
          facts={[
            figure(t`Paid in`, topped_up_minor),
            figure(t`Bonus added`, given_minor),
            figure(t`Given back`, refunded_minor),
            figure(t`Spent`, spent_minor),
          ]}
        />
      </Section>
    </>
  );
}
