/** npm run center -- …: builds the central system and runs it with the given arguments (see its --help). */
import { main, run } from "./lib/base.mjs";
import { ensureNodeModules } from "./lib/setup.mjs";
import { build } from "./build.mjs";

await main(async () => {
  await ensureNodeModules();
  await build({ only: ["center"] });
  return run(process.execPath, ["dist/center/main.js", ...process.argv.slice(2)]);
});
