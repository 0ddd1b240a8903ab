/*
 * Saves the scorecard as one types. What the server has not acknowledged yet is kept on this device,
 * so that neither a dead network nor a dead battery costs a word; two windows never overwrite each other.
 */

import * as device from "./device.js";
import { signInAgain } from "./sign_in_again.js";
import { setStatus } from "./status.js";

const PAUSE = 1200; // A save follows this long after the last key,
const LONGEST_WAIT = 1500; // and while one types without a pause, this long after the first key not yet sent.
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 30000;
const ANSWER_WITHIN = 20000;
const LARGEST_FAREWELL = 60000; // Browsers refuse larger requests of a page that is being left.
const NOT_ANSWERS = ["csrf_token", "revision", "attested"];

const form = document.getElementById("scorecard");
const words = form.dataset;
const map = new Map([...document.querySelectorAll("[data-map]")].map((link) => [link.dataset.map, link]));
const questions = [...document.querySelectorAll("[data-question]")];

let base = fieldsOf(form);
let sent = []; // What was sent since the last answer; the server may have stored any of it.
let saveKey = "";
let lastSent = null; // What the key stands for.
let timer = null;
let waitingSince = null; // By a clock that never jumps.
let retry = FIRST_RETRY;
let saving = null;
let stopped = null; // A sentence once nothing more may be sent.
let savedAt = words.savedAt; // What was stored last on the server, and on this device.
let keptAt = null;
let keeping = null;
let isKeepingAgain = false;
const conflicts = new Set();
const ownKey = `${words.key}:${windowId()}`; // Each window keeps its own text; two must not erase each other's.

// ---------- The answers on the page ----------

/** Times run on by themselves: they go along with every save, but make none necessary and contradict nobody. */
function isAnswer(name) {
  return !NOT_ANSWERS.includes(name) && !name.startsWith("seconds-");
}

function fields() {
  const all = {};
  for (const [name, value] of new FormData(form)) {
    if (isAnswer(name) && value !== "") all[name] = value.replaceAll("\r\n", "\n");
  }
  return all;
}

/** The answers of a form as the server wrote it, whatever was typed since. */
function fieldsOf(served) {
  const all = {};
  for (const control of served.elements) {
    if (!control.name || !isAnswer(control.name)) continue;
    const isTicked = control.type === "radio" || control.type === "checkbox";
    if (isTicked ? control.defaultChecked : control.defaultValue) {
      all[control.name] = (isTicked ? control.value : control.defaultValue).replaceAll("\r\n", "\n");
    }
  }
  return all;
}

function same(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? "") === (other[name] ?? ""));
}

function isDirty() {
  return !same(fields(), base);
}

function put(name, value) {
  const found = form.elements[name];
  if (!found) return;
  if (!isAnswer(name)) {
    found.value = Math.max(Number(found.value), Number(value)) || "";
  } else if (found.type === "checkbox") {
    found.checked = value !== "";
  } else if (found instanceof RadioNodeList) {
    for (const radio of found) radio.checked = radio.value === value;
  } else {
    found.value = value;
  }
}

// ---------- What is kept on this device ----------

function windowId() {
  try {
    sessionStorage.windowId ??= Math.random().toString(36).slice(2);
    return sessionStorage.windowId;
  } catch {
    return "only";
  }
}

/** Keeps what the server does not have; while one such write runs, the next waits for it. */
function keep(isLast = false) {
  if (keeping && !isLast) {
    isKeepingAgain = true;
    return;
  }
  if (!isDirty() && keptAt === null) return;
  const at = isDirty() ? Date.now() : null;
  const work = at === null ? device.forget(ownKey) : device.keep(ownKey, toKeep(at));
  keeping = work
    .then(
      () => tellKept(at),
      () => tellKept(null),
    )
    .finally(() => {
      keeping = null;
      if (isKeepingAgain) keep();
      isKeepingAgain = false;
    });
}

function toKeep(at) {
  return { fields: fields(), base, sent: sent.slice(-5), at, page: words.page, title: words.title };
}

function tellKept(at) {
  keptAt = at;
  if (at !== null && document.querySelector(".status-unsaved")) say("unsaved", words.onDevice);
  tellWhere();
}

function forget() {
  keptAt = null;
  device.forget(ownKey).catch(() => {}); // Nothing was kept.
}

/** What this window kept before it was reloaded, else the latest that a closed window left behind. */
async function findKept() {
  try {
    const all = (await device.kept()).filter((each) => each.key.startsWith(`${words.key}:`));
    all.sort((one, other) => other.at - one.at);
    return all.find((each) => each.key === ownKey) ?? all[0];
  } catch {
    return null;
  }
}

async function bringBack() {
  const served = base;
  const found = await findKept();
  if (!found) return;
  const typed = fields(); // In the moment that reading took.
  sent = found.sent ?? [];
  base = found.base;
  keptAt = found.at;
  for (const name of new Set([...Object.keys(served), ...Object.keys(found.fields)])) {
    if ((typed[name] ?? "") === (served[name] ?? "")) put(name, found.fields[name] ?? "");
  }
  merge(served);
  form.dispatchEvent(new Event("restored"));
  refresh();
  keep();
  if (found.key !== ownKey) device.forget(found.key).catch(() => {});
  if (conflicts.size > 0) {
    say("failed", words.conflict);
  } else if (isDirty()) {
    say("unsaved", words.broughtBack);
    soon(PAUSE * 2);
  }
}

// ---------- The line that says whether it is safe ----------

/** The button to sign in again stays under the finger: what is only on its way does not replace it. */
function say(state, sentence) {
  if (document.querySelector(".status-line button") && ["saving", "unsaved"].includes(state)) return;
  setStatus(state);
  if (sentence) document.querySelector(".status-line [data-status-words]").textContent = sentence;
}

function clock(moment) {
  return new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** The whole account, above the questions: what is on the server, what is on this device alone. */
function tellWhere() {
  const onServer = savedAt ? words.onServer.replace("{time}", clock(savedAt)) : words.notOnServer;
  const parts = [onServer];
  if (isDirty()) parts.push(keptAt === null ? words.notOnDevice : words.restOnDevice.replace("{time}", clock(keptAt)));
  const line = document.querySelector("[data-where]");
  line.querySelector("[data-where-words]").textContent = parts.join(" ");
  line.hidden = false;
}

function stop(sentence) {
  stopped = sentence;
  clearTimeout(timer);
  keep();
  say("failed", sentence);
}

// ---------- Saving ----------

function soon(delay = PAUSE) {
  clearTimeout(timer);
  if (!stopped && conflicts.size === 0) timer = setTimeout(save, delay);
}

function soonAfterTyping() {
  waitingSince ??= performance.now();
  soon(Math.max(0, Math.min(PAUSE, waitingSince + LONGEST_WAIT - performance.now())));
}

function body() {
  const all = new URLSearchParams(new FormData(form));
  all.set("save_key", saveKey);
  return all;
}

/** A save that is sent again because its answer was lost keeps its key, so that it is stored once. */
function keyFor(now) {
  if (!lastSent || !same(lastSent.fields, now) || lastSent.revision !== form.elements.revision.value) {
    lastSent = { fields: now, revision: form.elements.revision.value };
    saveKey = randomKey();
  }
}

function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends everything; resolves to whether the server has all of it. */
function save() {
  clearTimeout(timer);
  if (stopped || conflicts.size > 0) return Promise.resolve(false);
  if (!saving) {
    saving = send().finally(() => {
      saving = null;
    });
    return saving;
  }
  return saving.then(() => (isDirty() ? save() : true));
}

async function send(isFarewell = false) {
  waitingSince = null;
  const now = fields();
  keyFor(now);
  sent.push(now);
  keep();
  say("saving");
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: body(),
      headers: { Accept: "application/json" },
      keepalive: isFarewell,
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
  } catch {
    return again();
  }
  return heard(answer, now);
}

async function heard(answer, now) {
  if (answer.status === 200) return acknowledged(await answer.json(), now);
  if (answer.status === 409) return parted(await answer.json());
  if (answer.status === 422) return refused(await answer.json());
  if (answer.status === 423) {
    stop((await answer.json()).sentence);
    return false;
  }
  if (answer.status === 400 || answer.status === 401) return renew();
  if (answer.status === 403 || answer.status === 404) {
    stop(words.gone);
    return false;
  }
  return again();
}

function acknowledged(answer, now) {
  base = now;
  sent = [];
  lastSent = null;
  retry = FIRST_RETRY;
  form.elements.revision.value = answer.revision;
  clearRefusal();
  show(answer);
  keep();
  savedAt = answer.saved_at ?? Date.now();
  if (isDirty()) {
    say("unsaved");
    soon();
  } else {
    setStatus("saved", clock(savedAt));
  }
  tellWhere();
  return true;
}

function show(answer) {
  const summary = form.querySelector("[data-summary]");
  if (!summary.contains(document.activeElement)) summary.innerHTML = answer.summary;
  const why = form.querySelector("[data-contradiction]");
  why.hidden = !answer.contradicts && form.elements.contradiction_reason.value === "";
}

function again() {
  keep();
  say("offline", words.waiting);
  tellWhere();
  soon(retry);
  retry = Math.min(retry * 2, LONGEST_RETRY);
  return false;
}

function refused(answer) {
  say("failed", answer.sentence);
  clearRefusal();
  const place = answer.field && placeOf(answer.field);
  if (place) {
    const line = element("p", "field-error", answer.sentence);
    line.dataset.refusal = "";
    place.append(line);
  }
  return false;
}

function clearRefusal() {
  for (const line of form.querySelectorAll("[data-refusal]")) line.remove();
}

function placeOf(name) {
  return [...form.querySelectorAll("[data-field]")].find((each) => each.dataset.field === name);
}

/** The session or the form has run out: a fresh page tells which, and brings a fresh token. */
async function renew() {
  let fresh;
  try {
    fresh = await freshForm();
  } catch {
    return again();
  }
  if (fresh && fresh.dataset.key !== words.key) {
    stop(words.somebodyElse);
    forget(); // Another person's words do not stay on this device.
    return false;
  }
  if (!fresh) {
    askToSignIn();
    return false;
  }
  form.elements.csrf_token.value = fresh.elements.csrf_token.value;
  soon(retry);
  retry = Math.min(retry * 2, LONGEST_RETRY);
  return false;
}

/** The form as the server has it now; nothing if it shows another page. Keeps the page for a time without a network. */
async function freshForm() {
  const page = await device.keepPage(words.page, document.body.dataset.person);
  return new DOMParser().parseFromString(page, "text/html").getElementById("scorecard");
}

/** A page that was opened without a network may be old: once there is one, what was stored since is joined. */
async function catchUp() {
  let fresh;
  try {
    fresh = await freshForm();
  } catch {
    return say("offline", words.opened);
  }
  if (!fresh || fresh.dataset.key !== words.key) return renew();
  form.elements.csrf_token.value = fresh.elements.csrf_token.value;
  if (saving || fresh.elements.revision.value === form.elements.revision.value) return undefined;
  return parted({ revision: fresh.elements.revision.value, stored: fieldsOf(fresh) });
}

function askToSignIn() {
  keep();
  soon(LONGEST_RETRY);
  if (document.querySelector(".status-line button")) return;
  say("failed", `${words.signedOut} `);
  const button = element("button", "button button-secondary button-small", words.signIn);
  button.type = "button";
  button.addEventListener("click", () => signInAgain(renewAtOnce));
  document.querySelector(".status-line [data-status-words]").append(button);
}

function renewAtOnce() {
  retry = 0;
  renew();
}

// ---------- Two windows ----------

/** Another window saved since: what only one side changed is joined, what both changed is asked about. */
function parted(answer) {
  form.elements.revision.value = answer.revision;
  merge(answer.stored);
  if (conflicts.size > 0) {
    keep();
    say("failed", words.conflict);
    document.querySelector(".other-version")?.scrollIntoView({ block: "center" });
  } else if (isDirty()) {
    soon(0);
  } else {
    sent = [];
    forget();
    setStatus("saved");
  }
  refresh();
  return false;
}

function merge(theirs) {
  const mine = fields();
  const joined = { ...theirs };
  for (const name of new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])) {
    const [was, here, there] = [base, mine, theirs].map((each) => each[name] ?? "");
    if (here === there || there === was) continue;
    if (here === was || !isAnswer(name)) {
      put(name, there);
    } else if (!sent.some((each) => (each[name] ?? "") === there) && ask(name, there)) {
      joined[name] = was; // Until the choice is made, so that a reload asks again.
    }
  }
  base = joined;
}

function ask(name, there) {
  const place = placeOf(name);
  if (!place) return false;
  place.querySelector(":scope > .other-version")?.remove();
  conflicts.add(name);
  const box = element("div", "other-version");
  box.setAttribute("role", "group");
  box.append(element("p", "other-version-title", words.conflictTitle));
  box.append(element("p", "other-version-text", wordsOf(name, there) || words.nothing));
  const choices = element("div", "cluster");
  choices.append(choice(words.keepMine, () => {}), choice(words.takeTheirs, () => put(name, there)));
  if (isText(name) && there) {
    choices.append(choice(words.keepBoth, () => put(name, `${fields()[name] ?? ""}\n\n${there}`.trim())));
  }
  box.append(choices);
  place.append(box);
  return true;

  function choice(text, act) {
    const button = element("button", "button button-secondary button-small", text);
    button.type = "button";
    button.addEventListener("click", () => {
      act();
      base[name] = there;
      box.remove();
      conflicts.delete(name);
      refresh();
      keep();
      if (conflicts.size === 0) save();
    });
    return button;
  }
}

function isText(name) {
  return form.elements[name] instanceof HTMLTextAreaElement;
}

function wordsOf(name, value) {
  const radio = document.getElementById(`${name}-${value}`);
  return radio?.type === "radio" ? radio.closest("label").innerText.split("\n")[0] : value;
}

function element(kind, classes, text) {
  const made = document.createElement(kind);
  made.className = classes;
  if (text) made.textContent = text;
  return made;
}

// ---------- Progress ----------

function refresh() {
  const now = fields();
  let rated = 0;
  for (const question of questions) {
    const evidence = question.querySelector("[data-evidence]");
    const level = now[evidence.name.replace(/^evidence-/, "level-")];
    const written = /[\p{L}\p{N}]/u.test(evidence.value);
    if (level) rated += 1;
    const skipped = now[evidence.name.replace(/^evidence-/, "asked-")] === "skipped";
    const isDone = skipped || level === "N" || (level && written);
    const link = map.get(question.dataset.question);
    if (link) link.dataset.state = isDone ? "done" : level || evidence.value || notesOf(evidence) ? "begun" : "empty";
  }
  const line = form.querySelector("[data-progress]");
  line.textContent = words.rated.replace("{n}", rated).replace("{all}", questions.length);
}

function notesOf(evidence) {
  return evidence.closest("[data-question]").querySelector("[data-notes]").value;
}

function isTyping(target) {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === "text");
}

// ---------- Observations ----------

const drawer = document.querySelector("[data-drawer]");
const opener = document.querySelector("[data-open-drawer]");

function openDrawer(event) {
  event.preventDefault();
  drawer.classList.add("is-open");
  drawer.querySelector("h2").focus();
}

function closeDrawer() {
  drawer.classList.remove("is-open");
  opener.focus();
}

/** A second press takes a mark back, unless words stand beside it. */
function letMarksBeTakenBack() {
  for (const radio of drawer.querySelectorAll("input[type=radio]")) {
    let before = false;
    radio.closest("label").addEventListener("pointerdown", () => {
      before = radio.checked && radio.closest("fieldset").querySelector("input[type=text]").value === "";
    });
    radio.addEventListener("click", () => {
      if (!before) return;
      before = radio.checked = false;
      changed();
    });
  }
}

// ---------- Submitting ----------

async function submitting(event) {
  event.preventDefault();
  const button = event.submitter;
  retry = FIRST_RETRY;
  await save();
  if (!button?.hasAttribute("data-submit")) return;
  if (stopped || isDirty() || conflicts.size > 0) {
    const line = document.querySelector(".status-line [data-status-words]");
    if (!stopped && conflicts.size === 0) line.textContent = words.notSubmitted;
    return;
  }
  form.action = button.formAction;
  form.submit();
}

// ---------- Beginning ----------

function changed() {
  refresh();
  keep();
  if (stopped) return;
  if (conflicts.size > 0) return say("failed", words.conflict);
  if (isDirty()) {
    if (!document.querySelector(".status-offline")) say("unsaved");
    soonAfterTyping();
  }
}

function leaving() {
  keep(true);
  if (!isDirty() || saving || stopped || conflicts.size > 0 || body().toString().length > LARGEST_FAREWELL) return;
  saving = send(true).finally(() => {
    saving = null;
  });
}

device.canKeep().then((can) => {
  document.querySelector("[data-no-storage]").hidden = can;
});
if (words.savedAt) setStatus("saved", clock(words.savedAt));
if (drawer) {
  drawer.classList.add("is-drawer");
  drawer.querySelector("[data-close-drawer]").hidden = !matchMedia("(max-width: 1199px)").matches;
  matchMedia("(max-width: 1199px)").addEventListener("change", (narrow) => {
    drawer.querySelector("[data-close-drawer]").hidden = !narrow.matches;
  });
  opener.addEventListener("click", openDrawer);
  drawer.querySelector("[data-close-drawer]").addEventListener("click", closeDrawer);
  letMarksBeTakenBack();
}
for (const part of document.querySelectorAll("[data-with-script], [data-print]")) part.hidden = false;
document.querySelector("[data-print]").addEventListener("click", () => window.print());
window.addEventListener("beforeprint", () => {
  for (const part of form.querySelectorAll("details")) part.open = true;
});
form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("focusout", (event) => {
  if (isTyping(event.target) && isDirty()) soon(0);
});
form.addEventListener("submit", submitting);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") leaving();
});
window.addEventListener("pagehide", leaving);
window.addEventListener("online", () => {
  retry = FIRST_RETRY;
  if (isDirty()) soon(0);
  else catchUp();
});
window.addEventListener("focus", () => {
  if (isDirty() && !saving) soon(0);
});
refresh();
bringBack().then(tellWhere).then(catchUp);
