import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/returns", load: () => import("./Returns"), bare: true }];
