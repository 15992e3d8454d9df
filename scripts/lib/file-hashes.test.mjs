import * as fs from "node:fs";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFileHashes } from "./file-hashes.mjs";
import { findChangedFiles } from "../../electron/doctor/file-hashes.ts";

let folder = "";

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "service-hall-hashes-"));
  mkdirSync(join(folder, "resources"));
  writeFileSync(join(folder, "resources/app.asar"), Buffer.alloc(3_000_000, 7));
  writeFileSync(join(folder, "service-hall"), "program");
  await writeFileHashes(folder);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("as it was packed, nothing is told", async () => {
  expect(await findChangedFiles(fs, folder)).toEqual([]);
});

test("one flipped byte in the archive is told by name", async () => {
  const file = join(folder, "resources/app.asar");
  const bytes = fs.readFileSync(file);
  bytes[1_234_567] = (bytes[1_234_567] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  expect(await findChangedFiles(fs, folder)).toEqual(["resources/app.asar"]);
});

test("a missing file and a line of the list that is none are told", async () => {
  rmSync(join(folder, "service-hall"));
  appendFileSync(join(folder, "resources/files.sha256"), "no hash here\n");
  expect(await findChangedFiles(fs, folder)).toEqual(["service-hall", "resources/files.sha256"]);
});

test("where there is no list, that is said", async () => {
  rmSync(join(folder, "resources/files.sha256"));
  expect(await findChangedFiles(fs, folder)).toBeNull();
});
