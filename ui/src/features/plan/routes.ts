import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/plan", load: () => import("./Plan") }];
