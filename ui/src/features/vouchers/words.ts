import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { SealTone } from "../../design";
import type { VoucherHow, VoucherState } from "../../host";

export const states: readonly VoucherState[] = ["open", "used", "expired", "blocked", "overdrawn"];

export const stateWords: Record<VoucherState, MessageDescriptor> = {
  open: msg`pays`,
  used: msg`used up`,
  expired: msg`over`,
  blocked: msg`blocked`,
  overdrawn: msg`overdrawn`,
};

export const stateTones: Record<VoucherState, SealTone> = {
  open: "done",
  used: "note",
  expired: "wait",
  blocked: "wait",
  overdrawn: "wait",
};

export const howWords: Record<VoucherHow, MessageDescriptor> = {
  sold: msg`sold`,
  given: msg`given`,
  replaced: msg`in place of a lost one`,
  returned: msg`for returned goods`,
};

/** A code in groups of four, as it stands on the slip. */
export const grouped = (code: string): string => code.match(/.{1,4}/g)?.join(" ") ?? code;
