import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { planProblems } from "../../shared/domain/hall/plan-problems.ts";
import { hallPlanSchema } from "../../shared/domain/hall/plan.ts";
import { reportOf, reportText } from "../../shared/simulation/report.ts";
import { simulate } from "../../shared/simulation/simulate.ts";
import { projectRoot } from "../project-root.ts";

const HELP = `npm run simulate -- [--days N] [--seed N] [--load SHARE] [--plan FILE] [--json FILE]

  Plays days of a hall on the rules of its plan and shows how long people would wait.
  --days N      working days, default 20
  --seed N      another number, other people; the same number, the same people. Default 1
  --load SHARE  work that comes as a share of what the counters can do, default 0.75
  --plan FILE   the hall's plan to try, JSON; default the sample hall
  --json FILE   the figures as JSON
`;

const numberOf = (name: string, text: string, low: number, high: number): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < low || value > high)
    throw new Error(`--${name} is a number from ${String(low)} to ${String(high)}, not "${text}"`);
  return value;
};

const run = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      days: { type: "string", default: "20" },
      seed: { type: "string", default: "1" },
      load: { type: "string", default: "0.75" },
      plan: { type: "string", default: join(projectRoot(), "data", "demo-hall.json") },
      json: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const days = Math.round(numberOf("days", values.days, 1, 500));
  const seed = Math.round(numberOf("seed", values.seed, 0, 4_294_967_295));
  const load = numberOf("load", values.load, 0.05, 2);
  const parsed = hallPlanSchema.safeParse(JSON.parse(await readFile(values.plan, "utf8")));
  if (!parsed.success) {
    process.stderr.write(`The plan ${values.plan} cannot be used:\n${planProblems(parsed.error).join("\n")}\n`);
    return 1;
  }
  const report = reportOf(simulate({ plan: parsed.data, days, seed, load, firstDay: "2026-11-02" }));
  const heading = `${parsed.data.nameEn}: ${String(days)} working days, seed ${String(seed)}, load ${String(load)}`;
  process.stdout.write(`${reportText(report, heading)}\n`);
  if (values.json !== undefined)
    await writeFile(
      values.json,
      `${JSON.stringify({ plan: parsed.data.hallId, days, seed, load, ...report }, null, 2)}\n`,
    );
  return 0;
};

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
