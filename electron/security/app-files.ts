import { readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";

/** The files of the built pages. */
export interface AppFiles {
  /** @param path below the root, plain names only; null: there is no such file, or it lies elsewhere */
  readonly read: (path: string) => Promise<Buffer | null>;
  /** Begins to read what will be asked for soon; each is handed out once. */
  readonly readAhead: (paths: readonly string[]) => void;
}

export const openAppFiles = (root: string): AppFiles => {
  const ahead = new Map<string, Promise<Buffer | null>>();
  let realRoot: Promise<string> | null = null;
  const readNow = async (path: string): Promise<Buffer | null> => {
    try {
      realRoot ??= realpath(root);
      const [base, file] = await Promise.all([realRoot, realpath(join(root, path))]);
      // A symbolic link in the folder must not lead out of it.
      return file.startsWith(base + sep) ? await readFile(file) : null;
    } catch {
      realRoot = null;
      return null;
    }
  };
  return {
    read(path) {
      const begun = ahead.get(path);
      ahead.delete(path);
      return begun ?? readNow(path);
    },
    readAhead(paths) {
      for (const path of paths.map((each) => each.replaceAll("/", sep))) ahead.set(path, readNow(path));
    },
  };
};
