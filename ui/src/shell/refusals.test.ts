import { expect, test } from "vitest";
import { Refused } from "../host";
import { collisions, refusalWords, wordRefusals } from "./refusals";

test("no code is worded by two features without saying whose answer is meant", async () => {
  await Promise.all(Object.values(import.meta.glob("../features/*/refusals.ts")).map((load) => load()));
  expect(collisions()).toEqual([]);
});

test("one code says what the command's own noun means by it, else what it means everywhere", () => {
  const words = (text: string) => () => ({ id: text, message: text });
  wordRefusals({ of_two: words("everywhere") });
  wordRefusals({ of_two: words("of members") }, { of: ["enrol_member"] });
  const said = (command?: string) => refusalWords(new Refused("of_two", {}, undefined, command))?.message;
  expect([said("enrol_member"), said("record_sale"), said()]).toEqual(["of members", "everywhere", "everywhere"]);
});
