import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "../../helpers/random.ts";

/** Something that may become of the files of a database. */
export interface Tearing {
  /**
   * What the terminal finds of it: some of it, or all that LevelDB could mend; nothing, as Chromium makes it anew; or a list of files that leads nowhere, with
   * which Chromium opens it at no start, so that it is moved aside and nothing of it is found either.
   */
  readonly leaves: "some" | "nothing" | "noList";
  /** Each takes one of the files that are there. */
  readonly tear: (folder: string, random: Random) => void;
}

const filesIn = (folder: string, wanted: RegExp): string[] =>
  readdirSync(folder)
    .filter((name) => wanted.test(name) && statSync(join(folder, name)).size > 0)
    .sort()
    .map((name) => join(folder, name));

const zero = (file: string): void => writeFileSync(file, Buffer.alloc(statSync(file).size));

export const tearings: Readonly<Record<string, Tearing>> = {
  "log cut": {
    leaves: "some",
    tear: (folder, random) => {
      for (const file of filesIn(folder, /\.log$/)) truncateSync(file, random.between(0, statSync(file).size - 1));
    },
  },
  "bits turned": {
    leaves: "some",
    tear: (folder, random) => {
      const file = random.pick(filesIn(folder, /\.(log|ldb)$/));
      const bytes = readFileSync(file);
      for (let turned = 0; turned < 8; turned += 1) {
        const at = random.between(0, bytes.length - 1);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.between(0, 7));
      }
      writeFileSync(file, bytes);
    },
  },
  "file of zeros": { leaves: "some", tear: (folder, random) => zero(random.pick(filesIn(folder, /\.(log|ldb)$/))) },
  "MANIFEST of zeros": { leaves: "nothing", tear: (folder) => filesIn(folder, /^MANIFEST/).forEach(zero) },
  "CURRENT gone": { leaves: "some", tear: (folder) => filesIn(folder, /^CURRENT$/).forEach((file) => rmSync(file)) },
  "CURRENT empty": {
    leaves: "noList",
    tear: (folder) => filesIn(folder, /^CURRENT$/).forEach((file) => truncateSync(file)),
  },
  "MANIFEST gone": {
    leaves: "noList",
    tear: (folder) => filesIn(folder, /^MANIFEST/).forEach((file) => rmSync(file)),
  },
  "data gone": {
    leaves: "nothing",
    tear: (folder) => filesIn(folder, /\.(log|ldb)$/).forEach((file) => rmSync(file)),
  },
};

/** What lies in a folder, file by file. */
export const contentsOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name)).toString("base64")]),
  );
