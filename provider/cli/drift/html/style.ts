/** Every colour is a variable, so that dark is another set of them; no kind is told by its colour alone. */
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
.filter label { display: grid; font-size: .875rem; }
input, select { font: inherit; padding: .25rem .5rem; color: inherit; background: var(--page);
  border: 1px solid var(--soft); border-radius: .25rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
caption { text-align: left; color: var(--soft); padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .375rem .5rem; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; min-width: 4rem; }
thead th { background: var(--panel); white-space: nowrap; } tbody th { font-weight: 400; }
tr:target, tr:target th { background: var(--panel); outline: 2px solid var(--focus); }
code { font-family: ui-monospace, monospace; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
svg { display: block; max-width: 100%; height: auto; font: 14px system-ui, sans-serif; }
svg .box { fill: var(--panel); stroke: var(--line); } svg text { fill: var(--text); }
svg text.soft { fill: var(--soft); } svg text.name { font-weight: 600; }
svg .pill { fill: var(--page); stroke: var(--kind); stroke-width: 2; } svg text.mark { fill: var(--kind); }
svg .same { fill: var(--soft); opacity: .5; }
svg a:focus-visible { outline: none; } svg a:focus-visible .pill { stroke: var(--focus); stroke-width: 4; }
`;
