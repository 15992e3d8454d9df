import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const root = join(import.meta.dirname, "../..");

/** Single screens in many languages, themes and sizes, most attacks on one terminal, and what a desk does by itself: half of the time of all tests. */
const SCREENS = /(review-screens|languages|desk-(home|floor)|security-(?!ipc|navigation)\w+)\.spec\.ts$/;

/** Started by scripts/e2e.mjs, which brings the displays. One worker: there is one desktop. A test that fails has failed. */
// eslint-disable-next-line no-restricted-syntax -- Playwright reads the default export.
export default defineConfig({
  testDir: ".",
  outputDir: join(root, "test-results", "e2e"),
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  // Two lanes share what there is of processors: five seconds are over before a window, a paper or an upload has had its turn.
  expect: { timeout: 15_000 },
  projects: [
    { name: "program", testIgnore: SCREENS },
    { name: "screens", testMatch: SCREENS },
  ],
  forbidOnly: Boolean(process.env["CI"]),
  reporter: [["list"], ["json", { outputFile: join(root, "test-results", "e2e.json") }]],
});
