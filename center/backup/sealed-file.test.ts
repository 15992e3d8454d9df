import { randomBytes } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDataDir } from "../../tests/helpers/center.ts";
import { readSealed, writeSealed } from "./sealed-file.ts";

const PASSPHRASE = "a long passphrase 长";
let folder: string;

beforeAll(async () => {
  folder = await makeDataDir();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const linesOf = async function* (lines: readonly string[]): AsyncGenerator<string> {
  await Promise.resolve();
  yield* lines;
};
const readAll = async (path: string, passphrase = PASSPHRASE): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of readSealed(path, passphrase)) lines.push(line);
  return lines;
};

describe("a sealed file", () => {
  const lines = Array.from({ length: 400 }, (_, index) => `${String(index)} 办 ${randomBytes(1_000).toString("hex")}`);
  const path = () => join(folder, "sealed");

  it("gives its lines back, and shows nothing of them", async () => {
    await writeSealed(path(), PASSPHRASE, linesOf(lines));
    expect(await readAll(path())).toEqual(lines);
    const bytes = await readFile(path());
    // Longer than what random bytes say by chance: three of them are a Chinese character in one file of twenty.
    expect(lines.filter((line) => bytes.includes(line.slice(0, 30)))).toEqual([]);
  });

  it.each([
    ["another passphrase", (bytes: Buffer) => bytes, "another"],
    [
      "a flipped bit",
      (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 300_000 ? byte ^ 1 : byte))),
      PASSPHRASE,
    ],
    ["a cut end", (bytes: Buffer) => bytes.subarray(0, bytes.length - 1), PASSPHRASE],
    ["a missing frame", (bytes: Buffer) => bytes.subarray(0, 262_144 + 21 + 38), PASSPHRASE],
    ["something behind it", (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(40)]), PASSPHRASE],
    ["no backup", () => Buffer.from("hello"), PASSPHRASE],
  ])("refuses %s in a sentence", async (_what, change, passphrase) => {
    await writeSealed(path(), PASSPHRASE, linesOf(lines));
    await writeFile(path(), change(await readFile(path())));
    await expect(readAll(path(), passphrase)).rejects.toThrow(/file|passphrase/);
  });
});
