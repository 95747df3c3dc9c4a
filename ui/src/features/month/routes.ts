import "./refusals";
import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [
  { path: "/month", load: () => import("./Month") },
  { path: "/month/close", load: () => import("./Close") },
];
