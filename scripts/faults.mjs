/** npm run test:faults [-- --seed N --acts N]: kills parts of a busy hall at random and balances the books afterwards. */
import { join } from "node:path";
import { exists, isMain, main, PlainError, ROOT } from "./lib/base.mjs";
import { withDisplay } from "./lib/display.mjs";
import { runTs } from "./lib/run-ts.mjs";
import { build } from "./build.mjs";
import { setup } from "./setup.mjs";

const ENTRY = "tests/faults/run.ts";

export const hasFaults = () => exists(join(ROOT, ENTRY));

/** Returns the exit code of the fault run. Needs setup("test") and a build. */
export const runFaults = (executable, args = []) =>
  withDisplay({}, ({ env }) => runTs(ENTRY, args, { env: { ...env, SERVICE_HALL_ELECTRON: executable } }));

if (isMain(import.meta.url)) {
  await main(async () => {
    if (!hasFaults()) throw new PlainError(`${ENTRY} does not exist yet.`);
    const { executable } = await setup({ purpose: "test" });
    await build();
    return runFaults(executable, process.argv.slice(2));
  });
}
