import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, normalizePath, type Plugin } from "vite";
import { bothLanguages } from "./renderer/ui/boundaries/both-languages.ts";
import { screenTexts } from "./shared/contract/screen-texts.ts";

const root = join(import.meta.dirname, "renderer");
const pages = readdirSync(root).filter((name) => name.endsWith(".html"));

/** What the head of every page for people's own phones has, written once: renderer/page/head.html. */
const phonePageHead = (): Plugin => ({
  name: "phone-page-head",
  transformIndexHtml: {
    order: "pre",
    handler: (html) =>
      html.replace("<!-- page/head.html -->", () => readFileSync(join(root, "page/head.html"), "utf8").trim()),
  },
});

/** The words that stand in the page of the terminals until the first screen is drawn: they are texts like all others. */
const openingWords = (): Plugin => ({
  name: "opening-words",
  transformIndexHtml: (html) =>
    html
      .replace("<!-- opening title -->", bothLanguages.map(({ texts }) => texts.opening.hall).join(" "))
      .replace(
        "<!-- opening page -->",
        bothLanguages
          .map(
            ({ language, texts: { opening } }) =>
              `<section lang="${language}"><h1>${opening.hall}</h1><p>${opening.wait}</p><p class="boot-slow">${opening.slow}</p></section>`,
          )
          .join(""),
      ),
});

/**
 * Writes preload.json: for each file that is imported late (a screen, the store, texts), what it needs. The main process knows
 * which screen it opens and names these files with the page (electron/windows/preloads.ts), so that they come with the first
 * ones and not after them.
 */
const preloads = (): Plugin => ({
  name: "preloads",
  generateBundle(_options, bundle) {
    const needs: Record<string, string[]> = {};
    const collect = (name: string, found: Set<string>): Set<string> => {
      const chunk = bundle[name];
      if (chunk?.type !== "chunk" || found.has(name)) return found;
      found.add(name);
      for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css);
      for (const each of chunk.imports) collect(each, found);
      return found;
    };
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk") continue;
      for (const id of chunk.moduleIds.filter((each) => (chunk.isEntry ? FIRST : LATE).test(each)))
        needs[relative(root, id).split(sep).join("/")] = [...collect(chunk.fileName, new Set())];
    }
    this.emitFile({ type: "asset", fileName: "preload.json", source: JSON.stringify(needs) });
  },
});
const FIRST = /renderer[\\/]main\.tsx$/;
const LATE = /renderer[\\/](apps[\\/]\w+[\\/]app\.tsx|store[\\/]open-terminal\.ts|locales[\\/][\w-]+[\\/]\w+\.json)$/;

/** The chunk of a file of texts that a clerk's window needs: one for each language. */
const windowTexts = (id: string): string | null => {
  const [, language, name] = /renderer[\\/]locales[\\/]([\w-]+)[\\/](\w+)\.json$/.exec(id) ?? [];
  return language !== undefined && screenTexts.window.includes(name ?? "") ? `texts-${language}` : null;
};

/**
 * Making a schema of zod has no effect but the schema, which no bundler can know of `a.extend(b).refine(c)`. It is told here, so that a
 * screen does not make at each start the hundreds that only the center asks for: the node checks what is sent to it.
 */
const pureSchemas = (): Plugin => ({
  name: "pure-schemas",
  transform: {
    filter: { id: /[\\/]shared[\\/].*\.ts$/, code: /from "zod"/ },
    handler(code) {
      const made = this.parse(code)
        .body.map((each) => (each.type === "ExportNamedDeclaration" ? each.declaration : each))
        .flatMap((each) => (each?.type === "VariableDeclaration" && each.kind === "const" ? each.declarations : []))
        .flatMap(({ init }) => (init?.type === "CallExpression" ? init : []));
      return made.reduceRight(
        (text, { start, end }) =>
          `${text.slice(0, start)}/* @__PURE__ */ (() => ${text.slice(start, end)})()${text.slice(end)}`,
        code,
      );
    },
  },
});

const STORE = /renderer[\\/](store|sync)[\\/]|node_modules[\\/](dexie|zod)[\\/]|[\\/]shared[\\/]/;
/** Of those, what every page and every store needs, and a clerk's window at once; the rest comes with the screens that need it. */
const storeChunk = (() => {
  const first = new Set<string>();
  return (
    id: string,
    graph: { getModuleInfo(id: string): { importedIds: readonly string[] } | null },
  ): string | null => {
    const walk = (each: string): void => {
      if (first.has(each)) return;
      first.add(each);
      graph.getModuleInfo(each)?.importedIds.forEach(walk);
    };
    if (first.size === 0)
      for (const name of ["main.tsx", "store/open-terminal.ts", "apps/window/app.tsx"])
        walk(normalizePath(join(root, name)));
    return first.has(id) ? "store" : null;
  };
})();

/** Chromium 130 is that of the oldest Electron this runs on (docs: Electron 33). */
export default defineConfig({
  root,
  base: "./",
  plugins: [react(), phonePageHead(), openingWords(), preloads(), pureSchemas()],
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    target: "chrome130",
    sourcemap: false,
    // The content security policy allows no data: and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: pages.map((name) => join(root, name)),
      output: {
        codeSplitting: {
          // Few files: each is a question to the main process, and a group takes along what nothing before it took.
          groups: [
            // A clerk's window shows all of these at once; public screens have others.
            { name: windowTexts, debugName: "texts", priority: 6 },
            // What the ticket page on phones shares with the terminals: a phone must not load the store for it.
            {
              name: "plain",
              test: /shared[\\/](basics[\\/]time|contract[\\/](ticket|progress|appointment|cannot)-page|domain[\\/]work-order[\\/]problems|domain[\\/]case[\\/]progress-link|domain[\\/]appointment[\\/]person-number|domain[\\/]identity[\\/](id-number|phone))\.ts|renderer[\\/]languages\.ts|locales[\\/]languages\.json/,
              priority: 5,
            },
            {
              name: "base",
              test: /node_modules[\\/](react|react-dom|scheduler|i18next|react-i18next)[\\/]|renderer[\\/]ui[\\/]hooks/,
              priority: 4,
            },
            { name: storeChunk, debugName: "store", test: STORE, priority: 3 },
            { name: "staff", test: /renderer[\\/]ui[\\/]staff[\\/]/, priority: 1 },
          ],
        },
      },
    },
  },
});
