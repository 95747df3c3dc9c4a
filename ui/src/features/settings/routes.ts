import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/settings", load: () => import("./Settings") }];
