import { randomBytes } from "node:crypto";
import { link, open, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes the entries of a folder last over a power cut. Windows cannot and need not. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * Makes a new file that only its owner may read, whole and on the disk when this returns. Keys and passwords are written
 * once and needed for ever: after a power cut an unsynced one would be an empty file.
 * @throws with code EEXIST when the file is there already
 */
export const createDurably = async (file: string, content: string | Uint8Array): Promise<void> => {
  const temporary = `${file}.${randomBytes(6).toString("hex")}`;
  const handle = await open(temporary, "wx", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(file));
};
