/** npm run bench -- --json FILE [--only ID,…]: measures this program beside its references in one run. */
import { join } from "node:path";
import { exists, main, PlainError, ROOT } from "./lib/base.mjs";
import { startTwoDisplays } from "./lib/display.mjs";
import { runTs } from "./lib/run-ts.mjs";
import { build } from "./build.mjs";
import { setup } from "./setup.mjs";

const ENTRY = "tests/bench/run.ts";

await main(async () => {
  if (!exists(join(ROOT, ENTRY))) throw new PlainError(`${ENTRY} does not exist yet.`);
  const { executable } = await setup({ purpose: "test" });
  await build();
  const screen = await startTwoDisplays();
  try {
    const env = { ...screen.env, SERVICE_HALL_ELECTRON: executable };
    return await runTs(ENTRY, process.argv.slice(2), { env });
  } finally {
    await screen.stop();
  }
});
