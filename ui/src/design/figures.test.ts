import { describe, expect, it } from "vitest";
import {
  normalise,
  readFixed,
  readPercent,
  readQty,
  writeFixed,
  writeMicro,
  writeMoment,
  writeMonth,
  writePercent,
  writePhone,
  writePlain,
  writeQty,
} from "./figures";

describe("figures", () => {
  it("writes money with two decimals, grouping and a true minus", () => {
    expect([0, 5, -1250, 123456789, -100000].map((amount) => writeFixed(amount, 2))).toEqual([
      "0.00",
      "0.05",
      "−12.50",
      "1,234,567.89",
      "−1,000.00",
    ]);
    expect(writeFixed(1234567, 0)).toBe("1,234,567");
    expect(writePlain(-123456, 2)).toBe("-1234.56");
  });

  it("writes quantities and rates without idle zeros", () => {
    expect([2000, 350, 10000, -1500, 0].map(writeQty)).toEqual(["2", "0.35", "10", "−1.5", "0"]);
    expect([80000, 12500, 1000000, 0].map(writePercent)).toEqual(["8%", "1.25%", "100%", "0%"]);
  });

  it("reads what a Chinese keyboard types", () => {
    expect(normalise("１，２３４。５０")).toBe("1234.50");
    expect(readFixed("１２８。５", 2)).toBe(12850);
    expect(readFixed("1,280.00", 2)).toBe(128000);
    expect(readFixed("-0", 2)).toBe(0);
    expect(readQty("０．３５")).toBe(350);
    expect(readPercent("8.5％")).toBe(85000);
  });

  it("refuses what is no figure instead of guessing", () => {
    for (const text of ["", ".", "-", "1.2.3", "12a", "1.005", "99999999999999999"]) expect(readFixed(text, 2), text).toBeNull();
  });

  it("groups a mobile number and names a month", () => {
    expect(writePhone("+8613800138000")).toBe("138 0013 8000");
    expect(writePhone("+33612345678")).toBe("+33612345678");
    expect(writeMonth("2026-10", "zh-CN")).toBe("2026年10月");
    for (const locale of ["en", "zh-CN"]) expect(writeMoment(0, locale)).toMatch(/^19(69|70)-\d\d-\d\d \d\d:\d\d$/);
  });
});

it("writes exact commission with the decimals it needs, never fewer than the currency's", () => {
  expect(writeMicro(10_240_000_000, 2)).toBe("102.40");
  expect(writeMicro(102_400_000, 2)).toBe("1.024");
  expect(writeMicro(1, 2)).toBe("0.00000001");
  expect(writeMicro(-1_500_000, 2)).toBe("\u22120.015");
  expect(writeMicro(0, 2)).toBe("0.00");
  expect(writeMicro(102_000_000, 0)).toBe("102");
  expect(writeMicro(102_500_000, 0)).toBe("102.5");
});
