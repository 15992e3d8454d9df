import { SETUP_ONLY, type Handler } from "./handler.ts";

/** Fits the shortest display. */
const TEST_TEXT = "测试A012";

export const setupTestCounterDisplay: Handler<"setup.testCounterDisplay"> = {
  roles: SETUP_ONLY,
  handle: ({ terminal }) => terminal.counterDisplay.test(TEST_TEXT),
};
