/** What V8 makes of the program of Electron's main process, kept beside it so that no start has to compile it again. */
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collect, exists, ROOT, say } from "./base.mjs";
import { electronArgs, findElectron, prepareElectronApp } from "./electron.mjs";

const env = (more) => {
  const all = { ...process.env, ...more };
  // As plain Node it would compile with other switches, and V8 would refuse it.
  delete all.ELECTRON_RUN_AS_NODE;
  return all;
};

/**
 * Has the Electron that is there compile `program` into `out`: V8 takes only what the same version of it made with the same switches. Where there is no
 * Electron, or it cannot run, there is none, and the program starts a little later.
 * @returns whether it was made
 */
export const makeCodeCache = async ({ program, out }) => {
  rmSync(out, { force: true });
  const found = findElectron();
  if (!found) return false;
  const work = mkdtempSync(join(tmpdir(), "service-hall-code-cache-"));
  const made = `${out}.new`;
  try {
    const electron = await prepareElectronApp(join(ROOT, "scripts/code-cache"), found);
    const asked = { CODE_CACHE_PROGRAM: program, CODE_CACHE_OUT: made, CODE_CACHE_DATA: work };
    const limits = { timeout: 30_000, killSignal: "SIGKILL" };
    const { code, output } = await collect(electron, electronArgs(), { env: env(asked), ...limits });
    if (code === 0 && exists(made)) renameSync(made, out);
    else say(`The program was not compiled: Electron ended with ${code}. ${output.trim().slice(-300)}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
    rmSync(made, { force: true });
  }
  return exists(out);
};
