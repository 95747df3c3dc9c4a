import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { FileInput, Network, Package, ReceiptText, Settings, ShoppingBag, Users } from "lucide-react";
import type { ComponentType } from "react";

export interface Section {
  path: string;
  name: MessageDescriptor;
  sign: ComponentType<{ size?: number; "aria-hidden"?: "true" }>;
  keys: string;
  /** Found in the palette by these, whatever the language. */
  also: string;
}

/** The sections in the order of the rail. */
export const sections: readonly Section[] = [
  { path: "/till", name: msg`Till`, sign: ShoppingBag, keys: "Ctrl+1", also: "sell sy shouyin 收银" },
  { path: "/products", name: msg`Products & stock`, sign: Package, keys: "Ctrl+2", also: "sp kc shangpin kucun 商品" },
  { path: "/members", name: msg`Members`, sign: Users, keys: "Ctrl+3", also: "hy huiyuan 会员" },
  { path: "/plan", name: msg`Plan`, sign: Network, keys: "Ctrl+4", also: "fx fangan fenxiao 分销" },
  { path: "/month", name: msg`Month`, sign: ReceiptText, keys: "Ctrl+5", also: "commission report yj yongjin jiesuan 佣金" },
  { path: "/imports", name: msg`Import`, sign: FileInput, keys: "Ctrl+6", also: "dr daoru 导入 csv xlsx" },
];

/** Stands at the foot of the rail. */
export const settings: Section = {
  path: "/settings",
  name: msg`Settings`,
  sign: Settings,
  keys: "Ctrl+9",
  also: "sz shezhi 设置 theme language",
};
