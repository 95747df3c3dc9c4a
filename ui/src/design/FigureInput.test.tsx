import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { faults, show } from "../testing/render";
import { MoneyInput } from "./FigureInput";

function Field({ onEnter }: { onEnter?: (value: number | null) => void }) {
  const [value, setValue] = useState<number | null>(null);
  return (
    <>
      <MoneyInput label="Price" value={value} onChange={setValue} onEnter={onEnter} />
      <output>{String(value)}</output>
    </>
  );
}
const value = () => screen.getByRole("status").textContent;

it("takes full-width digits and Chinese punctuation and tidies on blur", async () => {
  const { container } = show(<Field />);
  await userEvent.type(screen.getByLabelText("Price"), "１２８。５");
  expect(value()).toBe("12850");
  await userEvent.tab();
  expect((screen.getByLabelText("Price") as HTMLInputElement).value).toBe("128.50");
  expect(await faults(container)).toEqual([]);
});

it("keeps what cannot be read, marks it, and does not act on it", async () => {
  const onEnter = vi.fn();
  show(<Field onEnter={onEnter} />);
  const field = screen.getByLabelText("Price");
  await userEvent.type(field, "12x{Enter}");
  expect((field as HTMLInputElement).value).toBe("12x");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(onEnter).not.toHaveBeenCalled();
});

it("ignores the Enter that ends a composition", () => {
  const onEnter = vi.fn();
  show(<Field onEnter={onEnter} />);
  const field = screen.getByLabelText("Price");
  fireEvent.change(field, { target: { value: "12" } });
  fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  fireEvent.keyDown(field, { key: "Enter", keyCode: 229 });
  expect(onEnter).not.toHaveBeenCalled();
  fireEvent.keyDown(field, { key: "Enter" });
  expect(onEnter).toHaveBeenCalledWith(1200);
});
