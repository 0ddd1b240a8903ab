/*
 * What is kept on this device until the server has it: a database of the browser, whose writes are on the disk
 * before they count as done. Everything here belongs to one person; leftovers.js sees to that.
 */

const NAME = "hiring";
const STORE = "words";
let opening = null;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
  return opening;
}

async function write(act) {
  const open = await database();
  return new Promise((resolve, reject) => {
    const all = open.transaction(STORE, "readwrite", { durability: "strict" });
    act(all.objectStore(STORE));
    all.oncomplete = () => resolve();
    all.onabort = () => reject(all.error);
    all.commit(); // A page that is being left could not say so later.
  });
}

/** Resolves once the value is on the disk. */
export function keep(key, value) {
  return write((store) => store.put(value, key));
}

export function forget(...keys) {
  return write((store) => keys.forEach((key) => store.delete(key)));
}

/** Everything that is kept, with its key. */
export async function kept() {
  const open = await database();
  return new Promise((resolve, reject) => {
    const store = open.transaction(STORE).objectStore(STORE);
    const [keys, values] = [store.getAllKeys(), store.getAll()];
    values.onsuccess = () => resolve(values.result.map((value, at) => ({ key: keys.result[at], ...value })));
    values.onerror = () => reject(values.error);
  });
}

/** Whether this browser lets anything be kept. */
export async function canKeep() {
  try {
    await keep("probe", {});
    await forget("probe");
    return true;
  } catch {
    return false;
  }
}

// ---------- Pages that open without a network ----------

const PAGES = "pages-";
let isLeaving = false;

export function hasPages() {
  return "caches" in window && "serviceWorker" in navigator;
}

/** Keeps a page for its reader, if it still is the page that was asked for; gives its words. */
export async function keepPage(address, person) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
  const words = await answer.clone().text();
  if (hasPages() && answer.ok && !answer.redirected) await putPage(address, person, answer);
  return words;
}

async function putPage(address, person, answer) {
  const pages = isLeaving || (await caches.open(PAGES + person));
  if (!isLeaving) await pages.put(address, answer); // Who signs out meanwhile leaves no page behind.
}

export async function isPageKept(address, person) {
  const pages = await caches.open(PAGES + person);
  return (await pages.match(address, { ignoreVary: true })) !== undefined;
}

/** Removes the kept pages of everybody but this person; of everybody, for good, if none is given. */
export async function forgetPages(but = "") {
  isLeaving = but === "";
  if (!("caches" in window)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(PAGES) && name !== PAGES + but);
  await Promise.all(names.map((name) => caches.delete(name)));
}
