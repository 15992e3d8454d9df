import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { deleteTornData, setTornDataAside } from "./torn-data.ts";

let userData: string;
let failures: unknown[];
const setAside = (now: number): readonly string[] => setTornDataAside(userData, now, (error) => failures.push(error));
beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), "torn-data-"));
  failures = [];
});
afterEach(() => rmSync(userData, { recursive: true, force: true }));

const databaseOf = (screen: string, files: Readonly<Record<string, string>>): void => {
  const folder = join(userData, "Partitions", screen, "IndexedDB", "app_service-hall_0.indexeddb.leveldb");
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
};
const SOUND = { CURRENT: "MANIFEST-000001\n", "MANIFEST-000001": "x", "000003.log": "x" };

it("moves the databases of a screen aside whose list of files is gone, with all that is left in them", () => {
  databaseOf("public", { CURRENT: "MANIFEST-000001\n", "000003.log": "x" });
  databaseOf("staff", SOUND);
  expect(setAside(7)).toEqual([join(userData, "Partitions", "public", "IndexedDB.torn-7")]);
  expect(existsSync(join(userData, "Partitions", "public", "IndexedDB"))).toBe(false);
  const aside = join(userData, "Partitions/public/IndexedDB.torn-7/app_service-hall_0.indexeddb.leveldb");
  expect(readdirSync(aside).sort()).toEqual(["000003.log", "CURRENT"]);
  expect(existsSync(join(userData, "Partitions", "staff", "IndexedDB"))).toBe(true);
  expect(setAside(8)).toEqual([]);
});

it("leaves alone what Chromium can open or makes anew by itself, and a terminal without data", () => {
  expect(setAside(7)).toEqual([]);
  databaseOf("public", SOUND);
  databaseOf("staff", { "MANIFEST-000001": "x", "000003.log": "x" });
  mkdirSync(join(userData, "Partitions", "other"));
  expect(setAside(7)).toEqual([]);
});

it.each(["", "\0".repeat(16), "../../other\n"])("moves one aside whose CURRENT names no list: %j", (CURRENT) => {
  databaseOf("public", { ...SOUND, CURRENT });
  expect(setAside(7)).toHaveLength(1);
});

it("looks at the other screens although one cannot be looked at", () => {
  databaseOf("broken", SOUND);
  const current = join(userData, "Partitions/broken/IndexedDB/app_service-hall_0.indexeddb.leveldb/CURRENT");
  rmSync(current);
  mkdirSync(current);
  databaseOf("public", { CURRENT: "MANIFEST-000001\n" });
  expect(setAside(7)).toHaveLength(1);
  expect(failures).toHaveLength(1);
});

it("keeps the newest two of a screen, and none when the terminal leaves its hall", () => {
  for (const now of [9, 10, 11]) {
    databaseOf("public", { CURRENT: "" });
    expect(setAside(now)).toHaveLength(1);
  }
  const left = (): string[] => readdirSync(join(userData, "Partitions/public")).sort();
  expect(left()).toEqual(["IndexedDB.torn-10", "IndexedDB.torn-11"]);
  deleteTornData(userData);
  expect(left()).toEqual([]);
});
