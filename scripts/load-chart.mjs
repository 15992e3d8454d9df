/** node scripts/load-chart.mjs --out FILE.svg RUN.json …: how the figures of `npm run load` grow with halls, as a chart and as a table. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({ options: { out: { type: "string" } }, allowPositionals: true });
if (values.out === undefined || positionals.length === 0) {
  process.stderr.write("node scripts/load-chart.mjs --out FILE.svg RUN.json …\n");
  process.exit(2);
}
const runs = positionals
  .flatMap((file) => JSON.parse(readFileSync(file, "utf8")))
  .toSorted((left, right) => left.halls - right.halls);

const columns = [
  ["halls", (run) => run.halls],
  ["terminals", (run) => run.terminals],
  ["events/s", (run) => run.eventsPerSecond],
  ["answer p50", (run) => run.answerMs.p50],
  ["p95", (run) => run.answerMs.p95],
  ["p99", (run) => run.answerMs.p99],
  ["board p50", (run) => run.boardMs.p50],
  ["p95", (run) => run.boardMs.p95],
  ["p99", (run) => run.boardMs.p99],
  ["center cores", (run) => run.centerCores],
  ["load cores", (run) => run.loadCores],
  ["KB a terminal", (run) => run.kbPerTerminal],
  ["center MB", (run) => run.centerMb],
];
const line = (cells) => `| ${cells.join(" | ")} |\n`;
process.stdout.write(line(columns.map(([name]) => name)) + line(columns.map(() => "---:")));
for (const run of runs) process.stdout.write(line(columns.map(([, of]) => of(run))));

/** Three panels over the same halls: each with its own unit, from zero up. */
const panels = [
  { title: "events a second", series: [["events/s", "#1b5fbf", (run) => run.eventsPerSecond]] },
  {
    title: "milliseconds from an act to its answer",
    series: [
      ["p50", "#1b5fbf", (run) => run.answerMs.p50],
      ["p95", "#8a5a00", (run) => run.answerMs.p95],
      ["p99", "#b42318", (run) => run.answerMs.p99],
    ],
  },
  {
    title: "processor cores",
    series: [
      ["center and database", "#1b5fbf", (run) => run.centerCores],
      ["the load itself", "#8a5a00", (run) => run.loadCores],
    ],
  },
];
const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [360, 260, 48, 52, 16, 36];
const most = Math.max(...runs.map(({ halls }) => halls));

const panel = ({ title, series }, at) => {
  const top = Math.max(...series.flatMap(([, , of]) => runs.map(of)), 0.001);
  const x = (run) => LEFT + ((WIDTH - LEFT - RIGHT) * run.halls) / most;
  const y = (value) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * value) / top;
  const text = (left, height, words, more = "") => `<text x="${left}" y="${height}" ${more}>${words}</text>`;
  const number = (value) => Number(value.toPrecision(3));
  const axis = [0, top / 2, top].map(
    (value) =>
      `<path d="M${LEFT} ${y(value)}H${WIDTH - RIGHT}" stroke="#d5dae1"/>${text(LEFT - 6, y(value) + 4, number(value), 'text-anchor="end"')}`,
  );
  const halls = runs.map((run) => text(x(run), HEIGHT - BOTTOM + 18, run.halls, 'text-anchor="middle"'));
  const lines = series.map(([name, color, of], index) => {
    const points = runs.map((run) => `${x(run)},${y(of(run))}`);
    const dots = runs.map((run) => `<circle cx="${x(run)}" cy="${y(of(run))}" r="3" fill="${color}"/>`).join("");
    const key = text(LEFT + (index * (WIDTH - LEFT - RIGHT)) / series.length, 38, `● ${name}`, `fill="${color}"`);
    return `<polyline points="${points.join(" ")}" fill="none" stroke="${color}" stroke-width="2"/>${dots}${key}`;
  });
  const head = text(LEFT, 18, title, 'font-weight="bold"');
  return `<g transform="translate(${at * WIDTH} 0)">${head}${axis.join("")}${halls.join("")}${lines.join("")}</g>`;
};
writeFileSync(
  values.out,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH * panels.length} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#1f2937">` +
    `<rect width="100%" height="100%" fill="#fff"/>${panels.map(panel).join("")}` +
    `<text x="${(WIDTH * panels.length) / 2}" y="${HEIGHT - 2}" text-anchor="middle">halls homed at one center</text></svg>\n`,
);
