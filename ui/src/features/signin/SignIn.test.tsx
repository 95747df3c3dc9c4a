import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { replaceTransport } from "../../host/transport";
import { faults, show } from "../../testing/render";
import SignIn from "./SignIn";

let restore = () => {};
afterEach(() => {
  restore();
  localStorage.clear();
});

const people = [
  { person: "a", name: "Li Jing", role: "owner", archived: false },
  { person: "b", name: "Liu Min", role: "clerk", archived: false },
  { person: "c", name: "Gone", role: "clerk", archived: true },
];

function door(wait_seconds: number) {
  const tried: unknown[] = [];
  restore = replaceTransport({
    serve: async (name, question) => {
      if (name === "people") return people;
      tried.push(question);
      if ((question as { pin: string }).pin === "1357") return { person: "b", name: "Liu Min", role: "clerk" };
      throw { failure: "refused", refusal: { code: "wrong_pin", wait_seconds }, message: "wrong PIN" };
    },
    listen: async () => () => {},
    openFile: async () => null,
    saveFile: async () => null,
  });
  return tried;
}

it("lets in by person and PIN, offers nobody who left, and remembers who sat here", async () => {
  const tried = door(0);
  const done = vi.fn();
  const { container } = show(<SignIn shop="Celadon" onDone={done} />);
  await userEvent.click(await screen.findByLabelText("Liu Min"));
  expect(screen.queryByLabelText("Gone")).toBeNull();
  expect(await faults(container)).toEqual([]);
  await userEvent.type(screen.getByLabelText("PIN"), "１３57{Enter}");
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(tried).toEqual([{ person: "b", pin: "1357" }]);
  expect(localStorage.getItem("banyan.last-person")).toBe("b");
});

it("says how long to wait after wrong PINs and asks nothing meanwhile", async () => {
  const tried = door(8);
  show(<SignIn shop="Celadon" onDone={() => {}} />);
  await screen.findByLabelText("Li Jing");
  await userEvent.type(screen.getByLabelText("PIN"), "9999{Enter}");
  await screen.findByText(/Try again in \d s/);
  await userEvent.type(screen.getByLabelText("PIN"), "1357{Enter}");
  expect(tried.length).toBe(1);
});
