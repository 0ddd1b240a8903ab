/*
 * Answers in place of a network that is gone: with the scorecards that were kept for their writer, and with the
 * parts that these pages are made of (PARTS, which the server names). What the network answers always comes first.
 */

const CACHE = "parts";
const KIT = /^\/interviews\/\d+\/scorecard$/;
const NO_NETWORK = "/no-network";
const LONGEST_WAIT = 8000; // A network that does not answer for so long is as good as none.

self.addEventListener("install", (event) => {
  event.waitUntil(prepare().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/static/")) event.respondWith(part(request));
  else if (request.mode === "navigate") event.respondWith(page(request, address.pathname));
});

async function prepare() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...PARTS, NO_NETWORK].map((address) => new Request(address, { cache: "reload" })));
}

async function tidy() {
  const cache = await caches.open(CACHE);
  const wanted = new Set([...PARTS, NO_NETWORK].map((address) => new URL(address, location).href));
  const old = (await cache.keys()).filter((request) => !wanted.has(request.url));
  await Promise.all(old.map((request) => cache.delete(request)));
}

async function part(request) {
  const exact = request.url.includes("?v=") && (await caches.match(request, { ignoreVary: true }));
  if (exact) return exact;
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { ignoreSearch: true, ignoreVary: true })) ?? Response.error();
  }
}

async function page(request, path) {
  const kept = KIT.test(path) ? await caches.match(path, { ignoreVary: true }) : undefined;
  try {
    const answer = await (kept ? Promise.race([fetch(request), tooLong()]) : fetch(request));
    if (kept && answer.status >= 502) return kept;
    if (kept && !answer.ok) await forget(path);
    return answer;
  } catch {
    return kept ?? (await caches.match(NO_NETWORK, { ignoreVary: true })) ?? Response.error();
  }
}

function tooLong() {
  return new Promise((resolve, reject) => setTimeout(reject, LONGEST_WAIT));
}

/** A scorecard that was submitted, or is no longer the reader's. */
async function forget(path) {
  for (const name of await caches.keys()) {
    if (name.startsWith("pages-")) await (await caches.open(name)).delete(path);
  }
}
