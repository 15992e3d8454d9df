import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { busyHall } from "./hall/busy-hall.ts";
import { fullHall } from "./hall/full-hall.ts";
import { fullDisk } from "./hall/full-disk.ts";
import { manyDays } from "./hall/many-days.ts";
import { lostPrimary } from "./hall/lost-primary.ts";
import { nodePowerCut } from "./hall/node-power-cut.ts";
import { Random } from "../helpers/random.ts";
import type { FaultContext, FaultReport, Scenario } from "./harness/scenario.ts";
import { clonedTerminal } from "./terminal/cloned-terminal.ts";
import { killedTerminal } from "./terminal/killed-terminal.ts";
import { failedDisk } from "./terminal/failed-disk.ts";
import { fullTerminalDisk } from "./terminal/full-terminal-disk.ts";
import { killedUpgrade } from "./terminal/killed-upgrade.ts";
import { movedNode } from "./terminal/moved-node.ts";
import { tornStore } from "./terminal/torn-store.ts";
import { terminalPowerCut } from "./terminal/terminal-power-cut.ts";
import { wholeNumber } from "../helpers/whole-number.ts";

const scenarios: readonly Scenario[] = [
  busyHall,
  killedTerminal,
  terminalPowerCut,
  nodePowerCut,
  clonedTerminal,
  fullTerminalDisk,
  failedDisk,
  tornStore,
  killedUpgrade,
  movedNode,
  fullDisk,
  fullHall,
  manyDays,
  lostPrimary,
];

const HELP = `npm run test:faults -- [--seed N] [--acts N] [--only WORD] [--quick] [--json FILE]
  --seed   repeats a run (default: a new one, printed)
  --acts   how much is done in each scenario (default 200)
  --only   scenarios whose id or title contains WORD
  --quick  leaves out what takes more than a few seconds
  --json   writes the report there
`;

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    acts: { type: "string", default: "200" },
    only: { type: "string", default: "" },
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const seed = values.seed === undefined ? Date.now() % 1_000_000 : wholeNumber(values.seed, "--seed");
const acts = wholeNumber(values.acts, "--acts");
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const runOne = async (scenario: Scenario): Promise<FaultReport> => {
  const undo: (() => unknown)[] = [];
  const context: FaultContext = {
    random: new Random(seed),
    seed,
    acts,
    say,
    defer: (step) => void undo.push(step),
    tempFolder: async (name) => {
      const folder = await mkdtemp(join(tmpdir(), `service-hall-fault-${name}-`));
      await chmod(folder, 0o755);
      undo.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
      return folder;
    },
  };
  try {
    return await scenario.run(context);
  } catch (error) {
    return { faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)], figures: {} };
  } finally {
    for (const step of undo.reverse()) {
      try {
        await step();
      } catch (error) {
        say(`    (clean-up: ${String(error)})`);
      }
    }
  }
};

say(`seed ${String(seed)}, ${String(acts)} acts`);
const report: unknown[] = [];
let failed = 0;
let passed = 0;
let skipped = 0;
for (const scenario of scenarios) {
  if (!`${scenario.id} ${scenario.title}`.includes(values.only)) continue;
  if (values.quick && scenario.isLong === true) continue;
  const impossible = scenario.impossible?.() ?? null;
  if (impossible !== null) {
    say(`- ${scenario.id}: ${scenario.title}: left out, this machine ${impossible}`);
    skipped += 1;
    continue;
  }
  const since = performance.now();
  const { faults, figures } = await runOne(scenario);
  const seconds = Math.round((performance.now() - since) / 100) / 10;
  const ok = faults.length === 0;
  if (ok) passed += 1;
  else failed += 1;
  say(`${ok ? "ok" : "FAILED"} ${scenario.id}: ${scenario.title} (${String(seconds)} s)`);
  say(
    `    ${Object.entries(figures)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(", ")}`,
  );
  for (const fault of faults.slice(0, 20)) say(`    ! ${fault}`);
  if (faults.length > 20) say(`    ! and ${String(faults.length - 20)} more`);
  report.push({ id: scenario.id, title: scenario.title, seed, acts, ok, seconds, figures, faults });
}
const file = values.json ?? join(process.cwd(), ".cache", "results", "faults.json");
await mkdir(join(file, ".."), { recursive: true });
await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
say(`${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`);
process.exit(failed === 0 ? 0 : 1);
