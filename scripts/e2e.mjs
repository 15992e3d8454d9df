/** npm run test:e2e [-- playwright's options]: the whole program in real Electron on two virtual displays. */
import { join } from "node:path";
import { binOf, exists, isMain, main, PlainError, ROOT, run, say } from "./lib/base.mjs";
import { startDisplay, startTwoDisplays } from "./lib/display.mjs";
import { prepareElectronApp } from "./lib/electron.mjs";
import { build } from "./build.mjs";
import { setup } from "./setup.mjs";

const CONFIG = "tests/e2e/playwright.config.ts";

export const hasE2e = () => exists(join(ROOT, CONFIG));

/** Xorg where it runs; a container without it still gets one display (SERVICE_HALL_DISPLAYS tells the tests how many). */
const startDisplays = async () => {
  try {
    return { ...(await startTwoDisplays()), count: 2 };
  } catch (error) {
    say(`${error.message}\nOnly one virtual display is possible here: tests that need two are left out.`);
    return { ...(await startDisplay({ windowManager: true })), count: 1 };
  }
};

/**
 * Runs Playwright and returns its exit code. Needs setup("test") and a build. The tests get SERVICE_HALL_ELECTRON (the
 * executable that starts this checkout's app) and SERVICE_HALL_DISPLAYS.
 */
const runE2e = async (args = [], env = {}) => {
  const executable = await prepareElectronApp(join(ROOT, "tests/e2e/app"));
  const screen = await startDisplays();
  try {
    return await run(process.execPath, [binOf("@playwright/test", "playwright"), "test", "-c", CONFIG, ...args], {
      env: { ...screen.env, SERVICE_HALL_ELECTRON: executable, SERVICE_HALL_DISPLAYS: String(screen.count), ...env },
    });
  } finally {
    await screen.stop();
  }
};

/** The projects of the configuration. Each has a desktop of its own, so they run side by side. */
const LANES = ["program", "screens"];

/**
 * Every end-to-end test.
 * @param reportOf where a lane writes its report (JSON)
 * @returns exit code of each lane
 */
export const runAllE2e = (reportOf) =>
  Promise.all(
    LANES.map((lane) =>
      runE2e(["--project", lane, "--reporter=list,json", "--output", join(ROOT, "test-results", `e2e-${lane}`)], {
        PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(lane),
      }),
    ),
  );

if (isMain(import.meta.url)) {
  await main(async () => {
    if (!hasE2e()) throw new PlainError(`${CONFIG} does not exist yet.`);
    await setup({ purpose: "test" });
    await build();
    return runE2e(process.argv.slice(2));
  });
}
