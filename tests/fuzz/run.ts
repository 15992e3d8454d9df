import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";
import { wholeNumber } from "../helpers/whole-number.ts";

const HELP = `npm run test:fuzz -- [--cases N] [--seed N]
  --cases  how many inputs are sent (default 20000)
  --seed   repeats a run (default: a new one, printed)
`;

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "20000" },
    seed: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const cases = wholeNumber(values.cases, "--cases");
const seed = values.seed === undefined ? Date.now() % 1_000_000 : wholeNumber(values.seed, "--seed");
say(`seed ${String(seed)}, ${String(cases)} cases`);
const { faults, figures } = await fuzz({ cases, seed, say });
for (const [name, value] of Object.entries(figures)) say(`  ${name.padEnd(10)} ${String(value)}`);
for (const fault of faults) say(`  ! ${fault}`);
say(faults.length === 0 ? "ok" : `FAILED: ${String(faults.length)} faults`);
process.exit(faults.length === 0 ? 0 : 1);
