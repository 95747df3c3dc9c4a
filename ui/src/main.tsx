import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./design/fonts.css";
import "./design/tokens.css";
import "./design/base.css";
import { languageInUse, wear } from "./design/workstation";
import { App } from "./shell/App";
import { speak } from "./shell/language";

wear();
const place = document.getElementById("root");
void speak(languageInUse()).then(() => {
  if (place) {
    createRoot(place).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  }
});
