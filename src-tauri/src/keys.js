// Runs before the screens: keeps WebView2 from acting on its own keys. The screens receive the keys all the same.
window.addEventListener(
  "keydown",
  (event) => {
    const plain = ["F3", "F5", "F7", "F12"].includes(event.key);
    const withControl = event.ctrlKey && ["f", "g", "j", "p", "r", "u", "s"].includes(event.key.toLowerCase());
    if (plain || withControl) event.preventDefault();
  },
  { capture: true },
);
