/** npm run test:storm -- [--days N] [--seed N]: many hall days in virtual time, on a network that fails by seed. */
import { main } from "./lib/base.mjs";
import { runTs } from "./lib/run-ts.mjs";
import { ensureNodeModules } from "./lib/setup.mjs";

await main(async () => {
  await ensureNodeModules();
  return runTs("tests/storm/run.ts", process.argv.slice(2));
});
