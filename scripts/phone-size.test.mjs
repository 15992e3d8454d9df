import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { build } from "./build.mjs";
import { ROOT } from "./lib/base.mjs";

const MOST_BYTES = 30_000;
const folder = join(ROOT, "dist/renderer");

/** Files that a page loads at once, and what those import, without the languages (one of them is loaded). */
const filesOf = (page) => {
  const found = new Set();
  const collect = (file) => {
    if (found.has(file)) return;
    found.add(file);
    const text = readFileSync(join(folder, file), "utf8");
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([\w-]+\.js)"/g)) collect(`assets/${name}`);
    for (const [, name] of text.matchAll(/(?:src|href)="\.\/(assets\/[\w.-]+)"/g)) collect(name);
  };
  collect(page);
  return [...found];
};

/** The largest file of texts: Russian and Arabic take two bytes a letter. */
const largestLanguage = () => {
  const languages = readdirSync(join(ROOT, "renderer/locales"), { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  );
  return Math.max(
    ...languages.map(({ name }) => {
      try {
        return statSync(join(ROOT, "renderer/locales", name, "phone.json")).size;
      } catch {
        return 0;
      }
    }),
  );
};

describe("the ticket page on a phone", () => {
  beforeAll(() => build({ only: ["renderer"] }), 180_000);

  it("is below 30 KB with its script, style and language, before any compression", () => {
    const files = filesOf("phone.html");
    const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) + largestLanguage();
    expect(files.length).toBeGreaterThan(2);
    expect(bytes, files.join(" ")).toBeLessThan(MOST_BYTES);
  });

  it("so is the page on which an applicant asks how far a case is", () => {
    const files = filesOf("progress.html");
    const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    const texts = statSync(join(ROOT, "renderer/locales/en/progress.json")).size;
    expect(files.length).toBeGreaterThan(2);
    expect(bytes + texts, files.join(" ")).toBeLessThan(MOST_BYTES);
  });

  it("so is the page on which people make appointments", () => {
    const files = filesOf("appointment.html");
    const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    const texts = statSync(join(ROOT, "renderer/locales/ru/appointment.json")).size;
    expect(files.length).toBeGreaterThan(2);
    expect(bytes + texts, files.join(" ")).toBeLessThan(MOST_BYTES);
  });

  it("so is the page on which anybody tells what could not be done", () => {
    const files = filesOf("cannot.html");
    const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    const texts = statSync(join(ROOT, "renderer/locales/ru/cannot.json")).size;
    expect(bytes + texts, files.join(" ")).toBeLessThan(MOST_BYTES);
  });

  it("has a policy of its own that lets nothing in but its own files", () => {
    for (const name of ["phone.html", "progress.html", "appointment.html", "cannot.html"]) {
      const page = readFileSync(join(folder, name), "utf8");
      expect(page).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'");
      expect(page).not.toMatch(/<script>|<style|\son\w+=|\sstyle=/);
    }
  });
});

describe("a terminal's own pages", () => {
  it("do not make the schemas of what only the center checks, at each start anew (vite.config.ts)", () => {
    const told = (name) => readFileSync(join(ROOT, "shared/domain", name), "utf8");
    const texts = readdirSync(join(folder, "assets")).map((name) => readFileSync(join(folder, "assets", name), "utf8"));
    // Two sentences of schemas: one that is left out, and one that is there, so that a change of words is noticed.
    const [unused, used] = ["a courier has a tracking number", "the yellow light comes before the red one"];
    expect(told("case/commands.ts")).toContain(unused);
    expect(told("hall/plan.ts")).toContain(used);
    expect(texts.some((text) => text.includes(unused))).toBe(false);
    expect(texts.some((text) => text.includes(used))).toBe(true);
  });
});
