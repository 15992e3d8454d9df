/**
 * npm run audit: the packages of the program are pinned, known by their checksum, under licences that were allowed; and the
 * registry knows of no serious hole in those of the product. A registry that cannot be asked is said and is no failure.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { isMain, main, npmCommand, readJson, ROOT, say } from "./lib/base.mjs";
import { dependencyFaults, readAudit } from "./lib/dependencies.mjs";

const ASK = ["audit", "--omit=dev", "--json", "--fetch-retries=0", "--fetch-timeout=10000"];

if (isMain(import.meta.url)) {
  await main(() => {
    const faults = dependencyFaults(
      readJson(join(ROOT, "package.json"), {}),
      readJson(join(ROOT, "package-lock.json"), { packages: {} }),
    );
    const [npm, ...first] = npmCommand();
    // Its answer is on standard output alone, and it ends with a failure where there are holes.
    const { stdout } = spawnSync(npm, [...first, ...ASK], { cwd: ROOT, encoding: "utf8", timeout: 30_000 });
    const { serious, unavailable } = readAudit(stdout ?? "");
    for (const fault of [...faults, ...serious]) say(fault);
    if (unavailable !== null) say(`Known holes were not looked up: ${unavailable}`);
    if (faults.length + serious.length > 0) return 1;
    say(unavailable === null ? "All packages are well." : "What the lock file says is well.");
    return 0;
  });
}
