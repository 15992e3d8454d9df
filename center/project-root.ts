import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds `data/`: above center/ in the source, above dist/center/ in the build. */
export const projectRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "data", "demo-hall.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("the folder data/ of the program is missing");
    folder = parent;
  }
  return folder;
};
