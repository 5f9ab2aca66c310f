/** Every colour is a variable, so dark mode redefines them; no class is told by colour alone. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa; --focus: #0550ae;
  --role-promotion: #b3001b; --program-change: #116329; --drift-reverted: #8a4600; --drift-kept: #0a5c80;
  --deleted-outside: #a11a5b; --undeclared-member: #6639ba;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --text: #e6edf3; --soft: #9da7b3; --line: #30363d; --panel: #161b22; --focus: #79c0ff;
    --role-promotion: #ff8182; --program-change: #56d364; --drift-reverted: #f0a35e; --drift-kept: #76d0f5;
    --deleted-outside: #ff9bce; --undeclared-member: #c8a6ff;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .5rem 0; } .soft { color: var(--soft); }
ul.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; padding: 0; list-style: none; }
ul.counts li { border: 2px solid var(--kind); border-radius: .5rem; padding: .25rem .75rem; background: var(--panel); }
.mark { color: var(--kind); font-weight: 700; }
.role-promotion { --kind: var(--role-promotion); } .program-change { --kind: var(--program-change); }
.drift-reverted { --kind: var(--drift-reverted); } .drift-kept { --kind: var(--drift-kept); }
.deleted-outside { --kind: var(--deleted-outside); } .undeclared-member { --kind: var(--undeclared-member); }
.filter { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: .5rem 0; }
.filter[hidden] { display: none; }
.filter label { display: grid; font-size: .875rem; min-width: 0; } select { width: 100%; }
input, select { font: inherit; padding: .25rem .5rem; color: inherit; background: var(--page);
  border: 1px solid var(--soft); border-radius: .25rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
caption { text-align: left; color: var(--soft); padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .375rem .5rem; border-bottom: 1px solid var(--line);
  overflow-wrap: break-word; max-width: 18rem; }
thead th { background: var(--panel); white-space: nowrap; } tbody th { font-weight: 400; }
tr:target, tr:target th { background: var(--panel); outline: 2px solid var(--focus); }
code { font-family: ui-monospace, monospace; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; margin: 1rem 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: break-word; min-width: 0; }
.picture { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 28rem), 1fr)); gap: 1rem; }
.box { border: 1px solid var(--line); border-radius: .625rem; padding: .5rem 1rem .75rem; background: var(--panel); min-width: 0; }
.box h3 { font-size: 1rem; margin: 0; overflow-wrap: break-word; } .box p { margin: 0 0 .5rem; font-size: .875rem; }
.box ul { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 .5rem; padding: 0; list-style: none; }
.box li { max-width: 100%; min-width: 0; }
.box a { display: block; max-width: min(100%, 18rem); padding: .125rem .75rem; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; border: 2px solid var(--kind); border-radius: 1rem; background: var(--page); color: inherit;
  text-decoration: none; }
.dots { display: flex; flex-wrap: wrap; gap: .375rem; } .dots i { width: .625rem; height: .625rem; border-radius: 50%;
  background: var(--soft); opacity: .5; }
@media (max-width: 45rem) {
  body { padding: 1rem; }
  dl { display: block; } dd { margin-bottom: .5rem; }
  table, caption, tbody, tr, tbody th, tbody td { display: block; max-width: 100%; }
  thead { display: none; }
  tbody tr { border-top: 2px solid var(--line); padding: .5rem 0; } tr[hidden] { display: none; }
  tbody th, tbody td { display: grid; grid-template-columns: 7rem 1fr; border: 0; padding: .125rem 0; }
  tbody th > span, tbody td > span { min-width: 0; overflow-wrap: break-word; }
  tbody th::before, tbody td::before { content: attr(data-title) " "; color: var(--soft); }
  tbody .none { display: none; }
}
`;
