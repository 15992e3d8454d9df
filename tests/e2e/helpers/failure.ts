import { test, type Page } from "@playwright/test";

/** Keeps a picture of each page that is open when a test of this file has failed. Call it once, outside the tests. */
export const keepPicturesOfFailures = (open: () => Readonly<Record<string, Page | undefined>>): void => {
  test.afterEach(async ({ browserName: _ }, info) => {
    if (info.status === info.expectedStatus) return;
    for (const [name, page] of Object.entries(open()))
      await page?.screenshot({ path: info.outputPath(`${name}.png`) }).catch(() => undefined);
  });
};
