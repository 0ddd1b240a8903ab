/* Pages with links to scorecards fetch those ahead, so that they open in a room without a network. */

import { hasPages, isPageKept, keepPage } from "./device.js";

const { person, worker } = document.body.dataset;
const MOST = 5; // The next interviews, not a whole season.
const links = [...document.querySelectorAll('a[href^="/interviews/"][href$="/scorecard"]')];
const kits = [...new Set(links.map((link) => link.getAttribute("href")))].slice(0, MOST);

async function keepAhead() {
  for (const address of kits) {
    if (!(await isPageKept(address, person))) await keepPage(address, person);
  }
}

if (person && hasPages() && (kits.length > 0 || document.getElementById("scorecard"))) {
  navigator.serviceWorker
    .register(worker)
    .then(keepAhead)
    .catch(() => {}); // Without it everything works as long as there is a network.
}
