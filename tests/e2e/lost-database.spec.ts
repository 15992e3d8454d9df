import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { NodeClient } from "../helpers/node-client.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal, newUserData, type LaunchedTerminal } from "./helpers/electron.ts";
import { takeAnonymously } from "./helpers/take-number.ts";

/*
 * A kiosk has given numbers without its node. F08: its database loses the list of its files, with which Chromium opens nothing any more: it is set aside, and the
 * kiosk goes on. F13: then somebody clears all of the browser's data. The kiosk is still itself, its numbers come back from the journal beside the browser's data,
 * and the hall gets each of them once.
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

const kill = async ({ app }: LaunchedTerminal): Promise<void> => {
  const ended = new Promise((done) => app.process().once("exit", done));
  app.process().kill("SIGKILL");
  await ended;
};

test("F08 F13 numbers given offline survive a torn database and the loss of the browser's data, each once", async () => {
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
    await kill(kiosk);

    const data = join(userData, "Partitions", "public");
    const [database = ""] = readdirSync(join(data, "IndexedDB")).filter((name) => name.endsWith(".leveldb"));
    const lists = readdirSync(join(data, "IndexedDB", database)).filter((name) => name.startsWith("MANIFEST"));
    expect(lists).toHaveLength(1);
    rmSync(join(data, "IndexedDB", database, lists[0] ?? ""));
    kiosk = await launchTerminal({ node: node.url, userData });
    await expect(kiosk.page.getByText("网络中断，仍可取号。").first()).toBeVisible({ timeout: 20_000 });
    expect(readdirSync(data).filter((name) => name.startsWith("IndexedDB.torn-"))).toHaveLength(1);
    await kill(kiosk);

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
