import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { BenchContext } from "./bench.ts";
import { PEERS } from "./paths.ts";

const HTML =
  '<!doctype html><meta charset="utf-8"><title>bench</title><body><script type="module" src="/page.js"></script>';

/**
 * Bundles `entry` for the browser, minified like a product, and lays it into a folder that a bench window opens. The page
 * puts what the runner calls into `globalThis.bench`.
 * @param files more that the page may fetch, by name
 * @returns the folder
 */
export const makePage = async (
  context: BenchContext,
  entry: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const folder = await context.tempFolder("page");
  await build({
    entryPoints: [entry],
    outfile: join(folder, "page.js"),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "chrome130",
    minify: !process.env["BENCH_PROFILE"],
    charset: "utf8",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    // The peers of the comparison live in node_modules of their own, which the product cannot see.
    nodePaths: [join(PEERS, "node_modules")],
    logLevel: "error",
  });
  for (const [name, text] of Object.entries({ ...files, "index.html": HTML }))
    await writeFile(join(folder, name), text);
  return folder;
};
