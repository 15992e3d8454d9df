import type { Page } from "@playwright/test";
import pg from "pg";
import { addDays, dayOf } from "../../../shared/basics/time.ts";
import { launchTerminal } from "../../e2e/helpers/electron.ts";
import { districtOf, writeYearOfHalls, type YearOrder } from "../city/year-of-halls.ts";
import { wrongPlans } from "../city/hot-queries.ts";
import type { Bench } from "../lib/bench.ts";
import { below, none, percentile } from "../lib/measure.ts";
import { CLERK } from "../node/clerks.ts";
import { roomyPlan, startNode } from "../node/start-node.ts";

const HALLS = 500;
const PER_DISTRICT = 20;
const OPENINGS = 10;
const GOAL_MS = 1_000;

interface Painted {
  /** The frame in which figures and the first halls stand. */
  readonly first: number;
  /** The one in which all halls do. */
  readonly whole: number;
}

/** Presses a button and waits for the frames with its figures, by the page's own clock; each is told one frame later, when it was painted. */
const paintedAfter = (page: Page, button: string, halls: number): Promise<Painted> =>
  page.evaluate(
    async ([name, rows]) => {
      const frame = () => new Promise<number>((next) => requestAnimationFrame(next));
      const press = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name);
      if (!press) throw new Error(`no button ${name}`);
      const since = performance.now();
      press.click();
      const shown = () => document.querySelectorAll(".city-main table:last-of-type tbody tr").length;
      const until = async (isThere: () => boolean): Promise<number> => {
        while (!isThere()) await frame();
        await frame();
        return (await frame()) - since;
      };
      return { first: await until(() => shown() > 0), whole: await until(() => shown() === rows) };
    },
    [button, halls] as const,
  );

const fill = async (page: Page, label: RegExp, value: string): Promise<void> =>
  page.locator(".city-range label").filter({ hasText: label }).locator("input").first().fill(value);

/** The real desk at a city of 500 halls with a year behind them: the city view from the press to the painted figures. */
export const cityFirstPaint: Bench = {
  ids: ["city-first-paint", "city-500-first-paint", "city-plans"],
  run: async (context) => {
    const node = await startNode(context, {
      mode: "city",
      plan: roomyPlan(),
      clerks: [CLERK],
      codes: [{ role: "desk", counterId: null }],
    });
    const now = Date.now();
    const today = dayOf(now, 480);
    const order: YearOrder = { seed: 1, halls: HALLS, perDistrict: PER_DISTRICT, events: 1_000, today, now };
    const client = new pg.Client({ connectionString: node.databaseUrl });
    await client.connect();
    context.defer(() => client.end());
    const since = performance.now();
    const { rows } = await writeYearOfHalls(client, order);
    context.say(`  ${String(rows)} rows in ${((performance.now() - since) / 1_000).toFixed(1)} s`);
    const year = { from: addDays(today, -364), to: today, area: districtOf(0, order) };
    const { asked, wrong } = await wrongPlans(client, "hall-7", year, now);
    for (const each of wrong) context.say(`  ${each}`);

    const terminal = await launchTerminal({
      role: "desk",
      node: node.url,
      enrol: node.codes[0] ?? "",
      bounds: { x: 0, y: 0, width: 1280, height: 800 },
    });
    context.defer(() => terminal.close());
    const { page } = terminal;
    await page.getByLabel("工号").fill(CLERK.clerkNo);
    await page.getByLabel("密码").fill(CLERK.password);
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByRole("button", { name: "全市", exact: true }).waitFor();
    const first = await paintedAfter(page, "全市", HALLS);
    const openings: Painted[] = [];
    const district: number[] = [];
    for (let opening = 0; opening < OPENINGS; opening += 1) {
      await fill(page, /^行政区划代码/u, year.area);
      await fill(page, /^日期从/u, year.from);
      district.push((await paintedAfter(page, "查看", PER_DISTRICT)).whole);
      await page.getByRole("button", { name: "今日", exact: true }).click();
      await page.locator(".city-main").waitFor({ state: "detached" });
      openings.push(await paintedAfter(page, "全市", HALLS));
    }
    const times = (name: keyof Painted): readonly number[] => openings.map((each) => each[name]);
    const p50 = (values: readonly number[]): string => percentile(values, 0.5).toFixed(0);
    if (process.env["BENCH_VERBOSE"]) await page.screenshot({ path: "/tmp/city.png" });
    return [
      below(
        {
          id: "city-first-paint",
          ours: percentile(district, 0.95),
          unit: "ms p95",
          note: `one district of ${String(PER_DISTRICT)} halls, a year, of ${String(HALLS)} halls; p50 ${p50(district)} ms`,
        },
        GOAL_MS,
      ),
      below(
        {
          id: "city-500-first-paint",
          ours: percentile([first.first, ...times("first")], 0.95),
          unit: "ms p95",
          note: `the view opened on all ${String(HALLS)} halls, 30 days: figures and the first halls; p50 ${p50(times("first"))} ms, all halls in the list p50 ${p50(times("whole"))} ms; the very first time, screen loaded too, ${first.first.toFixed(0)} and ${first.whole.toFixed(0)} ms`,
        },
        GOAL_MS,
      ),
      none({
        id: "city-plans",
        ours: wrong.length,
        unit: "plans",
        note: `${String(asked)} statements explained on ${String(rows)} rows; wrong: more than one part of the log, or a table read from end to end`,
      }),
    ];
  },
};
