/** Style sheet of the documentation pages; its hash is in the content security policy. */
export const documentationStyle = `
:root { color-scheme: light dark; --text: #1c2127; --soft: #4a5561; --back: #ffffff; --panel: #f4f6f8;
  --line: #c9d1d9; --link: #0b57a4; --get: #0b57a4; --post: #19692c; --put: #7a4b00; --delete: #a3201b; }
@media (prefers-color-scheme: dark) { :root { --text: #e6eaee; --soft: #b3bdc7; --back: #14181d;
  --panel: #1e242b; --line: #3a444f; --link: #8cc2ff; --get: #8cc2ff; --post: #7fd694; --put: #f0c070;
  --delete: #ff9d96; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; color: var(--text); background: var(--back);
  font: 1rem/1.55 system-ui, sans-serif; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1 { font-size: 1.9rem; line-height: 1.2; } h2 { font-size: 1.35rem; margin-top: 2rem; }
h3 { font-size: 1.05rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h4 { font-size: .95rem; margin: 1rem 0 .25rem; }
code, pre { font: .9em/1.45 ui-monospace, monospace; }
code { overflow-wrap: anywhere; }
pre { margin: .25rem 0; padding: .75rem; overflow-x: auto; background: var(--back);
  border: 1px solid var(--line); border-radius: 6px; }
nav ul { columns: 18rem; padding-left: 1.1rem; } nav li { break-inside: avoid; }
.operation { margin: 1rem 0; padding: 1rem; background: var(--panel); border: 1px solid var(--line);
  border-radius: 8px; }
.operation:target { border-color: var(--link); border-width: 2px; }
.method { font-weight: 700; text-transform: uppercase; }
.get { color: var(--get); } .post { color: var(--post); } .put, .patch { color: var(--put); }
.delete { color: var(--delete); }
.roles { display: inline-block; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 999px;
  font-size: .85rem; font-weight: 400; color: var(--soft); }
dl { margin: 0; } dt { margin-top: .5rem; } dd { margin: 0 0 0 1rem; color: var(--soft); }
.type { color: var(--soft); } .required { font-weight: 600; }
summary { cursor: pointer; margin-top: .75rem; }
@media (max-width: 30rem) { .operation { padding: .75rem; } dd { margin-left: .5rem; } }
`;
