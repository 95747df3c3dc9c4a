import { expect, it } from "vitest";
import { readOff } from "./typed";

it("reads a discount as amount, share or 折", () => {
  const read = (text: string) => readOff(text, 2);
  expect(read("12.5")).toEqual({ amount_minor: 1250 });
  expect(read("10%")).toEqual({ percent_ppm: 100_000 });
  expect(read("１０％")).toEqual({ percent_ppm: 100_000 });
  for (const text of ["8.5折", "85折", "85 折"]) expect(read(text), text).toEqual({ percent_ppm: 150_000 });
  expect(read("8折")).toEqual({ percent_ppm: 200_000 });
  for (const text of ["", "-3", "101%", "100折", "0折", "abc"]) expect(read(text), text).toBeNull();
});
