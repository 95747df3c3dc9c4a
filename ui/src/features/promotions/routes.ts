import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/promotions", load: () => import("./Promotions") }];
