export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --line: #d5dae0; --paper: #fff; --shade: #f5f7f9; --bad: #b42318; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebee; --soft: #9aa4af; --line: #363d45; --paper: #15181c; --shade: #1e2328; --bad: #ff8a7a; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.3rem; margin: 0; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
h3 { font-size: .95rem; margin: 1.25rem 0 .35rem; overflow-wrap: break-word; }
h3 small, .soft, .none { color: var(--soft); font-weight: normal; }
h3 small { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
p { margin: .25rem 0; overflow-wrap: break-word; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { margin: .25rem 0; padding: .5rem .75rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--shade); border: 1px solid var(--line); border-radius: .4rem; }
label { display: block; margin: 1rem 0 0; color: var(--soft); font-size: .85rem; }
input { display: block; width: 100%; max-width: 24rem; padding: .3rem .5rem; font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: .3rem; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .85rem; white-space: nowrap; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td > span { display: block; max-width: 22rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
td > .words { max-width: 40rem; white-space: normal; overflow-wrap: break-word; }
tbody tr:hover { background: var(--shade); }
.state { border: 1px solid var(--line); border-radius: 1em; padding: 0 .6em; font-size: .8rem; font-weight: normal; }
.bad { color: var(--bad); }
body[data-lost]::before { content: "The simulator does not answer any more."; color: var(--bad); }
@media (max-width: 45rem) {
  table, tbody, tr, td { display: block; }
  thead { display: none; }
  tr { border-bottom: 1px solid var(--line); padding: .35rem 0; }
  tr[hidden] { display: none; }
  td { display: grid; grid-template-columns: 6rem 1fr; border: 0; padding: .05rem 0; }
  td::before { content: attr(data-title) " "; color: var(--soft); }
  td > span { max-width: none; min-width: 0; }
}
`;
