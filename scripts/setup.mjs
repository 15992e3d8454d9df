/** node scripts/setup.mjs: installs everything that running and testing the program needs. npm start and npm test do it by themselves. */
import { PlainError, isMain, main, say, seconds } from "./lib/base.mjs";
import { electronRuns, ensureElectron, hasScreen, prepareElectronApp } from "./lib/electron.mjs";
import { ensureDisplayTools, ensureElectronLibraries, ensureNodeModules } from "./lib/setup.mjs";

/** `purpose` "run" = what npm start needs here, "test" = virtual displays too. Returns { electron, executable }. */
export const setup = async ({ purpose = "run" } = {}) => {
  await ensureNodeModules();
  if (purpose === "test") await ensureDisplayTools("two", { required: true });
  else if (hasScreen()) await ensureElectronLibraries();
  const electron = await ensureElectron();
  return { electron, executable: await prepareElectronApp() };
};

if (isMain(import.meta.url)) {
  await main(async () => {
    const since = performance.now();
    const { electron, executable } = await setup({ purpose: "test" });
    if (!electronRuns(executable)) throw new PlainError(`Electron does not start: run ldd ${executable} to see why.`);
    say(
      `Ready in ${seconds(since)}: Node ${process.versions.node}, Electron ${electron.version} (${electron.source}).`,
    );
  });
}
