import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { NodeClient } from "../helpers/node-client.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal, newUserData, type LaunchedTerminal } from "./helpers/electron.ts";
import { takeAnonymously } from "./helpers/take-number.ts";

/*
 * F13: somebody clears the browser's data of a kiosk that has given numbers without its node. The kiosk is still itself,
 * its numbers come back from the journal beside the browser's data, and the hall gets each of them once.
 */

const takeNumber = async ({ page }: LaunchedTerminal): Promise<string> => {
  await page.getByRole("button", { name: /个人/ }).first().click();
  await takeAnonymously(page);
  const number = page.getByTestId("number");
  await expect(number).toHaveText(/^B\d{3}$/);
  const text = (await number.textContent()) ?? "";
  await page.getByRole("button", { name: /完成/ }).click();
  return text;
};

const journalIn = (userData: string): string[] => readdirSync(join(userData, "outbox"));

test("F13 numbers given offline survive the loss of the browser's data, each once", async () => {
  test.setTimeout(120_000);
  const node = await DemoNode.start();
  const userData = newUserData();
  let kiosk: LaunchedTerminal | undefined;
  try {
    kiosk = await launchTerminal({ role: "kiosk", node: node.url, enrol: await node.code("kiosk"), userData });
    const numbers = [await takeNumber(kiosk)];
    await node.stop();
    await expect(kiosk.page.getByText("网络中断，仍可取号。").first()).toBeVisible({ timeout: 20_000 });
    numbers.push(await takeNumber(kiosk), await takeNumber(kiosk));
    expect(journalIn(userData)).toHaveLength(1);
    const ended = new Promise((done) => kiosk?.app.process().once("exit", done));
    kiosk.app.process().kill("SIGKILL");
    await ended;

    const data = join(userData, "Partitions", "public");
    expect(existsSync(join(data, "IndexedDB"))).toBe(true);
    for (const name of ["IndexedDB", "Local Storage"]) rmSync(join(data, name), { recursive: true, force: true });

    kiosk = await launchTerminal({ node: node.url, userData });
    await expect(kiosk.page.getByText("网络中断，仍可取号。").first()).toBeVisible({ timeout: 20_000 });
    await node.again();
    const desk = await NodeClient.connect({ url: node.url, ...(await enrolDesk(node)) });
    await desk.until(() => desk.state.tickets.size >= 3, 40_000);
    const held = [...desk.state.tickets.values()].map(({ number }) => number).sort();
    expect(held).toEqual([...numbers].sort());
    expect(desk.events.filter(({ type }) => type === "TicketTaken")).toHaveLength(3);
    desk.close();
  } finally {
    await kiosk?.close();
    await node.remove();
    rmSync(userData, { recursive: true, force: true });
  }
});

const enrolDesk = async (node: DemoNode): Promise<{ deviceId: string; secret: string }> => {
  const answer = await fetch(`${node.url}/api/enrol`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: await node.code("desk"), name: "desk" }),
  });
  return (await answer.json()) as { deviceId: string; secret: string };
};
