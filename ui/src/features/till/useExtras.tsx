import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useMemo, useState } from "react";
import { Amount, Dialog, EmptyHint, notify, writeFixed } from "../../design";
import { call } from "../../host";
import { useAnswer } from "../../host/answers";
import type { KeyMap } from "../../shell";
import { TopUp } from "../balance/TopUp";
import { SellVoucher } from "../vouchers/SellVoucher";
import { Choice } from "./Choice";
import { buyer, onTicket } from "./desk";
import { addProduct, attachMember, currentLine, setSalesperson, type Ticket, type TicketMember, toggleGift } from "./draft";
import { EnrolHere } from "./EnrolHere";
import { QuickKeys } from "./QuickKeys";
import type { BoxMode } from "./TillBox";

interface ExtrasProps {
  now: () => Ticket;
  act: (change: (ticket: Ticket) => Ticket) => void;
  toBox: (mode?: BoxMode) => void;
  /** Nothing is typed and nothing is being paid. */
  free: boolean;
  onFailure: (failure: unknown) => void;
}

/** Key, words, and what finds it in the palette. */
type Offered = [key: string, text: string, also: string];

/** What the till does beside scanning and paying: coupons, points, gifts, who served, quick keys. */
export function useExtras({ now, act, toBox, free, onFailure }: ExtrasProps): {
  keys: KeyMap;
  commands: Offered[];
  sheets: ReactNode;
  /** Counts the day for a member, who is then the buyer. */
  signIn: (member: TicketMember) => void;
} {
  const { t } = useLingui();
  const [open, setOpen] = useState<"seller" | "quick" | "enrol" | "top_up" | "voucher" | null>(null);
  const people = useAnswer("people", null, { topics: ["people"], enabled: open === "seller" });
  const close = () => {
    setOpen(null);
    // A dialog keeps the cursor until it is gone, and leaves it nowhere where it took the place of another.
    requestAnimationFrame(() => requestAnimationFrame(() => toBox()));
  };
  const signIn = (member: TicketMember) => {
    act((old) => attachMember(old, member));
    call("sign_in_member", member.id)
      .then(({ streak, points }) => {
        const { name } = member;
        const brought = writeFixed(points, 0);
        notify({ text: t`${name} is here, day ${streak} in a row: ${brought} points` });
      })
      .catch(onFailure);
  };
  const keys: KeyMap = {
    "Alt+S": () => {
      const { member } = now();
      if (member) signIn(member);
      else toBox("sign_in");
    },
    F4: () => setOpen("seller"),
    F7: () => setOpen("enrol"),
    "Alt+Q": () => setOpen("quick"),
    "Alt+D": () => void call("open_display", { open: true }).catch(onFailure),
    "Alt+T": () => (now().member ? setOpen("top_up") : undefined),
    "Alt+V": () => setOpen("voucher"),
    "Alt+C": () => (now().lines.length > 0 ? toBox("coupon") : undefined),
    "Alt+P": () => (now().member && now().lines.length > 0 ? toBox("points") : undefined),
    "Alt+G": () => (free && currentLine(now()) ? act(toggleGift) : undefined),
  };
  const commands = useMemo<Offered[]>(
    () => [
      ["F4", t`Who served`, "yingyeyuan 营业员"],
      ["F7", t`New member`, "xinjian huiyuan 新建会员 enrol"],
      ["Alt+Q", t`Quick keys`, "kuaijie 快捷键 商品"],
      ["Alt+C", t`Coupon`, "youhuiquan 优惠券"],
      ["Alt+D", t`Open the customer display`, "gukexianshi 顾客屏 客显"],
      ["Alt+T", t`Top up stored value`, "chuzhi chongzhi 储值充值"],
      ["Alt+V", t`Sell a voucher`, "maiquan daijinquan 售券 代金券 gift card"],
      ["Alt+P", t`Spend points`, "jifen 积分抵扣"],
      ["Alt+G", t`The line for points`, "duihuan 积分兑换"],
      ["Alt+S", t`Sign a member in for today`, "qiandao 签到"],
    ],
    [t],
  );
  const { member } = now();
  const working = (people.data ?? []).filter((person) => !person.archived);
  const sheets =
    open === "seller" ? (
      <Dialog title={t`Who served`} open onClose={close}>
        {working.length > 0 && (
          <Choice
            label={t`Who served`}
            columns={2}
            items={working.map((person) => ({ key: person.person, text: person.name }))}
            onChoose={(key) => {
              const person = working.find((one) => one.person === key);
              if (person) act((old) => setSalesperson(old, { id: person.person, name: person.name }));
              close();
            }}
          />
        )}
      </Dialog>
    ) : open === "enrol" ? (
      <EnrolHere
        onClose={close}
        onDone={(hit) => {
          act((old) => attachMember(old, buyer(hit)));
          close();
        }}
      />
    ) : open === "top_up" && member ? (
      <TopUp member={member.id} name={member.name} onClose={close} />
    ) : open === "voucher" ? (
      <SellVoucher member={member} onClose={close} />
    ) : open === "quick" ? (
      <QuickKeys
        offered={currentLine(now())?.product ?? null}
        onClose={close}
        onFailure={onFailure}
        onChoose={(row) => {
          act((old) => addProduct(old, onTicket(row)));
          close();
        }}
        empty={<EmptyHint>{t`No quick keys yet. Put a product on the ticket, then add it here.`}</EmptyHint>}
        price={(row) => <Amount minor={row.card.price_minor} />}
      />
    ) : null;
  return { keys, commands, sheets, signIn };
}
