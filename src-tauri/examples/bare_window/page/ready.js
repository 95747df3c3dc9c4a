// The title says when the box is there and drawn, as the till's does.
document.getElementById("box").focus();
requestAnimationFrame(() => requestAnimationFrame(() => (document.title = "ready")));
