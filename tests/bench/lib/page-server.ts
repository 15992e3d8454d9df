import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import type { BenchContext } from "./bench.ts";
import { PEERS } from "./paths.ts";

const HTML =
  '<!doctype html><meta charset="utf-8"><title>bench</title><body><script type="module" src="/page.js"></script>';

/**
 * Bundles `entry` for the browser, minified like a product, and serves it on a page of its own. The page puts what the
 * runner calls into `globalThis.bench`. `files`: more to serve, by path.
 */
export const servePage = async (
  context: BenchContext,
  entry: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
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
  const script = outputFiles[0]!.contents;
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const isScript = path === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8");
    response.end(isScript ? script : (files[path] ?? HTML));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  context.defer(() => server.close());
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
};
