/*
 * The offline form: puts the stored answers into the fields, and saves a copy of the whole file with what was typed.
 * Nothing is sent anywhere.
 */
const form = document.getElementById("form");
const place = document.getElementById("scorecard");
const state = document.getElementById("state");
const stamp = JSON.parse(place.textContent);
let saved = JSON.stringify(answers(stamp.fields));

function answers(start = {}) {
  const fields = { ...start };
  for (const control of form.elements) if (control.name) delete fields[control.name];
  for (const [name, value] of new FormData(form)) if (value !== "") fields[name] = value.replaceAll("\r\n", "\n");
  return fields;
}

function fill() {
  for (const [name, value] of Object.entries(stamp.fields)) {
    const found = form.elements[name];
    if (found?.type === "checkbox") found.checked = value !== "";
    else if (found) found.value = value;
  }
  saved = JSON.stringify(answers(stamp.fields));
}

function isDirty() {
  return JSON.stringify(answers(stamp.fields)) !== saved;
}

function say() {
  state.textContent = isDirty() ? state.dataset.unsaved : state.textContent || state.dataset.clean;
}

function save() {
  const fields = answers(stamp.fields);
  place.textContent = JSON.stringify({ ...stamp, fields }).replaceAll("<", "\\u003c");
  state.textContent = "";
  const page = `<!doctype html>\n${document.documentElement.outerHTML}`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
  link.download = `scorecard-${stamp.interview}-filled.html`;
  link.click();
  URL.revokeObjectURL(link.href);
  saved = JSON.stringify(fields);
  const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  state.textContent = state.dataset.saved.replace("{time}", time);
}

fill();
say();
form.addEventListener("input", say);
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("save").addEventListener("click", save);
window.addEventListener("beforeunload", (event) => {
  if (isDirty()) event.preventDefault();
});
