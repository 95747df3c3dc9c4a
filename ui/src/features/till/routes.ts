import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [
  { path: "/till", load: () => import("./Till"), bare: true },
  { path: "/keys", load: () => import("./KeyCard"), bare: true },
];
