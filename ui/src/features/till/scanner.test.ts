import { expect, it } from "vitest";
import { type Heard, ScanBuffer } from "./scanner";

const codeOf = (character: string) =>
  /\d/.test(character) ? `Digit${character}` : character === "\n" ? "Enter" : character === "-" ? "Minus" : `Key${character.toUpperCase()}`;

/** Types at an even pace and says what the last key led to. */
function type(buffer: ScanBuffer, text: string, gap: number, from = 0): Heard {
  let heard: Heard = { kind: "none" };
  Array.from(text).forEach((character, index) => {
    heard = buffer.press({ code: codeOf(character), key: character, shift: false, at: from + index * gap });
  });
  return heard;
}

it("hears a scan by its pace and its Enter", () => {
  expect(type(new ScanBuffer(), "6901234567892\n", 8)).toEqual({ kind: "scan", text: "6901234567892" });
  expect(type(new ScanBuffer(), "M000123\n", 20)).toEqual({ kind: "scan", text: "M000123" });
});

it("leaves a person's typing alone", () => {
  expect(type(new ScanBuffer(), "6901234567892\n", 90)).toEqual({ kind: "none" });
  expect(type(new ScanBuffer(), "690\n", 8)).toEqual({ kind: "none" });
});

it("starts anew after a pause, so that half a word before the scan is no part of it", () => {
  const buffer = new ScanBuffer();
  type(buffer, "cha", 150);
  expect(type(buffer, "6901234567892\n", 8, 2_000)).toEqual({ kind: "scan", text: "6901234567892" });
});

it("bears one slow key in a fast burst: the median decides", () => {
  const buffer = new ScanBuffer();
  type(buffer, "690123", 8);
  expect(type(buffer, "4567892\n", 8, 40 + 90)).toEqual({ kind: "scan", text: "6901234567892" });
});

it("takes the same code within 80 ms for one scan, later for another", () => {
  const buffer = new ScanBuffer();
  expect(type(buffer, "69012345\n", 2).kind).toBe("scan");
  expect(type(buffer, "69012345\n", 2, 30).kind).toBe("echo");
  expect(type(buffer, "69012345\n", 2, 500).kind).toBe("scan");
});

it("reads keys by their place where an input method hides them", () => {
  const buffer = new ScanBuffer();
  const codes = ["KeyM", "Digit0", "Numpad1", "Minus", "KeyX", "Enter"];
  const heard = codes.map((code, index) => buffer.press({ code, key: "Process", shift: code === "KeyM", at: index * 5 })).at(-1);
  expect(heard).toEqual({ kind: "scan", text: "M01-x" });
});

it("fault 32: a machine that stalls in the middle of a scan loses no digit", () => {
  const buffer = new ScanBuffer();
  type(buffer, "4006381", 8);
  expect(type(buffer, "333931\n", 8, 7 * 8 + 400)).toEqual({ kind: "scan", text: "4006381333931" });
});
