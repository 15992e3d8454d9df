import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { _electron, expect, test, type ElectronApplication } from "@playwright/test";
import { countLogged, expectUntouched, markDocument } from "./helpers/attack.ts";
import { cleanEnv, launchTerminal, type LaunchedTerminal } from "./helpers/electron.ts";
import { hand } from "./helpers/hand.ts";

/*
 * A file dragged out of another program and dropped on a staff screen, by a hand at the X server. (A locked screen fills its
 * display: there is no other program beside it to drag from.)
 */
const ROOT = join(import.meta.dirname, "../..");
const SOURCE = { x: 1_000, y: 100, width: 200, height: 200 };
const GRIP = { x: SOURCE.x + 100, y: SOURCE.y + 100 };
const OVER_SCREEN = { x: 400, y: 300 };

interface ElectronScripts {
  prepareElectronApp(folder: string): Promise<string>;
  electronArgs(): string[];
}

let folder: string;
let terminal: LaunchedTerminal;
let other: ElectronApplication;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "service-hall-drag-"));
  const file = join(folder, "evil.html");
  writeFileSync(file, "<title>evil</title><script>document.title = 'run'</script>");
  const bounds = { x: 0, y: 0, width: 900, height: 700 };
  terminal = await launchTerminal({ role: "setup", windowed: true, bounds });
  const scripts = (await import(pathToFileURL(join(ROOT, "scripts/lib/electron.mjs")).href)) as ElectronScripts;
  other = await _electron.launch({
    executablePath: await scripts.prepareElectronApp(join(ROOT, "tests/preview/drag-source")),
    args: scripts.electronArgs(),
    env: cleanEnv({
      PREVIEW_USER_DATA: join(folder, "data"),
      DRAGGED_FILE: file,
      DRAG_BOUNDS: Object.values(SOURCE).join(),
    }),
  });
  const page = await other.firstWindow();
  await expect(page).toHaveTitle("drag source");
});
test.afterAll(async () => {
  await other?.close();
  await terminal?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What of the drag has come to our page since it was asked last. */
const seen = (): Promise<string[]> =>
  terminal.page.evaluate(() => [...new Set((Reflect.get(window, "__drags") as string[]).splice(0))]);

/** Has the page write down what is dragged over it. */
const watch = (isTaken: boolean): Promise<void> =>
  terminal.page.evaluate((takes) => {
    const drags: string[] = [];
    Object.assign(window, { __drags: drags, __takes: takes });
    if (Reflect.get(window, "__watched")) return;
    Object.assign(window, { __watched: true });
    for (const name of ["dragenter", "dragover", "drop"])
      addEventListener(name, (event) => {
        const { types } = (event as DragEvent).dataTransfer ?? { types: [] };
        (Reflect.get(window, "__drags") as string[]).push(`${name} ${types.join()}`);
        if (Reflect.get(window, "__takes")) event.preventDefault();
      });
  }, isTaken);

/** Drags the file over our screen, a little at a time as a hand does, holds it there, and lets go of it. */
const dragAndDrop = async (): Promise<void> => {
  hand("mousemove", GRIP.x, GRIP.y, "mousedown", 1);
  for (let step = 1; step <= 10; step += 1) hand("mousemove", GRIP.x - 5 * step, GRIP.y, "sleep", 0.03);
  let told = 0;
  await expect(async () => {
    for (const x of [900, 700, 500, OVER_SCREEN.x]) hand("mousemove", x, OVER_SCREEN.y, "sleep", 0.1);
    if ((await seen()).includes("dragover Files")) told += 1;
    // Whether it may be dropped goes forth and back between the two programs: let go at once, nothing is dropped anywhere.
    expect(told).toBeGreaterThan(3);
  }).toPass({ timeout: 20_000, intervals: [100] });
  hand("mouseup", 1);
};

test("S25 a file of another program, dropped on a screen, is neither opened nor read", async () => {
  await markDocument(terminal.page);
  const refused = () => countLogged(terminal, "security.navigation") + countLogged(terminal, "security.window");
  const before = refused();

  // The hand does drop: a page that wants the file gets it.
  await watch(true);
  await dragAndDrop();
  await expect.poll(seen).toContain("drop Files");

  // Ours does not want it.
  await watch(false);
  await dragAndDrop();
  await terminal.page.waitForTimeout(1_000);
  expect(await seen()).not.toContain("drop Files");
  await expectUntouched(terminal, 1);
  expect(refused(), "nothing even tried to open it").toBe(before);
  expect(other.windows()).toHaveLength(1);
});
