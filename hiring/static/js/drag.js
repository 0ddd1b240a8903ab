// Questions of a guide, taken by their number and dropped elsewhere. The buttons beside the number do the same by keyboard
// and on a telephone; the server does the moving, and answers with the builder as it is then.

let held = null;

const place = { item: null, round: null, position: 0 };

function mark(item, isBefore) {
  for (const each of document.querySelectorAll(".guide-drop-before, .guide-drop-after")) {
    each.classList.remove("guide-drop-before", "guide-drop-after");
  }
  item?.classList.add(isBefore ? "guide-drop-before" : "guide-drop-after");
}

function find(event) {
  const round = event.target.closest?.("section[id^='round-']");
  if (!round) return false;
  const items = [...round.querySelectorAll(".guide-item")].filter((each) => each !== held);
  const after = items.filter((each) => event.clientY > each.getBoundingClientRect().top + each.offsetHeight / 2);
  place.round = round.id.slice("round-".length);
  place.position = after.length + 1;
  place.item = items[after.length] ?? items[after.length - 1] ?? null;
  mark(place.item, after.length < items.length);
  return true;
}

document.addEventListener("dragstart", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip) return;
  held = grip.closest(".guide-item");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.id);
  event.dataTransfer.setDragImage(held, 20, 20);
});

document.addEventListener("dragover", (event) => {
  if (held && find(event)) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  if (!held || !find(event)) return;
  event.preventDefault();
  const form = held.querySelector("[data-place]").form;
  form.elements.direction.value = "to";
  form.elements.round.value = place.round;
  form.elements.place.value = place.position;
  form.requestSubmit();
});

document.addEventListener("dragend", () => {
  held = null;
  mark(null);
});
