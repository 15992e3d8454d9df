import { createHash, randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { SlowLine } from "../helpers/slow-line.ts";
import { enrolledWindow, screens, signInAtCounter } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal, type LaunchedTerminal } from "./helpers/electron.ts";
import { start, typePerson } from "./helpers/intake.ts";

/*
 * A window on a slow line loses its power while a file is on its way and pages lie unfinished under the camera: the file goes
 * on where it was and arrives whole, and the pages are there again.
 */

const KBITS = 4_000;
const BYTES = 5_000_000;

const launch = (userData: string): Promise<LaunchedTerminal> =>
  launchTerminal({
    role: "window",
    userData,
    bounds: screens.window,
    switches: ["--use-fake-device-for-media-stream"],
  });

interface Presented {
  readonly deviceId: string;
  readonly secret: string;
}

/** What the terminal may present, with a token of its own for this. */
const presentedBy = (page: Page): Promise<Presented> =>
  page.evaluate(async () => {
    type Bridge = {
      "terminal.info"(): Promise<{ credentials: { deviceId: string } }>;
      "terminal.session"(): Promise<{ value: { secret: string } }>;
    };
    const bridge = (window as unknown as { terminal: Bridge }).terminal;
    const { secret } = (await bridge["terminal.session"]()).value;
    return { deviceId: (await bridge["terminal.info"]()).credentials.deviceId, secret };
  });

/** What the center says of a file. */
const stateAtCenter = async (
  { deviceId, secret }: Presented,
  url: string,
  bytes: Buffer,
): Promise<{ readonly missing: number }> => {
  const answer = await fetch(`${url}/api/files`, {
    method: "POST",
    headers: { authorization: `Bearer ${deviceId}:${secret}`, "content-type": "application/json" },
    body: JSON.stringify({
      hash: createHash("sha256").update(bytes).digest("hex"),
      size: bytes.length,
      type: "image/jpeg",
    }),
  });
  const { missing } = (await answer.json()) as { missing: [number, number][] };
  return { missing: missing.reduce((sum, [from, to]) => sum + to - from, 0) };
};

test("a killed terminal goes on with its upload and has its pages again", async () => {
  test.setTimeout(180_000);
  const node = await DemoNode.start();
  const line = await SlowLine.open(node.url, KBITS);
  const slow = { url: line.url, code: (...wish: Parameters<DemoNode["code"]>) => node.code(...wish) };
  const userData = await enrolledWindow(slow, "2", {});
  let clerk = await launch(userData);
  try {
    let { page } = clerk;
    await signInAtCounter(page);
    await page.keyboard.press("F10");
    await start(page, "办理自学考试学历证明");
    await typePerson(page, "440106199003077633");
    const picture = randomBytes(BYTES);
    picture.set([0xff, 0xd8, 0xff]);
    const upload = page.locator(".material").nth(1);
    await upload.locator("select").selectOption("upload");
    await upload
      .locator('input[type="file"]')
      .setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: picture });
    await expect(upload).toHaveAttribute("data-state", "ok");

    await page.locator(".material").first().locator("select").selectOption("scan");
    const shutter = page.getByRole("dialog").getByRole("button", { name: "拍摄（空格）" });
    await expect(shutter).toHaveAttribute("aria-disabled", "false", { timeout: 15_000 });
    for (const pages of [1, 2]) {
      await shutter.click();
      await expect(page.locator(".scan-pages li")).toHaveCount(pages);
    }
    const whole = Math.ceil(BYTES / 32_768);
    // Some of it is there, and not all.
    let presented = await presentedBy(page);
    await expect
      .poll(async () => (await stateAtCenter(presented, node.url, picture)).missing, { timeout: 30_000 })
      .toBeLessThan(whole);
    clerk.app.process().kill("SIGKILL");
    await clerk.app.waitForEvent("close").catch(() => undefined);

    clerk = await launch(userData);
    ({ page } = clerk);
    presented = await presentedBy(page);
    const { missing } = await stateAtCenter(presented, node.url, picture);
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(whole);
    await expect
      .poll(async () => (await stateAtCenter(presented, node.url, picture)).missing, { timeout: 60_000 })
      .toBe(0);
    // Nothing that had arrived was sent again: the line carried the file once, and a little.
    expect(line.carriedUp).toBeLessThan(BYTES * 1.4);
    await page.locator(".work").waitFor();
    await page.keyboard.press("F10");
    await page.locator(".draft-open").first().click();
    await expect(page.locator(".material").nth(1)).toHaveAttribute("data-state", "ok");
    await page.locator(".material").first().locator("select").selectOption("scan");
    await expect(page.locator(".scan-pages li")).toHaveCount(2);
    await page.getByRole("button", { name: "完成（2 页）" }).click();
    await expect(page.locator(".material").first()).toHaveAttribute("data-state", "ok");
  } finally {
    await clerk.close();
    await line.close();
    await node.remove();
    rmSync(userData, { recursive: true, force: true });
  }
});
