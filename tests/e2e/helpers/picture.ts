import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { findSideways } from "./cut-text.ts";

const folder = join(import.meta.dirname, "../../../docs/screens");

/**
 * Looks at a screen as it stands: nothing on it may shut people out or lie beside it, and the README may show it. With
 * SERVICE_HALL_PICTURES=1 the picture goes to docs/screens.
 */
export const picture = async (page: Page, name: string): Promise<void> => {
  await expectAccessible(page, name);
  expect(await findSideways(page), `${name}: seen whole without scrolling sideways`).toEqual([]);
  if (process.env["SERVICE_HALL_PICTURES"] !== "1") return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
};
