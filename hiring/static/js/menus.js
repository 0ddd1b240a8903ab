/* Menus are <details>: here they also close with Escape and with a press elsewhere, and never leave the screen. */

const open = () => document.querySelectorAll("details[data-menu][open]");

function stayOnScreen(menu) {
  const list = menu.querySelector(".menu-list, .confirm-box");
  const owner = menu.parentElement;
  if (list && owner && list.getBoundingClientRect().right > document.documentElement.clientWidth) {
    owner.classList.add("opens-back");
  }
}

document.addEventListener("click", (event) => {
  for (const menu of open()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/* toggle does not bubble, so it is caught on its way down. */
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches("details[data-menu][open]")) stayOnScreen(event.target);
  },
  true,
);
