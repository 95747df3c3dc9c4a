import "./refusals";
import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [
  { path: "/month/payouts", load: () => import("./Payouts") },
  { path: "/month/tax", load: () => import("./TaxYear") },
];
