import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { documentLines, type PaperDocument } from "./document.ts";

/**
 * Holds a paper to the text of its golden file, which was read by a person; a change of a text is a change of that file in the
 * same commit. A new one is written with `GOLDEN_NEW=1`.
 */
export const expectGolden = (name: string, document: PaperDocument): void => {
  const file = join(import.meta.dirname, "../../../tests/golden/documents", `${name}.txt`);
  const read = `${documentLines(document).join("\n")}\n`;
  if (!existsSync(file) && process.env["GOLDEN_NEW"] === "1") writeFileSync(file, read);
  expect(read).toBe(readFileSync(file, "utf8"));
};
