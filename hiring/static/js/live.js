// A part of a page that follows what others write: asked for every few seconds, replaced only when it has changed.

const EVERY = 2500;
const part = document.querySelector("[data-live]");
const status = document.querySelector("[data-live-status]");

function address() {
  const url = new URL(part.dataset.live, location.href);
  url.searchParams.set("since", part.dataset.revision);
  return url;
}

function say() {
  const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  status.textContent = status.dataset.updated.replace("{time}", time);
}

async function follow() {
  if (document.hidden) return;
  try {
    const answer = await fetch(address(), { headers: { Accept: "text/html" } });
    if (answer.status !== 200 || !answer.headers.get("X-Revision")) return;
    const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    part.innerHTML = await answer.text();
    part.dataset.revision = answer.headers.get("X-Revision");
    if (focused) part.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    say();
  } catch {
    // Without a network the page stays as it is; the next try follows.
  }
}

if (part) {
  setInterval(follow, EVERY);
  document.addEventListener("visibilitychange", follow);
}
