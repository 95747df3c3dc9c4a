import { type Hit, writePhone } from "../../design";
import { call, type MemberHit } from "../../host";

/** A member as something to choose. */
export interface SponsorHit extends Hit {
  hit: MemberHit;
}

export const asChoice = (hit: MemberHit): SponsorHit => ({
  key: hit.member,
  text: hit.name,
  more: [hit.number, hit.phone && writePhone(hit.phone)].filter(Boolean).join(" · "),
  hit,
});

/** Members by name, initials, number, phone or its last four. */
export const findSponsors = async (text: string): Promise<SponsorHit[]> => (await call("find_members", text)).slice(0, 50).map(asChoice);
