import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/shift", load: () => import("./Shift") }];
