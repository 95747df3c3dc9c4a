import { useLingui } from "@lingui/react/macro";
import { Outlet } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { useMemo, useState } from "react";
import { Palette, type PaletteItem } from "../design/Palette";
import { ShopSeal } from "../design/Seal";
import { setWorkstation, shownKeys, useWorkstation } from "../design/workstation";
import type { SyncStatus } from "../host";
import { Crash } from "./Crash";
import { useCommands, useOffered } from "./commands";
import css from "./Frame.module.css";
import { Jobs } from "./Jobs";
import { type KeyMap, useKeys } from "./keys";
import { sections, settings } from "./nav";
import { Prints } from "./Prints";
import { go, usePath, useShownPath } from "./router";
import { StuckMessages } from "./StuckMessages";
import { hasScreen, isBare } from "./screens";
import { reaches, useSession } from "./session";
import { useTills, useTillWords } from "./tills";
import { useTitle } from "./title";
import { UnsavedQuestion } from "./unsaved";

/** The rail, the sheet and the status bar around every screen; the palette and the keys that work everywhere. */
export function Frame() {
  const { t, i18n } = useLingui();
  const path = usePath();
  const { shop, person, lock } = useSession();
  const { theme, keys: moved } = useWorkstation();
  const [searching, setSearching] = useState(false);
  const offered = useOffered();
  const places = useMemo(
    () => [...sections, settings].filter((section) => hasScreen(section.path) && reaches(person.role, section.least)),
    [person.role],
  );

  const shown = useShownPath();
  const screen = places.find((place) => shown === place.path || shown.startsWith(`${place.path}/`));
  useTitle(shop.name, screen && i18n._(screen.name));

  const everywhere = useMemo<PaletteItem[]>(
    () => [
      ...places.map((place) => ({
        key: place.path,
        text: i18n._(place.name),
        group: t`Go to`,
        also: place.also,
        keys: place.keys,
        act: () => go(place.path),
      })),
      { key: "zh", text: "中文", group: t`Language`, also: "zhongwen chinese", act: () => setWorkstation({ language: "zh-CN" }) },
      { key: "en", text: "English", group: t`Language`, also: "yingwen 英文", act: () => setWorkstation({ language: "en" }) },
      { key: "light", text: t`Light`, group: t`Look`, also: "light theme 浅色 qianse", act: () => setWorkstation({ theme: "light" }) },
      { key: "dark", text: t`Dark`, group: t`Look`, also: "dark theme 深色 shense", act: () => setWorkstation({ theme: "dark" }) },
      { key: "system", text: t`As the system`, group: t`Look`, also: "system theme 系统", act: () => setWorkstation({ theme: "system" }) },
      {
        key: "compact",
        text: t`Compact rows`,
        group: t`Look`,
        also: "compact density 紧凑",
        act: () => setWorkstation({ density: "compact" }),
      },
      {
        key: "regular",
        text: t`Regular rows`,
        group: t`Look`,
        also: "regular density 标准",
        act: () => setWorkstation({ density: "regular" }),
      },
      {
        key: "touch",
        text: t`Rows for touch`,
        group: t`Look`,
        also: "touch density 触摸",
        act: () => setWorkstation({ density: "touch" }),
      },
      {
        key: "handbook",
        text: t`Handbook`,
        group: t`Go to`,
        also: "help manual bangzhu shouce 帮助 手册",
        keys: "F1",
        act: () => go("/handbook", { of: window.location.hash.slice(1) }),
      },
      { key: "keys", text: t`Keyboard card`, group: t`Go to`, also: "shortcuts keys jianpan 键盘 快捷键", act: () => go("/keys") },
      { key: "lock", text: t`Lock`, keys: "Ctrl+L", also: "lock sign out 锁定 suoding", act: lock },
    ],
    [places, t, i18n, lock],
  );
  useCommands(everywhere);

  const handbook = () => {
    if (path !== "/handbook") go("/handbook", { of: window.location.hash.slice(1) });
  };
  const keys: KeyMap = { "Ctrl+K": () => setSearching(true), "?": () => setSearching(true), "Ctrl+L": lock, F1: handbook };
  for (const place of places) keys[place.keys] = () => go(place.path);
  useKeys(keys);

  const palette = (
    <Palette
      open={searching}
      onClose={() => setSearching(false)}
      items={offered}
      label={t`Everything you can do`}
      placeholder={t`Type what you want to do`}
      none={t`Nothing is called that.`}
    />
  );

  if (isBare(path)) {
    return (
      <main className={css.bare} data-theme-now={theme}>
        <Outlet />
        {palette}
        <UnsavedQuestion />
      </main>
    );
  }

  const link = (place: (typeof places)[number]) => {
    const Sign = place.sign;
    const here = path === place.path || path.startsWith(`${place.path}/`);
    return (
      <a
        key={place.path}
        href={`#${place.path}`}
        className={css.link}
        aria-current={here ? "page" : undefined}
        aria-keyshortcuts={shownKeys(place.keys, moved).replace("Ctrl", "Control")}
        aria-label={i18n._(place.name)}
      >
        <Sign size={17} aria-hidden="true" />
        <span>{i18n._(place.name)}</span>
      </a>
    );
  };

  return (
    <div className={css.frame}>
      <button type="button" className={css.skip} onClick={() => document.getElementById("main")?.focus()}>
        {t`Skip to the sheet`}
      </button>
      <nav className={css.rail} aria-label={t`Sections`}>
        <div className={css.shop}>
          <ShopSeal name={shop.name} />
          <span className={css.shopWords}>
            <span className={css.shopName}>{shop.name}</span>
            <span className={css.who}>{shop.sample ? `${person.name} · ${t`Sample shop`}` : person.name}</span>
          </span>
        </div>
        <div className={css.sections}>{places.filter((place) => place !== settings).map(link)}</div>
        <div className={css.grow} />
        <div className={css.sections}>
          {places.filter((place) => place === settings).map(link)}
          <button type="button" className={css.link} onClick={lock} aria-label={t`Lock`} aria-keyshortcuts="Control+L">
            <Lock size={17} aria-hidden="true" />
            <span>{t`Lock`}</span>
          </button>
        </div>
      </nav>
      <main id="main" tabIndex={-1} className={css.main}>
        <Crash />
        <Outlet />
      </main>
      <footer className={css.status}>
        <State />
        <StuckMessages />
        <Prints />
        <Jobs />
      </footer>
      {palette}
      <UnsavedQuestion />
    </div>
  );
}

/** Where the books are, in words; where several tills meet, how far they agree. */
function State() {
  const words = useTillWords();
  const status = useTills().data;
  const { well, text } = words(status ?? alone);
  return (
    <span className={css.state} data-well={well}>
      <span className={css.dot} />
      {text}
    </span>
  );
}

const alone: SyncStatus = { link: null, online: false, last_ms: null, waiting: 0, behind: 0, skew_ms: null, trouble: null };
