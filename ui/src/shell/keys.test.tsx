import { fireEvent, render } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { keyName, useKeys } from "./keys";

const press = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

it("names a key as it is written on the keyboard", () => {
  expect(keyName(press({ key: "k", code: "KeyK", ctrlKey: true }))).toBe("Ctrl+K");
  expect(keyName(press({ key: "k", code: "KeyK", metaKey: true }))).toBe("Ctrl+K");
  expect(keyName(press({ key: "F6", code: "F6", shiftKey: true }))).toBe("Shift+F6");
  expect(keyName(press({ key: "*", code: "Digit8", shiftKey: true }))).toBe("*");
  expect(keyName(press({ key: "*", code: "NumpadMultiply" }))).toBe("*");
  expect(keyName(press({ key: "¡", code: "Digit1", altKey: true }))).toBe("Alt+1");
  expect(keyName(press({ key: "Process", code: "Slash" }))).toBe("/");
  expect(keyName(press({ key: "Process", code: "KeyN" }))).toBe("N");
});

const act = vi.fn();
afterEach(() => act.mockReset());
function Screen() {
  useKeys({ N: act, F5: act });
  return <input aria-label="name" />;
}

it("leaves single letters to text fields, and keeps F-keys everywhere", () => {
  const { getByLabelText } = render(<Screen />);
  fireEvent.keyDown(getByLabelText("name"), { key: "n", code: "KeyN" });
  expect(act).toHaveBeenCalledTimes(0);
  fireEvent.keyDown(document.body, { key: "n", code: "KeyN" });
  fireEvent.keyDown(getByLabelText("name"), { key: "F5", code: "F5" });
  expect(act).toHaveBeenCalledTimes(2);
});

it("never acts while an input method composes", () => {
  render(<Screen />);
  fireEvent.keyDown(document.body, { key: "n", code: "KeyN", isComposing: true });
  expect(act).not.toHaveBeenCalled();
});

it("hears Ctrl+Enter before a button that has the focus takes it for a press", () => {
  const press = vi.fn();
  function Form() {
    useKeys({ "Ctrl+Enter": act });
    return <button type="button" aria-label="choose" onKeyDown={press} />;
  }
  const { getByLabelText } = render(<Form />);
  fireEvent.keyDown(getByLabelText("choose"), { key: "Enter", code: "Enter", ctrlKey: true });
  expect(act).toHaveBeenCalledTimes(1);
  expect(press).not.toHaveBeenCalled();
  fireEvent.keyDown(getByLabelText("choose"), { key: "Enter", code: "Enter" });
  expect(press).toHaveBeenCalledTimes(1);
});
