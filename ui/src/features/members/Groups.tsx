import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useCallback, useState } from "react";
import { Amount, Button, EmptyHint, Page, Section, Sheet, useCurrency, writeFixed, writePercent } from "../../design";
import type { BandRow, GroupFigures, GroupTerms, MemberGroup, WordRow } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip, go, useKeys, useMay } from "../../shell";
import { GroupTermsForm } from "./GroupTermsForm";
import { groupNames, LIFE, lifeWords, RFM, rfmOf } from "./groups";
import css from "./Members.module.css";

/** Who the customers are today: the life of a customer, the eight answers of RFM, spending, levels and tags, each with what it is worth. */
export default function Groups() {
  const { t, i18n } = useLingui();
  const [editing, setEditing] = useState(false);
  const owner = useMay("owner");
  const report = useAnswer("member_groups", null, { topics: ["members", "sales", "settings"], keep: true });
  const back = useCallback(() => go("/members"), []);
  useKeys({ Escape: editing ? undefined : back });
  const { terms, groups = [], bands = [], levels = [], tags = [] } = report.data ?? {};
  const figures = (group: MemberGroup) => groups.find((row) => row.group === group)?.figures;
  const list = (shown: readonly MemberGroup[], about: (group: MemberGroup) => ReactNode) => (
    <Table
      first={t`Group`}
      rows={shown.flatMap((group) => {
        const figure = figures(group);
        return figure
          ? [{ key: group, name: i18n._(groupNames[group]), about: about(group), figures: figure, open: () => go("/members", { group }) }]
          : [];
      })}
    />
  );
  const rfm = (group: MemberGroup) => {
    const [lately, often, much] = rfmOf[group] ?? [];
    return [lately ? t`lately` : t`not lately`, often ? t`often` : t`not often`, much ? t`for much` : t`not for much`].join(" · ");
  };
  return (
    <Page
      title={t`Groups`}
      acts={
        <>
          {owner && terms && <Button onPress={() => setEditing(true)}>{t`Where groups begin…`}</Button>}
          <Button keys="Escape" onPress={back}>
            {t`Member list`}
          </Button>
        </>
      }
      side={editing && terms && <GroupTermsForm terms={terms} onClose={() => setEditing(false)} />}
    >
      <Sheet>
        <FailureStrip failure={report.error} />
        {terms && (
          <>
            <Section title={t`Life of a customer`}>
              {list(LIFE, (group) => {
                const words = lifeWords(group, terms);
                return words && i18n._(words);
              })}
            </Section>
            <Section title={t`Lately, often, for much (RFM)`}>
              <RfmSentence terms={terms} />
              {list(RFM, rfm)}
            </Section>
            <Section title={t`Spending`}>
              <Bands bands={bands} />
            </Section>
            <Section title={t`Member levels`}>
              <Words first={t`Member level`} rows={levels} of="level" />
            </Section>
            <Section title={t`Tags`}>
              <Words first={t`Tag`} rows={tags} of="tag" />
            </Section>
          </>
        )}
      </Sheet>
    </Page>
  );
}

/** What lately, often and for much mean in this shop. */
function RfmSentence({ terms }: { terms: GroupTerms }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const { rfm_days, rfm_purchases } = terms;
  const much = writeFixed(terms.rfm_minor, digits);
  return (
    <p
      className={css.none}
    >{t`Lately: within ${rfm_days} days. Often: ${rfm_purchases} purchases or more. For much: ${much} or more in all.`}</p>
  );
}

interface Row {
  key: string;
  name: string;
  about?: ReactNode;
  figures: GroupFigures;
  open: () => void;
}

/** Groups with their figures; a row opens the list of its members. */
function Table({ first, rows }: { first: string; rows: readonly Row[] }) {
  const { t } = useLingui();
  return (
    <table className={css.groups}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">{t`Members`}</th>
          <th scope="col">{t`Net in all`}</th>
          <th scope="col">{t`Net per buyer`}</th>
          <th scope="col">{t`Bought again`}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, about, figures, open }) => (
          <tr key={key}>
            <th scope="row">
              <button type="button" className={css.link} onClick={open}>
                {name}
              </button>{" "}
              {about && <span className={css.more}>{about}</span>}
            </th>
            <td>{writeFixed(figures.members, 0)}</td>
            <td>
              <Amount minor={figures.net_minor} />
            </td>
            <td>{figures.buyers > 0 ? <Amount minor={figures.per_buyer_minor} /> : "–"}</td>
            <td>{figures.buyers > 0 ? writePercent(figures.again_ppm) : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bands({ bands }: { bands: readonly BandRow[] }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const named = ({ from_minor, below_minor }: BandRow): string => {
    const low = writeFixed(from_minor ?? 0, digits);
    const high = writeFixed(below_minor ?? 0, digits);
    if (from_minor === null) return t`less than ${high}`;
    return below_minor === null ? t`${low} or more` : t`${low} to ${high}`;
  };
  const word = (minor: number | null) => (minor === null ? "" : String(minor));
  return (
    <Table
      first={t`Spent`}
      rows={bands.map((band) => ({
        key: word(band.from_minor),
        name: named(band),
        figures: band.figures,
        open: () => go("/members", { from: word(band.from_minor), below: word(band.below_minor) }),
      }))}
    />
  );
}

function Words({ first, rows, of }: { first: string; rows: readonly WordRow[]; of: "level" | "tag" }) {
  const { t } = useLingui();
  if (rows.length === 0) return <EmptyHint>{of === "tag" ? t`No tag is in use.` : t`No member has a level.`}</EmptyHint>;
  return (
    <Table
      first={first}
      rows={rows.map(({ word, figures }) => ({ key: word, name: word, figures, open: () => go("/members", { [of]: word }) }))}
    />
  );
}
