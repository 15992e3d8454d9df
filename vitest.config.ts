import { defineConfig } from "vitest/config";

const FOLDERS = "{shared,center,renderer,electron,tests}";

export default defineConfig({
  test: {
    include: [`${FOLDERS}/**/*.test.{ts,tsx}`, "scripts/**/*.test.mjs"],
    exclude: ["**/node_modules/**", "tests/e2e/**", "tests/faults/**", "tests/bench/**"],
    globalSetup: "tests/helpers/database-servers.ts",
    environment: "node",
    pool: "forks",
    // One more than the cores of the smallest machine that runs all tests: many files wait, for lines that hang or clocks that run out.
    maxWorkers: 3,
    testTimeout: 60_000,
    // Below the ten seconds after which the centers look by themselves: what is told at once is told by then on a busy machine too.
    expect: { poll: { timeout: 9_000 } },
    hookTimeout: 60_000,
  },
});
