import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/imports", load: () => import("./Imports") }];
