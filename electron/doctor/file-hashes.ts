import { createHash } from "node:crypto";
import type { ReadStream } from "node:fs";
import { join } from "node:path";

/** Electron's `fs` looks into archives; this needs the bytes of the archive itself (`original-fs`). */
export interface PlainFs {
  readFileSync(file: string, encoding: "utf8"): string;
  createReadStream(file: string): ReadStream;
}

const LIST = "resources/files.sha256";

const hashOf = async (fs: PlainFs, file: string): Promise<string | null> => {
  const hash = createHash("sha256");
  try {
    for await (const chunk of fs.createReadStream(file)) hash.update(chunk as Buffer);
  } catch {
    return null;
  }
  return hash.digest("hex");
};

/**
 * Compares the installed files with the list that was made when they were packed. It finds damage and a change by somebody who
 * left the list alone; who can write here can write the list too: against them stands that the terminal's user cannot.
 * @param folder where the program is installed
 * @returns the files that are missing or other than packed, relative to the folder; null where there is no list
 */
export const findChangedFiles = async (fs: PlainFs, folder: string): Promise<readonly string[] | null> => {
  let list: string;
  try {
    list = fs.readFileSync(join(folder, LIST), "utf8");
  } catch {
    return null;
  }
  const changed: string[] = [];
  for (const line of list.split("\n").filter((each) => each !== "")) {
    const [, hash, name = ""] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (hash === undefined || (await hashOf(fs, join(folder, name))) !== hash) changed.push(name === "" ? LIST : name);
  }
  return changed;
};
