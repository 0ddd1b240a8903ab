// A button that opens the browser's print dialogue; without scripts it stays hidden, and the browser has its own.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
