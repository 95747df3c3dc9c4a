import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/handbook", load: () => import("./Handbook") }];
