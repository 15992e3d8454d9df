import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BenchContext } from "./bench.ts";
import { BENCH, PEERS } from "./paths.ts";

/**
 * Installs the peers as locked, once. They live below .cache/, where neither the compiler nor the product's own package
 * resolution meets them.
 */
export const installPeers = async (context: BenchContext): Promise<void> => {
  const lock = await readFile(join(BENCH, "peers/package-lock.json"), "utf8");
  const stamp = join(PEERS, "node_modules/.bench-stamp");
  if ((await readFile(stamp, "utf8").catch(() => "")) === lock) return;
  context.say("Installing the peers of the comparison (RxDB, PouchDB, Yjs, TinyBase) …");
  await mkdir(PEERS, { recursive: true });
  for (const name of ["package.json", "package-lock.json"])
    await copyFile(join(BENCH, "peers", name), join(PEERS, name));
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await promisify(execFile)("npm", args, { cwd: PEERS, maxBuffer: 1e8 });
  await writeFile(stamp, lock);
};
