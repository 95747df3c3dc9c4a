import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [
  { path: "/members", load: () => import("./Members") },
  { path: "/members/groups", load: () => import("./Groups") },
];
