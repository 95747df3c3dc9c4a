import { useLingui } from "@lingui/react/macro";
import { useMemo, useRef } from "react";
import type { PaletteItem } from "../../design";
import { type KeyMap, useCommands } from "../../shell";

/** Everything that the till's keys do, in the palette under its name; a choice there is the key. `also` are further keys: key, name, other words for it. */
export function useTillCommands(keys: KeyMap, also: readonly (readonly [string, string, string])[], onPrints: () => void) {
  const { t } = useLingui();
  const latest = useRef(keys);
  latest.current = keys;
  const prints = useRef(onPrints);
  prints.current = onPrints;
  const commands = useMemo<PaletteItem[]>(() => {
    const group = t`Till`;
    const press = (key: string) => () => {
      latest.current[key]?.(new KeyboardEvent("keydown"));
    };
    const item = (key: string, text: string, words = ""): PaletteItem => ({
      key: `till ${key}`,
      text,
      group,
      keys: key,
      also: words,
      act: press(key),
    });
    return [
      item("F2", t`Find a member`, "huiyuan 会员"),
      item("F9", t`Payment`, "shoukuan 收款"),
      item("F5", t`Exact cash`, "xianjin 现金"),
      item("F6", t`Hold the ticket`, "guadan 挂单"),
      item("Shift+F6", t`Held tickets`, "qudan 取单"),
      item("F8", t`Return or exchange`, "tuihuo 退货 huanhuo 换货 refund"),
      item("F10", t`Discount on the order`, "zhekou 折扣"),
      item("F11", t`Shift and drawer`, "jiaoban 交班 qianxiang 钱箱"),
      item("F12", t`All products`, "shangpin 商品"),
      item("Ctrl+P", t`Print the last receipt again`, "chongda 重打"),
      { key: "till prints", text: t`Print queue`, group, also: "dayin duilie 打印队列", act: () => prints.current() },
      item("Ctrl+Z", t`Undo`, "chexiao 撤销"),
      ...also.map(([key, text, words]) => item(key, text, words)),
      item("F1", t`Keys of the till`, "bangzhu 帮助"),
    ];
  }, [t, also]);
  useCommands(commands);
}
