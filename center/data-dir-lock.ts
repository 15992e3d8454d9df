import { readFileSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const LOCK_FILE = "center.pid";

/** When a process was started, so that a pid given to another one is not taken for it; "" where this cannot be told. */
const startOf = (pid: number): string => {
  try {
    // Field 22; the name in field 2 may hold blanks, so count from its closing parenthesis.
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "" : (fields[19] ?? "");
  } catch {
    return "";
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

const holderOf = async (dataDir: string): Promise<number | undefined> => {
  const [pid, start] = (await readFile(join(dataDir, LOCK_FILE), "utf8").catch(() => "")).split(" ");
  return Number(pid) > 0 && isAlive(Number(pid)) && startOf(Number(pid)) === start ? Number(pid) : undefined;
};

/** Whether a center runs on a data folder. */
export const isCenterRunning = async (dataDir: string): Promise<boolean> => (await holderOf(dataDir)) !== undefined;

/**
 * Makes this process the only center on a data folder.
 * @returns gives the folder free again
 * @throws when another center that is alive has it
 */
export const claimDataDir = async (dataDir: string): Promise<() => Promise<void>> => {
  const file = join(dataDir, LOCK_FILE);
  const mine = `${String(process.pid)} ${startOf(process.pid)}`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(file, mine, { flag: "wx" });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = await holderOf(dataDir);
    if (holder !== undefined) throw new Error(`Another center (process ${String(holder)}) already runs on ${dataDir}.`);
    await rm(file, { force: true });
  }
  throw new Error(`The folder ${dataDir} cannot be claimed.`);
};
