/*
 * What the hand does while the ear listens: notes with their time, follow-ups, skipping, timers, keys.
 * It only changes controls of the form and says so by their own events; saving is scorecard.js's.
 */

const form = document.getElementById("scorecard");
const words = form.dataset;
const questions = [...form.querySelectorAll("[data-question]")];
const sheet = document.querySelector("[data-sheet]");
const TAGS = "STAR";
const JUMP_WITHIN = 1000; // So long after G, and after each key of a number or name, the next one belongs to it.
let jump = null; // What was typed since G, and when.

// ---------- Remembered on this device ----------

function remembered(name) {
  try {
    return localStorage[`scorecard-${name}`] !== "off";
  } catch {
    return true;
  }
}

function remember(name, isOn) {
  try {
    localStorage[`scorecard-${name}`] = isOn ? "on" : "off";
  } catch {
    // Private windows forget.
  }
}

// ---------- Which question ----------

function questionOf(target) {
  return target?.closest?.("[data-question]");
}

function inSight() {
  return questions.find((each) => each.getBoundingClientRect().bottom > 160) ?? questions.at(-1);
}

function here() {
  return questionOf(document.activeElement) ?? inSight();
}

function go(question) {
  if (!question) return;
  question.scrollIntoView({ block: "start" });
  question.querySelector(".question-text").focus({ preventScroll: true });
}

function step(by) {
  const at = questions.indexOf(here());
  go(questions[Math.min(Math.max(at + by, 0), questions.length - 1)]);
}

// ---------- Notes ----------

function said(control) {
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function clock() {
  return new Date().toLocaleTimeString("en-GB", { hour12: false });
}

function addNote(question) {
  takeNote(question);
  question.querySelector("[data-note]").focus();
}

/** What stands in the line becomes a note, also when one goes elsewhere without Enter: nothing typed is lost. */
function takeNote(question) {
  const line = question.querySelector("[data-note]");
  if (!line.value.trim()) return;
  const tag = question.querySelector("[data-tag][aria-pressed=true]")?.dataset.tag;
  const notes = question.querySelector("[data-notes]");
  const before = notes.value.replace(/\s+$/, "");
  notes.value = `${before}${before ? "\n" : ""}${clock()} ${tag ? `${tag} ` : ""}${line.value.trim()}`;
  line.value = "";
  tagWith(question, null);
  said(notes);
  notes.scrollTop = notes.scrollHeight;
}

function tagWith(question, letter) {
  for (const button of question.querySelectorAll("[data-tag]")) {
    const isIt = button.dataset.tag === letter && button.getAttribute("aria-pressed") === "false";
    button.setAttribute("aria-pressed", String(isIt));
  }
}

/** The words of the notes without their times, below what the evidence holds already. */
function notesToEvidence(question) {
  const evidence = question.querySelector("[data-evidence]");
  const lines = question.querySelector("[data-notes]").value.split("\n");
  const plain = lines.map((line) => line.replace(/^\s*\d{1,2}:\d{2}(:\d{2})?\s+([STAR]\s+)?/, "").trim());
  const there = new Set(evidence.value.split("\n").map((line) => line.trim()));
  const fresh = plain.filter((line) => line && !there.has(line));
  if (fresh.length > 0) {
    evidence.value = [evidence.value.replace(/\s+$/, ""), ...fresh].filter(Boolean).join("\n");
    said(evidence);
  }
  evidence.focus();
}

function letNotesBeWritten(question) {
  const line = question.querySelector("[data-note]");
  question.querySelector("[data-note-line]").hidden = false;
  const toEvidence = question.querySelector("[data-notes-to-evidence]");
  toEvidence.hidden = false;
  toEvidence.addEventListener("click", () => notesToEvidence(question));
  question.querySelector("[data-add-note]").addEventListener("click", () => addNote(question));
  line.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      addNote(question);
    }
  });
  const around = question.querySelector("[data-note-line]");
  around.addEventListener("focusout", (event) => {
    if (!around.contains(event.relatedTarget)) takeNote(question);
  });
  for (const button of question.querySelectorAll("[data-tag]")) {
    button.addEventListener("pointerdown", (event) => event.preventDefault()); // A tap leaves the line where it is.
    button.addEventListener("click", () => {
      tagWith(question, button.dataset.tag);
      line.focus();
    });
  }
}

// ---------- Asked or skipped ----------

function outcome(question, value) {
  return question.querySelector(`.asked input[value="${value}"]`);
}

function isBegun(question) {
  const texts = [...question.querySelectorAll("[data-evidence], [data-notes]")].some((each) => each.value.trim());
  return texts || question.querySelector(".level-choice input:checked, .probe input:checked") !== null;
}

function showReason(question) {
  question.querySelector("[data-skip-reason]").hidden = !outcome(question, "skipped").checked;
}

/** Whatever is written about a question says that it was asked; only a person says that it was not. */
function noteAsked(question) {
  const isOpen = !outcome(question, "asked").checked && !outcome(question, "skipped").checked;
  if (isOpen && isBegun(question)) outcome(question, "asked").checked = true;
}

function skip(question) {
  const skipped = outcome(question, "skipped");
  skipped.checked = !skipped.checked;
  showReason(question);
  skipped.dispatchEvent(new Event("change", { bubbles: true }));
  if (skipped.checked) question.querySelector("[data-skip-reason] input").focus();
}

// ---------- Time ----------

function seconds(question) {
  return Number(question.querySelector("[data-seconds]").value) || 0;
}

function isDone(question) {
  return question.querySelector(".level-choice input:checked") !== null || outcome(question, "skipped").checked;
}

function minutes(time) {
  return `${Math.floor(time / 60)}:${String(time % 60).padStart(2, "0")}`;
}

function tick() {
  if (document.hidden || sheet.open) return;
  const question = here();
  if (!question || !form.contains(document.activeElement)) return;
  question.querySelector("[data-seconds]").value = seconds(question) + 1;
  showTimes();
}

function showTimes() {
  const isOn = remembered("timers");
  const all = questions.reduce((sum, each) => sum + seconds(each), 0);
  for (const question of questions) {
    const timer = question.querySelector("[data-timer]");
    timer.hidden = !isOn || seconds(question) === 0;
    timer.textContent = `${minutes(seconds(question))} / `;
  }
  const line = form.querySelector("[data-clock]");
  line.hidden = !isOn || all === 0;
  line.querySelector("[data-clock-words]").textContent = words.clock
    .replace("{passed}", Math.floor(all / 60))
    .replace("{all}", words.minutes);
  showShortness(isOn, all);
}

/** Calmly: what could be left out once the questions to come need more time than there is. */
function showShortness(isOn, passed) {
  const open = questions.filter((each) => !isDone(each));
  // What a question has used of its own minutes is not needed again.
  const needed = open.reduce((sum, each) => sum + Math.max(0, Number(each.dataset.minutes) - seconds(each) / 60), 0);
  const left = Number(words.minutes) - Number(words.closingMinutes) - passed / 60;
  const line = document.querySelector("[data-short-line]");
  line.hidden = !isOn || passed === 0 || open.length === 0 || needed <= left;
  if (line.hidden) return;
  const heard = new Set(questions.filter(isDone).map((each) => each.dataset.skill));
  const spare = open.filter((each) => heard.has(each.dataset.skill));
  const which = (spare.length > 0 ? spare : open.slice(-1)).map((each) =>
    words.shortOne.replace("{n}", each.dataset.question).replace("{skill}", each.dataset.skill),
  );
  line.textContent = words.short.replace("{n}", open.length).replace("{which}", which.join(", "));
}

// ---------- Keys ----------

function isTyping(target) {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === "text");
}

function levelOf(event) {
  const digit = /^(?:Digit|Numpad)([1-5])$/.exec(event.code);
  if (digit) return digit[1];
  return event.key.toLowerCase() === "n" || event.code === "KeyN" ? "N" : null;
}

function choose(question, level) {
  const radio = question?.querySelector(`.level-choice input[value="${level}"]`);
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

const plainKeys = {
  j: () => step(1),
  k: () => step(-1),
  g: () => {
    jump = { typed: "", at: performance.now() };
  },
  m: () => here().querySelector("[data-note]").focus(),
  e: () => here().querySelector("[data-evidence]").focus(),
  s: () => skip(here()),
  o: () => document.querySelector("[data-open-drawer]")?.click(),
  t: () => setTimers(!remembered("timers")),
  "?": () => sheet.showModal(),
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return left(event.target);
  const isText = isTyping(event.target);
  if (isText && event.altKey) return pressedInText(event);
  if (isText || event.altKey || event.target instanceof HTMLSelectElement) return;
  if (!remembered("keys") && event.key !== "?") return; // The list is where they are switched on again.
  if (jumpsBy(event.key)) return event.preventDefault();
  jump = null;
  const level = levelOf(event);
  const act = plainKeys[event.key.toLowerCase()];
  if (level ? choose(here(), level) : act) {
    event.preventDefault();
    if (!level) act();
  }
}

/** Goes to the question with the number, or to the first whose skill begins so; whether the key belonged to a jump. */
function jumpsBy(key) {
  if (jump === null || key.length !== 1 || performance.now() - jump.at > JUMP_WITHIN) return false;
  const typed = jump.typed + key.toLocaleLowerCase();
  const byNumber = /^[0-9]+$/.test(typed);
  const found = byNumber
    ? questions[Number(typed) - 1]
    : questions.find((each) => each.dataset.skill.toLocaleLowerCase().startsWith(typed));
  if (!found) {
    const isFirst = jump.typed === "";
    jump = null;
    return isFirst; // The first key after G never rates or skips.
  }
  jump = { typed, at: performance.now() };
  go(found);
  return true;
}

function pressedInText(event) {
  const question = questionOf(event.target);
  const level = levelOf(event);
  const letter = /^Key([STAR])$/.exec(event.code)?.[1];
  if (level && choose(question ?? here(), level)) event.preventDefault();
  else if (letter && question && event.target.matches("[data-note]") && TAGS.includes(letter)) {
    event.preventDefault();
    tagWith(question, letter);
  }
}

function left(target) {
  jump = null;
  const drawer = document.querySelector("[data-drawer].is-open");
  if (drawer) return drawer.querySelector("[data-close-drawer]").click();
  if (isTyping(target)) questionOf(target)?.querySelector(".question-text").focus({ preventScroll: true });
}

function setTimers(isOn) {
  remember("timers", isOn);
  sheet.querySelector("[data-timers-on]").checked = isOn;
  showTimes();
}

// ---------- Beginning ----------

for (const question of questions) {
  letNotesBeWritten(question);
  showReason(question);
}
form.addEventListener(
  "input",
  (event) => {
    const question = questionOf(event.target);
    if (!question || event.target.matches("[data-note]")) return;
    showReason(question);
    noteAsked(question);
  },
  true, // Before the form is saved.
);
form.addEventListener(
  "change",
  (event) => {
    const question = questionOf(event.target);
    if (question) {
      showReason(question);
      noteAsked(question);
      showTimes();
    }
  },
  true,
);
form.addEventListener("restored", () => {
  questions.forEach(showReason);
  showTimes();
});
for (const button of form.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}
form.querySelector("[data-thumb-note]").addEventListener("click", () => here().querySelector("[data-note]").focus());
document.querySelector("[data-open-sheet]").addEventListener("click", () => sheet.showModal());
sheet.querySelector("[data-close-sheet]").addEventListener("click", () => sheet.close());
sheet.querySelector("[data-keys-on]").checked = remembered("keys");
sheet.querySelector("[data-keys-on]").addEventListener("change", (event) => remember("keys", event.target.checked));
sheet.querySelector("[data-timers-on]").checked = remembered("timers");
sheet.querySelector("[data-timers-on]").addEventListener("change", (event) => setTimers(event.target.checked));
document.addEventListener("keydown", pressed);
window.addEventListener("pagehide", () => questions.forEach(takeNote), true); // Before the form is saved.
document.addEventListener(
  "visibilitychange",
  () => {
    if (document.visibilityState === "hidden") questions.forEach(takeNote);
  },
  true,
);
setInterval(tick, 1000);
showTimes();
