/** Filters the rows, and shows the filter, which is hidden without JavaScript. */
export const FILTER_SCRIPT = `
"use strict";
const filter = document.querySelector(".filter");
const [text, kind] = [document.getElementById("text"), document.getElementById("kind")];
const rows = [...document.querySelectorAll("tbody tr")];
const shown = document.getElementById("shown");
function choose() {
  const wanted = text.value.trim().toLowerCase();
  let count = 0;
  for (const row of rows) {
    const isOf = kind.value === "" || row.className === kind.value;
    row.hidden = !(isOf && row.textContent.toLowerCase().includes(wanted));
    if (!row.hidden) count += 1;
  }
  shown.textContent = count + " of " + rows.length + " rows";
}
text.addEventListener("input", choose);
kind.addEventListener("change", choose);
document.addEventListener("click", (event) => {
  if (!event.target.closest(".picture a")) return;
  text.value = kind.value = "";
  choose();
});
filter.hidden = false;
choose();
`;
