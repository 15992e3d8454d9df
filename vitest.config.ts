import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const FOLDERS = ["shared", "center", "renderer", "electron", "tests", "scripts"];
const TESTS = [`{${FOLDERS.join(",")}}/**/*.test.{ts,tsx,mjs}`];
const NOT_HERE = ["tests/e2e/**", "tests/faults/**", "tests/bench/**"];

/** Those that put something else in the place of a module. */
const replacing = FOLDERS.flatMap((folder) =>
  readdirSync(join(import.meta.dirname, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name}`)
    .filter((file) => /\.test\.tsx?$/.test(file) && readFileSync(file, "utf8").includes("vi.mock(")),
);

const project = (
  name: string,
  include: readonly string[],
  exclude: readonly string[],
  isolate: boolean,
): TestProjectInlineConfiguration => ({
  test: {
    name,
    include: [...include],
    exclude: ["**/node_modules/**", ...exclude],
    isolate,
    environment: "node",
    pool: "forks",
    testTimeout: 60_000,
    // Below the ten seconds after which the centers look by themselves: what is told at once is told by then on a busy machine too.
    expect: { poll: { timeout: 9_000 } },
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    globalSetup: "tests/helpers/database-servers.ts",
    // One more than the cores of the smallest machine that runs all tests: many files wait, for lines that hang or clocks that run out.
    maxWorkers: 3,
    projects: [
      // A worker reads the modules once for all of its files: a third of the time of all unit tests.
      project("together", TESTS, [...NOT_HERE, ...replacing], false),
      project("alone", replacing, [], true),
    ],
  },
});
