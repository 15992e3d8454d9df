/** npm run simulate -- [--days 20] [--seed N] [--plan FILE] [--json FILE]: tries the rules of a hall on made-up days. */
import { main } from "./lib/base.mjs";
import { runTs } from "./lib/run-ts.mjs";
import { ensureNodeModules } from "./lib/setup.mjs";

await main(async () => {
  await ensureNodeModules();
  return runTs("center/cli/simulate.ts", process.argv.slice(2));
});
