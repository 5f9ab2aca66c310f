/**
 * Reloads the page and replaces its content in place, so that nothing jumps. The filter stays outside the content and
 * hides what does not contain its text.
 */
export const script = `
"use strict";
const filter = document.getElementById("filter");
filter.parentElement.hidden = false;
function choose() {
  const wanted = filter.value.trim().toLowerCase();
  const holds = (element) => element !== null && element.textContent.toLowerCase().includes(wanted);
  for (const part of document.querySelectorAll("article")) {
    const isNamed = holds(part.querySelector("h2, h3"));
    let shown = 0;
    for (const row of part.querySelectorAll("tbody tr")) {
      row.hidden = !(isNamed || holds(row));
      if (!row.hidden) shown += 1;
    }
    part.hidden = wanted !== "" && !isNamed && shown === 0;
  }
}
filter.addEventListener("input", choose);
setInterval(async () => {
  try {
    const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
    const fresh = page.querySelector("main");
    const main = document.querySelector("main");
    if (fresh && main && fresh.innerHTML !== main.dataset.seen) {
      fresh.dataset.seen = fresh.innerHTML;
      main.replaceWith(fresh);
      choose();
    }
    document.body.removeAttribute("data-lost");
  } catch { document.body.setAttribute("data-lost", ""); }
}, 2000);
`;
