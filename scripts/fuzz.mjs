/** npm run test:fuzz -- [--cases N] [--seed N]: bad input to every end point and to the WebSocket of real centers. */
import { main, run } from "./lib/base.mjs";
import { bundleTs } from "./lib/run-ts.mjs";
import { ensureNodeModules } from "./lib/setup.mjs";

await main(async () => {
  await ensureNodeModules();
  const file = await bundleTs("tests/fuzz/run.ts");
  return run(process.execPath, ["--expose-gc", "--enable-source-maps", file, ...process.argv.slice(2)]);
});
