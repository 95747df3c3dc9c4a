import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
  ChartColumn,
  FileInput,
  Gift,
  HandCoins,
  ListTodo,
  Network,
  Package,
  ReceiptText,
  Settings,
  ShoppingBag,
  TicketPercent,
  Users,
  Warehouse,
} from "lucide-react";
import type { ComponentType } from "react";
import type { Role } from "../host";

export interface Section {
  path: string;
  name: MessageDescriptor;
  sign: ComponentType<{ size?: number; "aria-hidden"?: "true" }>;
  keys: string;
  /** Who has any use for it. */
  least: Role;
  /** Found in the palette by these, whatever the language. */
  also: string;
}

/** The sections in the order of the rail. */
export const sections: readonly Section[] = [
  { path: "/till", name: msg`Till`, sign: ShoppingBag, least: "clerk", keys: "Ctrl+1", also: "sell sy shouyin 收银" },
  { path: "/products", name: msg`Products & stock`, sign: Package, least: "clerk", keys: "Ctrl+2", also: "sp kc shangpin kucun 商品" },
  {
    path: "/stock",
    name: msg`Back room`,
    sign: Warehouse,
    least: "clerk",
    keys: "Ctrl+7",
    also: "kc kucun rukuo pandian 库存 盘点 receive count",
  },
  {
    path: "/promotions",
    name: msg`Promotions`,
    sign: TicketPercent,
    least: "clerk",
    keys: "Ctrl+8",
    also: "cx cuxiao youhuiquan manjian 促销 coupon",
  },
  {
    path: "/vouchers",
    name: msg`Vouchers`,
    sign: Gift,
    least: "manager",
    keys: "Alt+8",
    also: "daijinquan djq lipinka 代金券 礼品卡 gift card voucher credit note",
  },
  { path: "/members", name: msg`Members`, sign: Users, least: "clerk", keys: "Ctrl+3", also: "hy huiyuan 会员" },
  { path: "/plan", name: msg`Plan`, sign: Network, least: "manager", keys: "Ctrl+4", also: "fx fangan fenxiao 分销" },
  {
    path: "/month",
    name: msg`Month`,
    sign: ReceiptText,
    least: "manager",
    keys: "Ctrl+5",
    also: "commission report yj yongjin jiesuan 佣金",
  },
  { path: "/sales", name: msg`Sales`, sign: ChartColumn, least: "manager", keys: "Alt+7", also: "xs xiaoshou ribao 销售 日报 report" },
  { path: "/shift", name: msg`Shift`, sign: HandCoins, least: "clerk", keys: "Ctrl+0", also: "jb jiaoban qianxiang 交班 钱箱 drawer x z" },
  {
    path: "/tasks",
    name: msg`Tasks`,
    sign: ListTodo,
    least: "manager",
    keys: "Alt+9",
    also: "db daiban chaomai 待办 超卖 oversold conflict",
  },
  { path: "/imports", name: msg`Import`, sign: FileInput, least: "manager", keys: "Ctrl+6", also: "dr daoru 导入 csv xlsx" },
];

/** Stands at the foot of the rail. */
export const settings: Section = {
  path: "/settings",
  name: msg`Settings`,
  sign: Settings,
  least: "clerk",
  keys: "Ctrl+9",
  also: "sz shezhi 设置 theme language",
};
