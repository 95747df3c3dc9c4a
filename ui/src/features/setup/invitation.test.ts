import { expect, it } from "vitest";
import { invitationOf } from "./invitation";

it("takes address and code from what the QR code holds, and nothing from another text", () => {
  expect(invitationOf("banyan:join?at=http://192.168.1.5:7400&code=ABCD-EFGH-JKLM\n")).toEqual({
    address: "http://192.168.1.5:7400",
    code: "ABCD-EFGH-JKLM",
  });
  expect(invitationOf("https://example.com")).toBeNull();
  expect(invitationOf("banyan:join?at=http://192.168.1.5:7400")).toBeNull();
});
