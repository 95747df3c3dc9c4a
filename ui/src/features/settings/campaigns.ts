/** Campaigns of points between the settings and what is typed. */
import type { PointsCampaign, PointsRules } from "../../host";

/** Points that some goods earn more of between two days, as they are typed. */
export interface CampaignRow {
  name: string;
  from: string | null;
  to: string | null;
  /** Hundredths of what the goods earn otherwise. */
  percent: number | null;
  categories: string[];
}

/** True where the campaign can be meant. */
export const campaignHolds = ({ name, from, to, percent }: CampaignRow): boolean =>
  name.trim() !== "" && from !== null && to !== null && from <= to && percent !== null && percent >= 100 && percent <= 1000;

export const campaignRows = (points: PointsRules): CampaignRow[] =>
  points.campaigns.map((campaign) => ({ ...campaign, categories: [...campaign.categories] }));

export const campaignOf = ({ name, from, to, percent, categories }: CampaignRow): PointsCampaign => ({
  name: name.trim(),
  from: from ?? "",
  to: to ?? "",
  percent: percent ?? 100,
  categories,
});
