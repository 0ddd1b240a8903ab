// Skills and weights: shows each chosen skill's share of the composite while one types.

const form = document.querySelector("[data-skills]");

function weightOf(row) {
  const chosen = row.querySelector("input[type=checkbox]").checked;
  const weight = Number(row.querySelector(".input-short").value);
  return chosen && Number.isInteger(weight) && weight > 0 ? weight : 0;
}

function showShares() {
  const rows = [...form.querySelectorAll("[data-skill]")];
  const total = rows.reduce((sum, row) => sum + weightOf(row), 0);
  for (const row of rows) {
    const weight = weightOf(row);
    row.querySelector("[data-share]").textContent = weight ? `${Math.round((100 * weight) / total)} %` : "";
    row.classList.toggle("skill-row-off", !row.querySelector("input[type=checkbox]").checked);
  }
}

if (form) {
  form.addEventListener("input", showShares);
  showShares();
}
