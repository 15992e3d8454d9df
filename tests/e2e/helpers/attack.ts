import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { APP_PAGE, type LaunchedTerminal } from "./electron.ts";

/** What a test sets in the page to see later that the page is still the same one. */
const MARK = "__sameDocument";

export const markDocument = (page: Page): Promise<void> =>
  page.evaluate((mark) => {
    Object.assign(window, { [mark]: true });
  }, MARK);

/** After an attack: still our page, not loaded anew, one window as before. */
export const expectUntouched = async ({ app, page }: LaunchedTerminal, windows: number): Promise<void> => {
  await page.waitForTimeout(150);
  expect(await page.evaluate(() => location.href.replace(/#.*$/, ""))).toBe(APP_PAGE);
  expect(await page.evaluate((mark) => Reflect.get(window, mark) as unknown, MARK), "the document was replaced").toBe(
    true,
  );
  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(windows);
};

/** Lays a part of the attacker's own over the page, as `#attack`, in the place of the one before. */
export const layOver = (page: Page, tag: "img" | "input", style: string, more: object = {}): Promise<void> =>
  page.evaluate(
    ([name, css, properties]) => {
      document.getElementById("attack")?.remove();
      const part = Object.assign(document.createElement(name), properties, { id: "attack" });
      part.style.cssText = `position:fixed;z-index:99999;${css}`;
      document.body.append(part);
    },
    [tag, style, more] as const,
  );

/** Titles of all visible windows of the X display: dialogs of the system are among them. */
export const visibleWindows = (): string[] => {
  try {
    const text = execFileSync("xdotool", ["search", "--onlyvisible", "--name", ".", "getwindowname", "%@"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return text.trim().split("\n").filter(Boolean).sort();
  } catch {
    return [];
  }
};

/** How often an event is in the terminal's log. */
export const countLogged = (terminal: LaunchedTerminal, event: string): number =>
  terminal.log().split(`"event":"${event}"`).length - 1;

/** Every file in a folder and the folders in it. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());

/** What a file holds; nothing when the program has put it away since it was listed, as its databases do with theirs. */
export const textOf = (file: string): string => {
  try {
    return readFileSync(file, "latin1");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
};
