import type { Page } from "@playwright/test";
import { DemoNode } from "../../e2e/helpers/demo-node.ts";
import { launchTerminal } from "../../e2e/helpers/electron.ts";
import { appliedItem, intakeOf, receipt, requirement } from "../../../shared/testing/case-fixture.ts";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import type { Bench } from "../lib/bench.ts";
import { below, percentile } from "../lib/measure.ts";
import { command, openLine } from "../node/line.ts";
import { signIn } from "../node/clerks.ts";

/** The form with the most fields of the sample's: a company limited by shares. */
const LARGEST = "内资股份有限公司设立登记";
const OPENINGS = 20;
const CASES = 2_000;
const CHUNK = 100;
const GOAL_FORM_MS = 100;
const GOAL_FRAME_MS = 50;

/** From Enter in the search to the first field drawn and focused, as the page's own clock sees it. */
const openForm = async (page: Page): Promise<number> => {
  await page.getByRole("combobox").fill(LARGEST);
  await page.getByRole("option").first().waitFor();
  return page.evaluate(async () => {
    const field = document.querySelector<HTMLInputElement>(".find-item input");
    if (!field) throw new Error("no search");
    const since = performance.now();
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    for (;;) {
      await new Promise((next) => requestAnimationFrame(next));
      if (document.activeElement?.id.startsWith("form-") === true) return performance.now() - since;
    }
  });
};

/** Scrolls through the list and types a filter; the longest time between two frames. */
const longestFrame = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const list = document.querySelector(".virtual-list");
    const field = document.querySelector<HTMLInputElement>(".case-filter input");
    if (!list || !field) throw new Error("no list");
    const frame = () => new Promise<number>((next) => requestAnimationFrame(next));
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    let longest = 0;
    let last = await frame();
    const turn = async (): Promise<void> => {
      const now = await frame();
      longest = Math.max(longest, now - last);
      last = now;
    };
    for (let step = 0; step < 120; step += 1) {
      list.scrollTop += 700;
      await turn();
    }
    for (const text of ["2", "20", "202", "2026", "", "资格", "资", ""]) {
      value?.set?.call(field, text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      for (let wait = 0; wait < 12; wait += 1) await turn();
    }
    return longest;
  });

/** The real window: the largest form opened again and again, and a list of 2,000 open cases scrolled and filtered. */
export const intakeScreens: Bench = {
  ids: ["form-open-p95", "cases-2000-frame"],
  run: async (context) => {
    const node = await DemoNode.start();
    context.defer(() => node.remove());
    const enrol = await fetch(`${node.url}/api/enrol`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code: await node.code("window", "1"), name: "bench" }),
    });
    const device = (await enrol.json()) as EnrolResponse;
    const clerkId = await signIn(node.url, device, { clerkNo: "1001", password: "demo-1001" });
    const line = await openLine(context, node.url, device);
    for (let made = 0; made < CASES; made += CHUNK) {
      const commands = Array.from({ length: CHUNK }, (_, at) => {
        const id = String(made + at);
        const intakeId = `bench-${id}`;
        return [
          command(
            "OpenIntake",
            intakeOf({
              intakeId,
              applicantId: `applicant-${id}`,
              items: [appliedItem(`case-${id}`, { promisedLimit: { days: 3 + ((made + at) % 12), unit: "working" } })],
              materials: [requirement("m1", { wishes: [{ caseId: `case-${id}`, necessity: 1, form: 3, copies: 0 }] })],
            }),
            "record",
          ),
          command("FillForm", { intakeId, formId: `form-${id}`, formHash: "a".repeat(64), errors: [] }, "record"),
          command("ReceiveMaterial", { intakeId, key: "m1", receipt: receipt() }, "record"),
          command("AcceptIntake", { intakeId }, "record"),
        ];
      }).flat();
      await line.send(commands, clerkId);
    }
    const terminal = await launchTerminal({
      role: "window",
      node: node.url,
      enrol: await node.code("window", "2"),
      bounds: { x: 0, y: 0, width: 1280, height: 800 },
    });
    context.defer(() => terminal.close());
    const { page } = terminal;
    await page.getByLabel("工号").fill("1002");
    await page.getByLabel("密码").fill("demo-1002");
    await page.getByRole("button", { name: "登录" }).click();
    await page.locator(".work").waitFor();

    await page.keyboard.press("F10");
    const openings: number[] = [];
    for (let opening = 0; opening < OPENINGS; opening += 1) {
      openings.push(await openForm(page));
      await page.keyboard.press("Alt+z");
      await page.locator(".intake-home").waitFor();
    }
    await page.keyboard.press("F11");
    await page.getByText(`${String(CASES)} / ${String(CASES)} 件`).waitFor({ timeout: 60_000 });
    return [
      below(
        {
          id: "form-open-p95",
          unit: "ms",
          ours: percentile(openings, 0.95),
        },
        GOAL_FORM_MS,
      ),
      below(
        {
          id: "cases-2000-frame",
          unit: "ms",
          ours: await longestFrame(page),
        },
        GOAL_FRAME_MS,
      ),
    ];
  },
};
