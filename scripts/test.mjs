/** npm test [-- unit|e2e|fuzz|faults …]: installs what is missing, builds, and runs every test. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { binOf, LOCAL_CACHE, main, PlainError, readJson, ROOT, run, say, seconds } from "./lib/base.mjs";
import { build } from "./build.mjs";
import { hasE2e, runAllE2e } from "./e2e.mjs";
import { hasFaults, runFaults } from "./faults.mjs";
import { setup } from "./setup.mjs";

/** Half a minute at most; npm run test:fuzz sends more. The same each time, so that a failure is the change's. */
const SHORT_FUZZ_RUN = ["--cases", "500", "--seed", "1"];

/** Enough for each kind of fault once; npm run test:faults does more. */
const SHORT_FAULT_RUN = ["--seed", "1", "--acts", "60", "--quick"];

const heading = (text) => say(`\n══ ${text} ${"═".repeat(Math.max(0, 70 - text.length))}`);

const resultFile = (name) => {
  const file = join(LOCAL_CACHE, "results", `${name}.json`);
  mkdirSync(join(LOCAL_CACHE, "results"), { recursive: true });
  rmSync(file, { force: true });
  return file;
};

/** Terminal colours of an error message. */
const COLOURS = /\u001b\[[0-9;]*m/g;
const SHOWN_LINES = 12;

const failure = (name, message) => ({
  name,
  message: String(message ?? "")
    .replace(COLOURS, "")
    .split("\n")
    .slice(0, SHOWN_LINES)
    .join("\n"),
});

const unitFailures = ({ testResults = [] }) =>
  testResults.flatMap(({ name, message, assertionResults, status }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && status === "failed") return [failure(name, message)];
    return failed.map((test) => failure(`${name} › ${test.fullName}`, test.failureMessages[0]));
  });

const e2eFailures = ({ suites = [], errors = [] }) => {
  const ofSuite = (suite) => [
    ...(suite.specs ?? [])
      .filter((spec) => !spec.ok)
      .map((spec) => {
        const results = spec.tests.flatMap((test) => test.results);
        return failure(`${spec.file}:${spec.line} › ${spec.title}`, results.find(({ error }) => error)?.error.message);
      }),
    ...(suite.suites ?? []).flatMap(ofSuite),
  ];
  return [...errors.map(({ message }) => failure("Playwright", message)), ...suites.flatMap(ofSuite)];
};

const runUnit = async () => {
  const file = resultFile("unit");
  const vitest = [binOf("vitest"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await run(process.execPath, vitest);
  const report = readJson(file, {});
  const { numPassedTests, numFailedTests, numPendingTests } = report;
  return {
    code,
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests,
    failures: unitFailures(report),
  };
};

const runEndToEnd = async () => {
  const files = [];
  const codes = await runAllE2e((lane) => {
    const file = resultFile(`e2e-${lane}`);
    files.push(file);
    return file;
  });
  const reports = files.map((file) => readJson(file, {}));
  const total = (count) => reports.reduce((sum, { stats }) => sum + (stats ? count(stats) : 0), 0);
  return {
    code: codes.find((code) => code !== 0) ?? 0,
    passed: total(({ expected, flaky }) => expected + flaky),
    failed: total(({ unexpected }) => unexpected),
    skipped: total(({ skipped }) => skipped),
    failures: reports.flatMap(e2eFailures),
  };
};

/** One run is one test: the books balance or they do not. */
const runFaultRun = async ({ executable }) => {
  const code = await runFaults(executable, SHORT_FAULT_RUN);
  return { code, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
};

const runFuzz = async () => {
  const code = await run(process.execPath, [join(ROOT, "scripts/fuzz.mjs"), ...SHORT_FUZZ_RUN]);
  return { code, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
};

const PARTS = {
  unit: { title: "Unit tests, stories, real database", run: runUnit, isThere: () => true },
  e2e: { title: "End to end: real Electron on virtual displays", run: runEndToEnd, isThere: hasE2e },
  fuzz: { title: "Fuzz run: bad input to every end point", run: runFuzz, isThere: () => true },
  faults: { title: "Fault run: killed parts, balanced books", run: runFaultRun, isThere: hasFaults },
};

const sum = (results, key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);

await main(async () => {
  const since = performance.now();
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !PARTS[name]);
  if (unknown) throw new PlainError(`There is no part "${unknown}": npm test -- ${Object.keys(PARTS).join("|")}`);
  const names = asked.length > 0 ? asked : Object.keys(PARTS).filter((name) => PARTS[name].isThere());
  const missing = names.find((name) => !PARTS[name].isThere());
  if (missing) throw new PlainError(`The part "${missing}" has no tests yet.`);

  heading("Set-up and build");
  const machine = await setup({ purpose: "test" });
  say(`Node ${process.versions.node}, Electron ${machine.electron.version} (${machine.electron.source})`);
  await build();

  let isStopped = false;
  process.on("SIGINT", () => (isStopped = true));
  const results = [];
  for (const name of names) {
    if (isStopped) break;
    heading(PARTS[name].title);
    const result = await PARTS[name].run(machine);
    // A part that broke down before it could count is a failure too.
    if (result.code !== 0 && !result.failed) result.failed = 1;
    results.push({ name, ...result });
  }

  // Once more at the very end: whoever reads a long log reads its last lines.
  for (const { name, failures = [] } of results) {
    for (const { name: test, message } of failures) {
      heading(`Failed in ${name}`);
      say(`${test}\n${message}`);
    }
  }

  heading("Result");
  for (const { name, code, passed, failed, skipped } of results) {
    const counts = `${passed ?? 0} passed, ${failed ?? 0} failed, ${skipped ?? 0} skipped`;
    say(`${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(7)} ${counts}`);
  }
  const broken = results.filter(({ code }) => code !== 0).map(({ name }) => name);
  if (broken.length > 0) say(`Failed: ${broken.join(", ")} (run one part: npm test -- ${broken[0]})`);
  const skipped = sum(results, "skipped");
  say(`Took ${seconds(since)}.`);
  say(`${sum(results, "passed")} passed, ${sum(results, "failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return broken.length > 0 || isStopped ? 1 : 0;
});
