/** npm run bench -- [--json FILE] [--only ID,…] [--rounds N]: figures of this program beside its references. */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { benches } from "./benches.ts";
import type { BenchResult } from "./lib/measure.ts";
import { scoped } from "./lib/scope.ts";
import { table } from "./lib/table.ts";

const { values } = parseArgs({
  options: { json: { type: "string" }, only: { type: "string" }, rounds: { type: "string", default: "3" } },
});
const only = values.only?.split(",").map((id) => id.trim());
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const known = benches.flatMap((bench) => bench.ids);
const unknown = only?.filter((id) => !known.includes(id)) ?? [];
if (unknown.length > 0) {
  say(`Unknown: ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
  process.exit(2);
}

const results: BenchResult[] = [];
const failed: string[] = [];
for (const bench of benches) {
  if (only && !bench.ids.some((id) => only.includes(id))) continue;
  say(`${bench.ids.join(", ")} …`);
  try {
    const rows = await scoped({ rounds: Number(values.rounds), say }, (context) => bench.run(context));
    results.push(...rows.filter((row) => !only || only.includes(row.id)));
  } catch (error) {
    failed.push(...bench.ids);
    say(`  could not be measured: ${(error as Error).stack ?? String(error)}`);
  }
  // Written after each bench: an interrupted run keeps what it has measured.
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
}
process.stdout.write(table(results));
if (failed.length > 0) say(`Not measured: ${failed.join(", ")}.`);
process.exit(failed.length > 0 ? 1 : 0);
