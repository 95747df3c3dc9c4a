import { createContext, useContext } from "react";

import type { Role } from "../host";

export type { Role };

/** The shop whose books are open. */
export interface OpenShop {
  name: string;
  currency: string;
  /** Decimals of the currency. */
  digits: number;
  /** A shop to try things in, removable in one step. */
  sample: boolean;
  /** The shop's day, `YYYY-MM-DD`. */
  today: string;
}

/** Who sits at this window. */
export interface Seated {
  id: string;
  name: string;
  role: Role;
}

export interface Session {
  shop: OpenShop;
  person: Seated;
  /** Leaves the seat; the open ticket stays. */
  lock: () => void;
}

export const SessionIs = createContext<Session | null>(null);

/** Shop and person. Only below the sign-in. */
export function useSession(): Session {
  const session = useContext(SessionIs);
  if (!session) throw new Error("nobody is signed in");
  return session;
}

const order: readonly Role[] = ["clerk", "manager", "owner"];

/** Whether a role includes another. */
export const reaches = (role: Role, least: Role): boolean => order.indexOf(role) >= order.indexOf(least);

/** Whether the person may do what needs at least `least`. The menu judges in any case; this only spares a refusal. */
export const useMay = (least: Role): boolean => reaches(useSession().person.role, least);
