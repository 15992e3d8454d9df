import { parseArgs } from "node:util";
import { liveHall } from "./hall-days.ts";
import { wholeNumber } from "../helpers/whole-number.ts";

const HELP = `npm run test:storm -- [--days N] [--seed N]
  --days  hall days in virtual time (default 300), three for each hall
  --seed  of the first hall; the others follow (default 1). A hall is repeated by its seed
`;
const DAYS_A_HALL = 3;

const { values } = parseArgs({
  options: {
    days: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const days = wholeNumber(values.days, "--days", 1);
const first = wholeNumber(values.seed, "--seed", 1);
const halls = Math.ceil(days / DAYS_A_HALL);
const sum = { days: 0, acts: 0, faults: 0, events: 0 };
let failed = 0;
const since = performance.now();
for (let seed = first; seed < first + halls; seed += 1) {
  const report = await liveHall(seed, DAYS_A_HALL);
  sum.days += report.days;
  sum.acts += report.acts;
  sum.faults += report.faults;
  sum.events += report.events;
  if (report.violations.length > 0) failed += 1;
  for (const violation of report.violations.slice(0, 5)) say(`! ${violation}`);
  if ((seed - first + 1) % 50 === 0) say(`  ${String(sum.days)} days, ${String(failed)} halls failed`);
}
const seconds = Math.round((performance.now() - since) / 1_000);
say(
  `${String(sum.days)} hall days: ${String(sum.acts)} acts, ${String(sum.faults)} faults, ${String(sum.events)} events, ${String(seconds)} s, ${String(Math.round(process.memoryUsage().heapUsed / 1e6))} MB`,
);
say(failed === 0 ? "ok" : `FAILED: ${String(failed)} of ${String(halls)} halls`);
process.exit(failed === 0 ? 0 : 1);
