/** npm run check: types, lint with the folder borders, format, unused code, images of each schema, translations; two at a time. */
import { binOf, collect, isMain, main, say, seconds } from "./lib/base.mjs";
import { ensureNodeModules } from "./lib/setup.mjs";

const AT_ONCE = 2;

/** The slowest first, so that the two lanes end together. Rules that need types are oxlint's: it reads them ten times as fast. */
const checks = () => [
  { name: "format", args: [binOf("prettier"), "--check", "--log-level", "warn", "."], help: "npx prettier --write ." },
  { name: "lint", args: [binOf("eslint"), ".", "--max-warnings", "0"] },
  { name: "types", args: [binOf("typescript-7", "tsc"), "-p", "tsconfig.json", "--noEmit", "--pretty"] },
  { name: "lint by types", args: [binOf("oxlint"), "--deny-warnings", "."] },
  { name: "unused code", args: [binOf("knip"), "--no-progress", "--no-config-hints"] },
  {
    name: "images",
    args: ["scripts/check-images.mjs"],
    help: "WRITE_GOLDEN=upgrade npx vitest run tests/golden/upgrade",
  },
  { name: "translations", args: ["scripts/check-locales.mjs"] },
  { name: "dependencies", args: ["scripts/audit.mjs"] },
];

const runCheck = async ({ name, args, help }) => {
  const since = performance.now();
  const { code, output } = await collect(process.execPath, args, { env: { ...process.env, FORCE_COLOR: "0" } });
  say(`${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(13)} ${seconds(since)}`);
  return { name, code, output, help };
};

/** Runs all checks and returns the names of those that failed, after their output. */
export const check = async () => {
  const queue = checks();
  const results = [];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results.push(await runCheck(next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const failed = results.filter(({ code }) => code !== 0);
  for (const { name, output, help } of failed) {
    say(
      `\n── ${name} ${"─".repeat(Math.max(0, 60 - name.length))}\n${output.trim()}${help ? `\nTo mend it: ${help}` : ""}`,
    );
  }
  return failed.map(({ name }) => name);
};

if (isMain(import.meta.url)) {
  await main(async () => {
    const since = performance.now();
    await ensureNodeModules();
    const failed = await check();
    say(failed.length === 0 ? `All checks passed in ${seconds(since)}.` : `\nFailed: ${failed.join(", ")}.`);
    return failed.length === 0 ? 0 : 1;
  });
}
