import "./refusals";
import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [
  { path: "/month", load: () => import("./Month") },
  { path: "/month/review", load: () => import("./Review") },
  { path: "/month/proof", load: () => import("./Reconcile") },
  { path: "/month/risk", load: () => import("./Risks") },
  { path: "/month/close", load: () => import("./Close") },
];
