import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./design/fonts.css";
import "./design/tokens.css";
import "./design/base.css";
import { followOtherWindows, languageInUse, wear } from "./design/workstation";
import { App } from "./shell/App";
import { InLanguage, speak } from "./shell/language";

wear();
followOtherWindows();
const place = document.getElementById("root");

/** What stands in this window: the program, or in the second window what the customer sees. */
async function content(): Promise<ReactNode> {
  if (window.location.hash !== "#/customer") return <App />;
  const { Customer } = await import("./features/customer/Customer");
  return (
    <InLanguage>
      <Customer />
    </InLanguage>
  );
}

void Promise.all([content(), speak(languageInUse())]).then(([shown]) => {
  if (place) createRoot(place).render(<StrictMode>{shown}</StrictMode>);
});
