import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/vouchers", load: () => import("./Vouchers") }];
