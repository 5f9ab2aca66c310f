export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --line: #d5dae0; --paper: #fff; --shade: #f5f7f9; --bad: #b42318; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebee; --soft: #9aa4af; --line: #363d45; --paper: #15181c; --shade: #1e2328; --bad: #ff8a7a; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.3rem; margin: 0; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
h3 { font-size: .95rem; margin: 1.25rem 0 .35rem; }
h3 small, .soft, .none { color: var(--soft); font-weight: normal; }
p { margin: .25rem 0; }
code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .85rem; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:hover { background: var(--shade); }
.state { border: 1px solid var(--line); border-radius: 1em; padding: 0 .6em; font-size: .8rem; font-weight: normal; }
.bad { color: var(--bad); }
body[data-lost]::before { content: "The simulator does not answer any more."; color: var(--bad); }
`;

/** Fetches the page again and puts the new content in the place of the old, so that nothing jumps. */
export const script = `
setInterval(async () => {
  try {
    const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
    const fresh = page.querySelector("main");
    const main = document.querySelector("main");
    if (fresh && main && fresh.innerHTML !== main.innerHTML) main.replaceWith(fresh);
    document.body.removeAttribute("data-lost");
  } catch { document.body.setAttribute("data-lost", ""); }
}, 2000);
`;
