/* The line that says whether what one types is safe: saved, saving, unsaved, offline or failed. */

const STATES = ["saved", "saving", "unsaved", "offline", "failed"];
const line = document.querySelector(".status-line");
let before = null;

function state() {
  return STATES.find((each) => line.classList.contains(`status-${each}`));
}

/** Shows a state; `time` is what stands in "Saved at …". */
export function setStatus(next, time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })) {
  if (!line) return;
  line.classList.remove(...STATES.map((each) => `status-${each}`));
  line.classList.add(`status-${next}`);
  line.querySelector("[data-status-words]").textContent = line.dataset[next].replace("{time}", time);
}

if (line) {
  window.addEventListener("offline", () => {
    before = { state: state(), words: line.querySelector("[data-status-words]").textContent };
    setStatus("offline");
  });
  window.addEventListener("online", () => {
    if (!before || state() !== "offline") return;
    setStatus(before.state);
    line.querySelector("[data-status-words]").textContent = before.words;
  });
}
