/** Runs a TypeScript file with Node 20, which cannot read types: bundles it into .cache/ and starts the bundle. */
import { join } from "node:path";
import { LOCAL_CACHE, PlainError, ROOT, exists, run, sha256 } from "./base.mjs";
import { bundle } from "./bundle.mjs";

/** Bundles `entry` (relative to the project) and returns the file for Node to run. Packages stay outside. */
export const bundleTs = async (entry) => {
  if (!exists(join(ROOT, entry))) throw new PlainError(`${entry} does not exist.`);
  const name = `${entry.replace(/\.tsx?$/, "").replaceAll(/[^\w.-]+/g, "-")}-${sha256(entry).slice(0, 6)}.mjs`;
  const outfile = join(".cache", "run", name);
  await bundle({ entry, outfile, format: "esm", packages: "external", sourcemap: "inline", jsx: "automatic" });
  return join(LOCAL_CACHE, "run", name);
};

/** Runs `entry` with `args` in the foreground and returns its exit code. */
export const runTs = async (entry, args = [], options = {}) =>
  run(process.execPath, ["--enable-source-maps", await bundleTs(entry), ...args], options);
