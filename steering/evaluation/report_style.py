"""The style of a report's page."""

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2024; --faint: #667078; --line: #d9dde1;
  --good: 59 130 196; --bad: 217 130 43; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181b; --ink: #e6e8ea; --faint: #9aa3ab; --line: #363c42; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; } p { margin: .25rem 0 .75rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; font-size: .85rem; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; font-family: ui-monospace, monospace; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; } }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .55rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
th { font-weight: 600; color: var(--faint); }
td small { display: block; color: var(--faint); font-size: .7rem; line-height: 1; }
.heat td { text-align: center; } .heat td small { color: inherit; opacity: .75; }
.heat tr > :first-child { position: sticky; left: 0; background: var(--paper); color: var(--ink); }
.good { background: rgb(var(--good) / calc(var(--share) * .6)); }
.bad { background: rgb(var(--bad) / calc(var(--share) * .7)); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; }
figure { margin: 0; } svg { width: 100%; height: auto; max-width: 40rem; font-family: system-ui, sans-serif; }
summary { cursor: pointer; color: var(--faint); }
"""
