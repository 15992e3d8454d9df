/** npm run build [-- --force] [center|electron|renderer …]: makes dist/ out of what has changed since the last time. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { exists, isMain, LOCAL_CACHE, main, PlainError, ROOT, say, seconds, withLock } from "./lib/base.mjs";
import { bundle, hashFiles, leanZod, listFiles } from "./lib/bundle.mjs";
import { makeCodeCache } from "./lib/code-cache.mjs";
import { findElectron } from "./lib/electron.mjs";
import { ensureNodeModules } from "./lib/setup.mjs";

const TEST = /\.(test|fixture)\.tsx?$/;
const ALWAYS = ["package-lock.json", "tsconfig.json", "scripts/build.mjs", "scripts/lib/bundle.mjs"];
const CODE_CACHE = ["scripts/code-cache", "scripts/lib/code-cache.mjs"];

const buildCenter = () =>
  bundle({ entry: "center/main.ts", outfile: "dist/center/main.js", format: "esm", packages: "external" });

/**
 * electron-store brings a validator of JSON schemas and an arithmetic of versions, which are used only with its options `schema` and
 * `migrations`; settings.ts checks and brings up to date by itself.
 */
const NOT_USED = {
  name: "not-used",
  setup(build) {
    const namespace = "not-used";
    build.onResolve({ filter: /^(ajv(-formats)?|semver)(\/|$)/ }, ({ path }) => ({ path, namespace }));
    build.onLoad({ filter: /./, namespace }, () => ({
      contents:
        'const none = () => { throw new Error("left out of this build"); }; export { none as Ajv2020, none as default };',
    }));
  },
};

/** What only some terminals have is a file of its own, read when it is first used. */
const SEPARATE = {
  name: "separate",
  setup(build) {
    build.onResolve({ filter: /\/serial-line\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./serial-line.cjs", external: true } : undefined,
    );
  },
};

/** Electron's files are one each and need no node_modules; a sandboxed preload cannot load a second file anyway. */
const buildElectron = async () => {
  // The serial port's native part looks for itself beside the folder of the bundle.
  cpSync(join(ROOT, "node_modules/@serialport/bindings-cpp/prebuilds"), join(ROOT, "dist/prebuilds"), {
    recursive: true,
    filter: (file) => !/android|\.musl\.node$/.test(file),
  });
  const options = { format: "cjs", external: ["electron", "original-fs"] };
  await Promise.all([
    bundle({ entry: "electron/precompiled.ts", outfile: "dist/electron/main.cjs", ...options }),
    bundle({
      entry: "electron/main.ts",
      outfile: "dist/electron/program.cjs",
      ...options,
      // Read and compiled before Chromium even starts: each 100 KB is a few milliseconds without a window.
      minify: true,
      keepNames: true,
      plugins: [leanZod, NOT_USED, SEPARATE],
      supported: { "dynamic-import": false },
    }),
    bundle({ entry: "electron/devices/serial-line.ts", outfile: "dist/electron/serial-line.cjs", ...options }),
    bundle({ entry: "electron/preload/staff.ts", outfile: "dist/electron/preload-staff.cjs", ...options }),
    bundle({ entry: "electron/preload/public.ts", outfile: "dist/electron/preload-public.cjs", ...options }),
  ]);
  const program = join(ROOT, "dist/electron/program.cjs");
  return makeCodeCache({ program, out: join(ROOT, "dist/electron/program.v8") });
};

const buildRenderer = async () => {
  const vite = createRequire(join(ROOT, "package.json")).resolve("vite");
  const { build: viteBuild } = await import(pathToFileURL(vite).href);
  // Vite takes it from whoever builds: with any other word, as in a test, it puts React's version for developers in.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = "production";
  try {
    await viteBuild({ configFile: join(ROOT, "vite.config.ts"), logLevel: "warn" });
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
};

const PARTS = {
  center: {
    make: buildCenter,
    entries: ["center/main.ts"],
    inputs: ["center", "shared"],
    outputs: ["dist/center/main.js"],
  },
  electron: {
    make: buildElectron,
    entries: ["electron/precompiled.ts", "electron/main.ts", "electron/preload/staff.ts", "electron/preload/public.ts"],
    inputs: ["electron", "shared", ...CODE_CACHE],
    madeWith: () => findElectron()?.version,
    outputs: [
      "dist/electron/main.cjs",
      "dist/electron/program.cjs",
      "dist/electron/serial-line.cjs",
      "dist/electron/preload-staff.cjs",
      "dist/electron/preload-public.cjs",
    ],
  },
  renderer: {
    make: buildRenderer,
    entries: ["renderer/index.html"],
    inputs: ["renderer", "shared", "data/pages", "vite.config.ts"],
    outputs: ["dist/renderer/index.html"],
  },
};

const buildPart = async (name, force) => {
  const part = PARTS[name];
  const inputs = listFiles([...ALWAYS, ...part.inputs], (file) => !TEST.test(file));
  const madeWith = [process.versions.node.split(".")[0], part.madeWith?.()];
  const stamp = hashFiles(inputs, madeWith.join(" "));
  const stampFile = join(ROOT, `dist/.stamp-${name}`);
  const isThere = part.outputs.every((file) => exists(join(ROOT, file)));
  if (!force && isThere && exists(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  const since = performance.now();
  rmSync(stampFile, { force: true });
  const entry = part.entries.find((file) => !exists(join(ROOT, file)));
  if (entry) throw new PlainError(`${name} cannot be built: ${entry} does not exist.`);
  const isWhole = await part.make().catch((error) => {
    if (error.errors) throw new PlainError(`${name} could not be built (see above).`);
    throw error;
  });
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  if (isWhole !== false) writeFileSync(stampFile, stamp);
  say(`Built ${name} in ${seconds(since)}.`);
};

/** Builds the parts in `only` (all when left out) whose inputs have changed. Needs node_modules. */
export const build = ({ only = Object.keys(PARTS), force = false } = {}) =>
  withLock(join(LOCAL_CACHE, "build.lock"), "building", async () => {
    for (const name of only) {
      if (!PARTS[name]) throw new PlainError(`There is no part "${name}": ${Object.keys(PARTS).join(", ")}.`);
      await buildPart(name, force);
    }
  });

if (isMain(import.meta.url)) {
  await main(async () => {
    await ensureNodeModules();
    const names = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
    const force = process.argv.includes("--force");
    await build(names.length > 0 ? { only: names, force } : { force });
  });
}
