import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openAppFiles, type AppFiles } from "./app-files.ts";

let folder: string;
let files: AppFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "service-hall-app-files-"));
  mkdirSync(join(folder, "app/assets"), { recursive: true });
  writeFileSync(join(folder, "app/assets/a.js"), "first");
  writeFileSync(join(folder, "secret.txt"), "secret");
  files = openAppFiles(join(folder, "app"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const textOf = async (path: string): Promise<string | undefined> => (await files.read(path))?.toString();

it("hands out what was read ahead once, and reads anew after that", async () => {
  files.readAhead(["assets/a.js", "assets/gone.js"]);
  expect(await textOf("assets/a.js")).toBe("first");
  writeFileSync(join(folder, "app/assets/a.js"), "second");
  expect(await textOf("assets/a.js")).toBe("second");
  expect(await textOf("assets/gone.js")).toBeUndefined();
});

it("follows no link out of the folder, asked or ahead", async () => {
  symlinkSync(join(folder, "secret.txt"), join(folder, "app/assets/out.js"));
  files.readAhead(["assets/out.js"]);
  expect(await textOf("assets/out.js")).toBeUndefined();
  expect(await textOf("assets/out.js")).toBeUndefined();
});
