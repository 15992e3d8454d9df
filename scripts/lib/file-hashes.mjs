import { createHash } from "node:crypto";
import { createReadStream, lstatSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

const sha256Of = async (file) => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
};

/** The list of an installed program's files, relative to its folder, that `--doctor` and `sha256sum -c` compare with. */
export const FILE_HASHES = "resources/files.sha256";

/** Writes the list below `folder`, in the form of sha256sum. */
export const writeFileHashes = async (folder) => {
  const files = readdirSync(folder, { recursive: true }).filter((name) => lstatSync(join(folder, name)).isFile());
  const lines = [];
  for (const name of files.filter((each) => each !== FILE_HASHES).sort())
    lines.push(`${await sha256Of(join(folder, name))}  ${name}\n`);
  writeFileSync(join(folder, FILE_HASHES), lines.join(""));
};
