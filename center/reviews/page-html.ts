import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeHtml } from "../../shared/basics/html.ts";
import { projectRoot } from "../project-root.ts";
import { pageLanguages, type PageTexts } from "./page-texts.ts";

/** Where the pages' one style sheet is. */
export const PAGE_STYLE_PATH = "/pages/review.css";

/**
 * No script at all, no picture, nothing from elsewhere; a form may only be sent to where it came from. A page without
 * script works in every phone's built-in browser, and there is nothing that an injected text could become.
 */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A day in a sentence of any direction: isolated, and never broken at its hyphens. */
export const dateText = (day: string): string => `\u2068${day.replaceAll("-", "-\u2060")}\u2069`;

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

/** The pages' style sheet: what all pages for phones share (data/pages/base.css), and what is these pages' own. */
export const readPageStyle = (): string =>
  ["base.css", "review.css"].map((file) => readFileSync(join(projectRoot(), "data/pages", file), "utf8")).join("\n");
