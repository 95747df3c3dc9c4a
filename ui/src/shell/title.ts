import { useEffect } from "react";

/** Names the window after the open screen and the shop, once they are drawn: "Till · Green Field Tea – Banyan". */
export function useTitle(shop: string | undefined, screen?: string): void {
  const title = shop === undefined ? undefined : `${screen ? `${screen} · ` : ""}${shop} – Banyan`;
  useEffect(() => {
    if (title === undefined) return;
    const drawn = requestAnimationFrame(() => {
      document.title = title;
    });
    return () => cancelAnimationFrame(drawn);
  }, [title]);
}
