import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/members", load: () => import("./Members") }];
