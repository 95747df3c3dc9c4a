import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/members/graph", load: () => import("./Graph") }];
