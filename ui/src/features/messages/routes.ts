import "./refusals";
import type { Screen } from "../../shell/screens";

export const routes: Screen[] = [{ path: "/messages", load: () => import("./Messages") }];
