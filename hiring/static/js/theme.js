/* Light or dark: the system's choice until the person makes their own, which a cookie keeps for the server to render. */

const root = document.documentElement;
const system = window.matchMedia("(prefers-color-scheme: dark)");

function shown() {
  return root.dataset.theme ?? (system.matches ? "dark" : "light");
}

function mark() {
  root.dataset.shownTheme = shown();
}

function choose(theme) {
  root.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  mark();
}

system.addEventListener("change", mark);
for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  button.hidden = false;
  button.addEventListener("click", () => choose(shown() === "dark" ? "light" : "dark"));
}
mark();
