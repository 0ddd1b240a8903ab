/*
 * Words of a scorecard that are kept on this device until the server has them belong to one person. They go when
 * that person signs out, and when somebody else signs in here.
 */

const KEPT = /^scorecard-\d+-(\d+):/;
const me = document.body.dataset.person;

function kept(isWanted) {
  try {
    return Object.keys(localStorage).filter((key) => KEPT.test(key) && isWanted(KEPT.exec(key)[1]));
  } catch {
    return []; // Nothing can have been kept.
  }
}

function remove(keys) {
  for (const key of keys) localStorage.removeItem(key);
}

if (me) remove(kept((owner) => owner !== me));

for (const form of document.querySelectorAll("[data-sign-out]")) {
  form.addEventListener("submit", (event) => {
    const keys = kept(() => true);
    if (keys.length > 0 && !window.confirm(form.dataset.signOut)) event.preventDefault();
    else remove(keys);
  });
}
