import { statfs } from "node:fs/promises";
import { app } from "electron";

const MB = 1_000_000;

/** Room on the disk that holds the terminal's data, in millions of bytes. @throws when it cannot be asked */
export const freeDiskMb = async (): Promise<number> => {
  const { bavail, bsize } = await statfs(app.getPath("userData"));
  return Math.round((bavail * bsize) / MB);
};
