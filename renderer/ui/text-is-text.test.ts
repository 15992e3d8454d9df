import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/*
 * What people have typed is shown as text on every screen (S16): React escapes it, and only papers of cases are HTML, made by
 * documentHtml, which escapes each value (shared/domain/document).
 */
const ROOT = join(import.meta.dirname, "..");
const AS_HTML =
  /dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|srcDoc|DOMParser|javascript:/;

it("shows nothing as HTML but the papers of cases", () => {
  const found = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .filter((file) => AS_HTML.test(readFileSync(join(ROOT, file), "utf8")));
  expect(found.sort()).toEqual(["papers/paper-sheet.tsx", "papers/print-document.ts"]);
  for (const file of found) expect(readFileSync(join(ROOT, file), "utf8")).toContain("documentHtml(document, marks)");
});
