import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/stock", load: () => import("./StockPage") }];
