// A page that follows what others write: asked for every few seconds; only what has changed is replaced.

const EVERY = 2500;
const here = document.querySelector("[data-live]");
const status = document.querySelector("[data-live-status]");
const seen = new Map();
let timer = 0;
let asking = false;

const partsOf = (body) => [...body.querySelectorAll("[data-part]")];

function note() {
  seen.clear();
  for (const part of partsOf(here)) seen.set(part.dataset.part, part.outerHTML);
}

function say(sentence, what = "") {
  const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  status.textContent = status.dataset[sentence].replace("{what}", () => what).replace("{time}", time);
}

function stop(sentence) {
  clearInterval(timer);
  say(sentence);
}

// Whoever has a form open goes on by themselves: nothing typed may vanish.
function takeWhole(body) {
  if (here.querySelector("form")) return stop("elsewhere");
  here.replaceChildren(...body.childNodes);
  for (const name of ["live", "about"]) here.dataset[name] = body.dataset[name];
  note();
  say("moved");
}

function keepFocus(part, replace) {
  const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  replace();
  if (focused) here.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

function takeParts(body) {
  const changed = [];
  for (const part of partsOf(here)) {
    const key = part.dataset.part;
    const fresh = body.querySelector(`[data-part="${CSS.escape(key)}"]`);
    if (!fresh || fresh.outerHTML === seen.get(key)) continue;
    seen.set(key, fresh.outerHTML);
    if (key !== "order") changed.push(fresh.dataset.name);
    keepFocus(part, () => part.replaceWith(fresh));
  }
  if (changed.length) say("changed", changed.join(", "));
}

async function ask() {
  const url = new URL(here.dataset.live, location.href);
  url.searchParams.set("since", here.dataset.revision);
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (answer.status === 204 || answer.status >= 500) return;
  const revision = answer.headers.get("X-Revision");
  if (!answer.ok || !revision) return stop("stopped");
  const body = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
  here.dataset.revision = revision;
  if (body.dataset.about === here.dataset.about) takeParts(body);
  else takeWhole(body);
}

async function follow() {
  if (document.hidden || asking) return;
  asking = true;
  try {
    await ask();
  } catch {
    // Without a network the page stays as it is; the next try follows.
  } finally {
    asking = false;
  }
}

if (here) {
  note();
  timer = setInterval(follow, EVERY);
  document.addEventListener("visibilitychange", follow);
}
