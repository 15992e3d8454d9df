import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./paths.ts";

interface Scripts {
  /** The executable that starts the app of a folder. */
  readonly prepareElectronApp: (appDir: string) => Promise<string>;
  readonly electronArgs: () => string[];
  /** Bundles a TypeScript file of the project for Node and gives the file to run. */
  readonly bundleTs: (entry: string) => Promise<string>;
}

/** scripts/ is plain JavaScript that works before node_modules exists; only these functions of it are wanted here. */
export const scripts = async (): Promise<Scripts> => {
  const load = async (file: string): Promise<object> =>
    (await import(pathToFileURL(join(ROOT, "scripts/lib", file)).href)) as object;
  return { ...(await load("electron.mjs")), ...(await load("run-ts.mjs")) } as Scripts;
};
