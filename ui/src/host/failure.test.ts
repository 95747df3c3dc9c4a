import { expect, it } from "vitest";
import { Broken, failureFrom, Refused } from "./failure";

it("reads a refusal with the data to mend it", () => {
  const refused = failureFrom({
    failure: "refused",
    refusal: { code: "code_taken", taken: "T1", by: "茶" },
    message: "code T1 belongs to 茶",
  });
  expect(refused).toBeInstanceOf(Refused);
  expect(refused).toMatchObject({ code: "code_taken", params: { taken: "T1", by: "茶" }, message: "code T1 belongs to 茶" });
});

it("counts everything else as broken and keeps the trace", () => {
  expect(failureFrom({ failure: "broken", trace: "journal: disk full" })).toMatchObject({ trace: "journal: disk full" });
  for (const odd of ["no such command", { strange: 1 }, new Error("ipc"), null]) expect(failureFrom(odd)).toBeInstanceOf(Broken);
});
