/** npm run load -- [--halls N] [--terminals N] [--seconds S] [--json FILE]: many halls and terminals on one center. */
import { main } from "./lib/base.mjs";
import { runTs } from "./lib/run-ts.mjs";
import { ensureNodeModules } from "./lib/setup.mjs";

await main(async () => {
  await ensureNodeModules();
  return runTs("tests/load/run.ts", process.argv.slice(2));
});
