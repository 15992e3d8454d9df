import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { expectAccessible } from "./helpers/axe.ts";
import { openPlainWindow } from "./helpers/plain-window.ts";

const FOLDER = join(import.meta.dirname, "../../dist/renderer");

test("who waits for a screen is told so at once, and not to switch it off when it takes long", async () => {
  const { page, close } = await openPlainWindow();
  try {
    // The page of every screen, with a program that shows nothing.
    await page.route("http://opening.test/**", async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname.endsWith(".js")) await route.fulfill({ contentType: "text/javascript", body: "" });
      else await route.fulfill({ path: join(FOLDER, pathname) });
    });
    await page.goto("http://opening.test/index.html");
    await expect(page.getByText("正在打开……")).toBeVisible();
    await expect(page.getByText("Opening…")).toBeVisible();
    await expect(page.getByText(/请不要关机/)).toBeHidden();
    await expect(page.getByText(/请不要关机/)).toBeVisible({ timeout: 15_000 });
    await expect(page.getByText(/do not switch it off/)).toBeVisible();
    await expectAccessible(page, "opening");
  } finally {
    await close();
  }
});
