/* Signing in again without leaving the page: the session has run out, and what stands here must not be lost. */

const dialog = document.querySelector("[data-sign-in-again]");

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

/** The token of the sign-in page; nothing if somebody is signed in already. */
async function token(address) {
  const page = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
  return parsed(await page.text()).querySelector("form input[name=csrf_token][type=hidden]")?.value;
}

/** What is wrong, in the words of the sign-in page; nothing once it worked. */
async function problemWith(form) {
  const address = form.getAttribute("action");
  const body = new URLSearchParams(new FormData(form));
  const found = await token(address);
  if (found === undefined) return "";
  body.set("csrf_token", found);
  const answer = await fetch(address, { method: "POST", body, headers: { Accept: "text/html" } });
  if (answer.ok && !answer.url.endsWith(address)) return "";
  const page = parsed(await answer.text());
  const lines = [...page.querySelectorAll("main .field-error, main [role=alert]")].map((each) => each.textContent.trim());
  return lines.join(" ") || dialog.dataset.failed;
}

/** Opens the dialog; calls back once somebody is signed in. */
export function signInAgain(signedIn) {
  const form = dialog.querySelector("form");
  const line = dialog.querySelector("[data-problem]");
  form.onsubmit = async (event) => {
    event.preventDefault();
    let problem;
    try {
      problem = await problemWith(form);
    } catch {
      problem = dialog.dataset.failed;
    }
    line.textContent = problem;
    line.hidden = !problem;
    form.elements.password.value = "";
    if (problem) return form.elements.password.focus();
    dialog.close();
    signedIn();
  };
  dialog.querySelector("[data-close]").onclick = () => dialog.close();
  dialog.showModal();
  form.elements.password.focus();
}
