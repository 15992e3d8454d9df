import { pageLanguages, type PageTexts } from "./page-texts.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as HTML shows it, whatever is in it. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

/** Where the pages' one style sheet is. */
export const PAGE_STYLE_PATH = "/pages/review.css";

/**
 * No script at all, no picture, nothing from elsewhere; a form may only be sent to where it came from. A page without
 * script works in every phone's built-in browser, and there is nothing that an injected text could become.
 */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A whole page around a body that is HTML already. */
export const wholePage = (texts: PageTexts, title: string, path: string, body: string): string => {
  const languages = Object.entries(pageLanguages).map(([language, name]) =>
    language === texts.language
      ? `<b lang="${language}">${name}</b>`
      : `<a lang="${language}" hreflang="${language}" href="${escapeHtml(path)}?lang=${language}">${name}</a>`,
  );
  return `<!doctype html>
<html lang="${texts.language}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${PAGE_STYLE_PATH}">
</head>
<body>
<nav aria-label="${escapeHtml(texts.say("language"))}">${languages.join(" ")}</nav>
<main>
${body}
</main>
</body>
</html>
`;
};

export const pageStyle = `
:root { color-scheme: light dark; --ink: #1f2937; --paper: #fff; --quiet: #4b5563; --line: #6b7280; --act: #1b5fbf; --on-act: #fff; --bar: #1b5fbf; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f4f6; --paper: #111827; --quiet: #d1d5db; --line: #9ca3af; --act: #8ab8ff; --on-act: #0b1220; --bar: #8ab8ff; } }
@media (prefers-contrast: more) { :root { --ink: #000; --paper: #fff; --quiet: #000; --line: #000; } }
* { box-sizing: border-box; }
html { font: 100%/1.6 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", system-ui, sans-serif; }
body { margin: 0; color: var(--ink); background: var(--paper); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: .75rem 1rem; border-bottom: 1px solid var(--line); }
nav a, nav b { display: inline-block; min-height: 2.75rem; padding: .5rem .25rem; }
a { color: var(--act); }
main { max-width: 42rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: .5rem 0; }
h2 { font-size: 1.125rem; margin: 1.5rem 0 .5rem; }
.quiet { color: var(--quiet); }
.problem { border: 2px solid #b42318; border-radius: .5rem; padding: .5rem .75rem; font-weight: 600; }
fieldset { border: 0; margin: 1rem 0; padding: 0; }
legend { font-weight: 600; padding: 0; }
.choice { display: flex; align-items: center; gap: .75rem; min-height: 3.5rem; padding: .5rem .75rem; margin: .5rem 0; border: 1px solid var(--line); border-radius: .5rem; }
.choice input { flex: none; width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--act); }
.choice:has(:checked) { outline: 3px solid var(--act); }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.of-level { display: none; }
form:has(#level-5:checked) .of-level-5, form:has(#level-4:checked) .of-level-4, form:has(#level-3:checked) .of-level-3,
form:has(#level-2:checked) .of-level-2, form:has(#level-1:checked) .of-level-1 { display: block; }
form:has(#level-1:checked) .of-bad, form:has(#level-2:checked) .of-bad { display: block; }
@supports not selector(:has(*)) { .of-level { display: block; } }
label.field { display: block; margin: 1rem 0; }
label.field span { display: block; font-weight: 600; }
textarea, input[type=tel] { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; min-height: 3.5rem; }
button { font: inherit; font-size: 1.25rem; width: 100%; min-height: 4rem; border: 0; border-radius: .5rem; color: var(--on-act); background: var(--act); }
.figure { font-size: 2.5rem; font-weight: 700; font-variant-numeric: tabular-nums; }
dl.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; }
dl.figures dt { color: var(--quiet); }
dl.figures dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: start; padding: .5rem; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
meter { width: 100%; height: 1rem; }
`;
