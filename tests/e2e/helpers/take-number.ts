import type { Page } from "@playwright/test";

/** The demo hall asks who takes a number; this person would rather not say. Ends on the screen with the number. */
export const takeAnonymously = async (kiosk: Page, tap: "once" | "twice" = "once"): Promise<void> => {
  await kiosk.getByRole("button", { name: "取号", exact: true }).click();
  const nobody = kiosk.locator('[data-way="none"]');
  await (tap === "once" ? nobody.click() : nobody.dblclick());
};
