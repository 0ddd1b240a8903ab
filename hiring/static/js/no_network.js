/* Lists the scorecards that were kept on this device. */

const list = document.querySelector("[data-kept-pages]");

async function fill() {
  for (const name of (await caches.keys()).filter((each) => each.startsWith("pages-"))) {
    const pages = await caches.open(name);
    for (const request of await pages.keys()) {
      const words = await (await pages.match(request, { ignoreVary: true })).text();
      const page = new DOMParser().parseFromString(words, "text/html");
      const { title } = page.getElementById("scorecard").dataset;
      const link = Object.assign(document.createElement("a"), { href: request.url, textContent: title });
      const line = document.createElement("li");
      line.append(link);
      list.append(line);
    }
  }
  document.querySelector("[data-none-kept]").hidden = list.children.length > 0;
}

fill();
document.querySelector("[data-again]").addEventListener("click", () => location.reload());
window.addEventListener("online", () => location.reload());
