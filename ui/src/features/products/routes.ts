import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/products", load: () => import("./Products") }];
