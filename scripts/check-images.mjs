/** Whether the newest image of a hall (tests/golden/upgrade) was made with every migration there is: a landing without one is noticed before the tests run. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isMain, main, ROOT, say } from "./lib/base.mjs";

const MIGRATIONS = join(ROOT, "center/db/migrations");
const IMAGES = join(ROOT, "tests/golden/upgrade");

const migrationIds = () =>
  readdirSync(MIGRATIONS)
    .map((name) => /^(\d{4})-/.exec(name)?.[1])
    .filter((id) => id !== undefined)
    .map(Number);

const idsOfNewestImage = () => {
  const newest = readdirSync(IMAGES)
    .filter((name) => name.endsWith(".json.gz"))
    .sort()
    .at(-1);
  return JSON.parse(gunzipSync(readFileSync(join(IMAGES, newest))).toString("utf8")).node.migrations;
};

if (isMain(import.meta.url)) {
  await main(() => {
    const seen = new Set(idsOfNewestImage());
    const missing = migrationIds().filter((id) => !seen.has(id));
    for (const id of missing) say(`No image of a hall was made with migration ${id}.`);
    return missing.length === 0 ? 0 : 1;
  });
}
