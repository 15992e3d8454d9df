import type { Page } from "@playwright/test";
import { CLERK } from "../node/clerks.ts";

/** Signs the bench's clerk in at a real window screen, whose counter opens with it. */
export const signInAtWindow = async (page: Page): Promise<void> => {
  await page.locator(".login-panel input").first().fill(CLERK.clerkNo);
  await page.locator(".login-panel input[type=password]").fill(CLERK.password);
  await page.locator(".login-panel button[type=submit]").click();
  await page.locator(".work").waitFor();
};
