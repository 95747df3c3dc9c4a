/** A member's card as a form: what is typed, and what the books are asked. No rule of the shop lives here. */
import type { EnrolDraft, Failure, MemberCard, MemberDraft, MemberHit, MemberId, MessageChannel, Tongue } from "../../host";

export interface CardForm {
  name: string;
  phone: string;
  /** Empty where there is none. */
  rank: string;
  level: string;
  frozen: boolean;
  note: string;
  /** `05-21`, or with the year before it. */
  birthday: string;
  email: string;
  /** Language that the member is told in; empty for the shop's. */
  language: "" | Tongue;
  /** Ways by which the member wants nothing. */
  silent: readonly MessageChannel[];
  /** Why the rank is changed by hand. */
  reason: string;
}

/** What is asked once, when a member joins. */
export interface EnrolForm extends CardForm {
  number: string;
  sponsor: MemberHit | null;
  joined: string | null;
}

export type MemberField = "number" | "name" | "phone" | "rank" | "reason" | "sponsor" | "birthday" | "email";

/** A member's card as it stands, or an empty form. */
export function formOf(card: MemberCard | null): CardForm {
  return {
    name: card?.name ?? "",
    phone: card?.phone ?? "",
    rank: card?.rank ?? "",
    level: card?.level ?? "",
    frozen: card ? !card.active : false,
    note: card?.note ?? "",
    birthday: card?.birthday ?? "",
    email: card?.contact?.email ?? "",
    language: card?.contact?.language ?? "",
    silent: card?.contact?.silent ?? [],
    reason: "",
  };
}

/** An empty form for someone who joins today. */
export const enrolFormOf = (today: string): EnrolForm => ({ ...formOf(null), number: "", sponsor: null, joined: today });

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** Nothing where nothing is said. */
const contactOf = ({ email, language, silent }: CardForm): MemberCard["contact"] =>
  email.trim() === "" && language === "" && silent.length === 0
    ? null
    : { email: orNull(email), language: language === "" ? null : language, silent: [...silent] };

export const cardOf = (form: CardForm): MemberCard => ({
  name: form.name.trim(),
  phone: orNull(form.phone),
  level: orNull(form.level),
  rank: orNull(form.rank),
  active: !form.frozen,
  note: orNull(form.note),
  birthday: orNull(form.birthday),
  contact: contactOf(form),
});

export const draftOf = (form: CardForm, member: MemberId): MemberDraft => ({
  member,
  card: cardOf(form),
  rank_reason: orNull(form.reason),
});

export const enrolDraftOf = (form: EnrolForm): EnrolDraft => ({
  number: orNull(form.number),
  card: cardOf(form),
  sponsor: form.sponsor?.member ?? null,
  joined: form.joined,
});

/** True where anything was typed that is not on the card yet. */
export const differs = (form: CardForm, card: MemberCard): boolean => JSON.stringify(form) !== JSON.stringify(formOf(card));

/** The field beside which a refusal stands; nothing where it is about none of them. */
export function fieldOf(failure: Pick<Failure, "name"> & { code?: string }): MemberField | null {
  switch (failure.code) {
    case "no_name":
      return "name";
    case "phone_shape":
    case "phone_taken":
      return "phone";
    case "number_taken":
      return "number";
    case "email_shape":
      return "email";
    case "birthday_shape":
      return "birthday";
    case "unknown_rank":
      return "rank";
    case "rank_reason":
      return "reason";
    case "unknown_sponsor":
    case "cycle":
    case "moved_meanwhile":
      return "sponsor";
    default:
      return null;
  }
}

/** The chain from the root down to the sponsor. A long one keeps its ends: the root and the nearest four; `left` are between them. */
export function chainDown(upline: readonly MemberHit[]): { top: MemberHit[]; left: number; near: MemberHit[] } {
  const down = [...upline].reverse();
  if (down.length <= 6) return { top: [], left: 0, near: down };
  return { top: down.slice(0, 1), left: down.length - 5, near: down.slice(-4) };
}

/** Levels in use that fit what is typed, at most four; all of the first four while nothing is. */
export function levelsLike(typed: string, known: readonly string[]): string[] {
  const text = typed.trim().toLowerCase();
  return known.filter((level) => level.toLowerCase().includes(text) && level !== typed.trim()).slice(0, 4);
}
