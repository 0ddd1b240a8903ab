/* Small conveniences of every page; each page works without them. */

import "./ahead.js";
import "./leftovers.js";
import "./theme.js";
import "./menus.js";
import "./status.js";

/* After a refused form the list of errors is what to read first. */
document.querySelector("[data-error-summary]")?.focus();
