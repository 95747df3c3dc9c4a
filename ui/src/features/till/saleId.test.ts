import { expect, it } from "vitest";
import { newSaleId } from "./saleId";

it("is a UUIDv7 that begins with its time", () => {
  const id = newSaleId(0x0123456789ab, new Uint8Array(10).fill(0xff));
  expect(id).toBe("01234567-89ab-7fff-bfff-ffffffffffff");
  expect(newSaleId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
