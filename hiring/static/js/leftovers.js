/*
 * Words of a scorecard that are kept on this device until the server has them belong to one person, and so do kept
 * pages. They go when that person signs out, and when somebody else signs in here. Until then every page reminds
 * their writer of words that the server does not have.
 */

import { forget, forgetPages, kept } from "./device.js";

const OWNED = /^scorecard-\d+-(\d+):/;
const me = document.body.dataset.person;
const reminder = document.querySelector("[data-leftovers]");

async function words() {
  try {
    return (await kept()).filter((each) => OWNED.test(each.key));
  } catch {
    return []; // Nothing can have been kept.
  }
}

async function removeOthers() {
  const others = (await words()).filter((each) => OWNED.exec(each.key)[1] !== me);
  if (others.length > 0) await forget(...others.map((each) => each.key));
  await forgetPages(me);
}

async function remind() {
  const waiting = new Map((await words()).map((each) => [each.page, each.title]));
  waiting.delete(location.pathname);
  const list = reminder.querySelector("ul");
  for (const [page, title] of waiting) {
    const link = Object.assign(document.createElement("a"), { href: page, textContent: title });
    const line = document.createElement("li");
    line.append(link);
    list.append(line);
  }
  reminder.hidden = waiting.size === 0;
}

async function signOut(form) {
  const keys = (await words()).map((each) => each.key);
  if (keys.length > 0 && !window.confirm(form.dataset.signOut)) return;
  if (keys.length > 0) await forget(...keys);
  await forgetPages();
  form.submit();
}

if (me) removeOthers().then(() => reminder && remind());

for (const form of document.querySelectorAll("[data-sign-out]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    signOut(form);
  });
}
