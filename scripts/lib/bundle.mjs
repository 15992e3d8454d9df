/** esbuild as this project uses it: for the center, for Electron's main process and for scripts in TypeScript. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join, relative, sep } from "node:path";
import { exists, ROOT } from "./base.mjs";

/** Loaded only here and late: scripts must start before node_modules exists. */
export const esbuild = () => createRequire(join(ROOT, "package.json"))("esbuild");

/**
 * In a bundle, import.meta.url would be the bundle's own place, and `new URL("./migrations/", import.meta.url)` would
 * miss. With this plugin it is the place of the source file, as in the tests, by a path relative to the bundle.
 */
const sourcePlaces = (outfile, format) => ({
  name: "source-places",
  setup(build) {
    build.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!/import\.meta\.(url|dirname|filename)\b/.test(text)) return undefined;
      const place = JSON.stringify(relative(dirname(outfile), path).split(sep).join("/"));
      const url =
        format === "cjs"
          ? `new URL(${place}, __hallNodeUrl.pathToFileURL(__filename)).href`
          : `new URL(${place}, import.meta.url).href`;
      const head =
        'import * as __hallNodeUrl from "node:url"; import * as __hallNodePath from "node:path"; ' +
        `const __hallUrl = ${url}; const __hallFile = __hallNodeUrl.fileURLToPath(__hallUrl); ` +
        "const __hallFolder = __hallNodePath.dirname(__hallFile); ";
      const body = text
        .replace(/import\.meta\.url\b/g, "__hallUrl")
        .replace(/import\.meta\.filename\b/g, "__hallFile")
        .replace(/import\.meta\.dirname\b/g, "__hallFolder");
      return { contents: head + body, loader: path.endsWith("x") ? "tsx" : "ts", resolveDir: dirname(path) };
    });
  },
});

/**
 * `import { z } from "zod"` names an object that holds all of zod, with its messages in fifty languages: 600 KB that a
 * program that people wait for would read at every start. As a namespace, what is not used falls away.
 */
export const leanZod = {
  name: "lean-zod",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const lean = text.replace(/^import \{ z \} from "zod";/m, 'import * as z from "zod";');
      return lean === text ? undefined : { contents: lean, loader: "ts", resolveDir: dirname(path) };
    });
  },
};

/** A package's table goes into the bundle also where its code does not: Node 20 says of each JSON that it imports that this is an experiment. */
const tables = {
  name: "tables",
  setup(build) {
    build.onResolve({ filter: /^[^./].*\.json$/ }, ({ path }) => ({
      path: createRequire(join(ROOT, "package.json")).resolve(path),
    }));
  },
};

/** Bundles one entry for Node 20 or Electron into one file. */
export const bundle = ({ entry, outfile, format, plugins = [], ...options }) =>
  esbuild().build({
    absWorkingDir: ROOT,
    entryPoints: [`./${entry}`],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format,
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
    plugins: [...plugins, tables, sourcePlaces(join(ROOT, outfile), format)],
    ...options,
  });

const SKIPPED = new Set(["node_modules", "dist", ".cache"]);

/** All files below the given files and folders, in a fixed order, as paths relative to the project. */
export const listFiles = (paths, keep = () => true, root = ROOT) => {
  const found = [];
  const walk = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const inner = `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) walk(inner);
      } else if (keep(inner)) found.push(inner);
    }
  };
  for (const path of paths.filter((each) => exists(join(root, each)))) {
    if (extname(path) && !path.endsWith("/")) found.push(path);
    else walk(path);
  }
  return found.sort();
};

/** A digest over names and contents; a change of either is a change. */
export const hashFiles = (files, extra = "") => {
  const hash = createHash("sha256").update(extra);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest("hex");
};
