import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, stopLeftOver } from "../../center/db/embedded.ts";
import { createLogger } from "../../center/logger.ts";

/** Names the folder of the servers that worker-database.ts starts, one a worker. */
export const SERVERS_FOLDER = "SERVICE_HALL_TEST_SERVERS";

const PREFIX = "service-hall-servers-";
/** In such a folder: whose it is. */
const OWNER = "owner.json";

const log = createLogger("silent");

interface Owner {
  readonly host: string;
  readonly pid: number;
}

/** A place for the servers of this process's workers. */
export const makeServersFolder = async (parent: string, pid = process.pid): Promise<string> => {
  const folder = await mkdtemp(join(parent, PREFIX));
  // As root the database runs as another user, who must be able to get there.
  await chmod(folder, 0o755);
  const owner: Owner = { host: hostname(), pid };
  await writeFile(join(folder, OWNER), JSON.stringify(owner));
  return folder;
};

/**
 * Stops the servers of a folder and removes it in any case.
 * @throws AggregateError when a server cannot be stopped
 */
export const removeServers = async (folder: string): Promise<void> => {
  const workers = existsSync(folder) ? await readdir(folder) : [];
  const stopped = await Promise.allSettled(workers.map((worker) => stopLeftOver(join(folder, worker, "pg"), log)));
  await rm(folder, { recursive: true, force: true });
  const failures = stopped.filter((each) => each.status === "rejected").map(({ reason }) => reason as unknown);
  if (failures.length > 0) throw new AggregateError(failures, `servers of ${folder} still run`);
};

/** Whether the run that made a folder is over; a folder that does not say whose it is, or another machine's, is left alone. */
const isLeftOver = async (folder: string): Promise<boolean> => {
  const file = join(folder, OWNER);
  if (!existsSync(file)) return false;
  const { host, pid } = JSON.parse(await readFile(file, "utf8")) as Owner;
  return host === hostname() && !isAlive(pid);
};

/** Stops and removes what runs that were killed have left behind. What cannot be removed, another user's, stays and is told. */
export const sweepServers = async (parent: string): Promise<void> => {
  for (const name of await readdir(parent)) {
    const folder = join(parent, name);
    if (!name.startsWith(PREFIX)) continue;
    try {
      if (await isLeftOver(folder)) await removeServers(folder);
    } catch (error) {
      process.stderr.write(`${folder} of an earlier run stays: ${String(error)}\n`);
    }
  }
};

/** Before the first test file: a place for the workers' servers. @returns stops and removes them after the last one */
// eslint-disable-next-line no-restricted-syntax -- Vitest reads the default export.
export default async (): Promise<() => Promise<void>> => {
  await sweepServers(tmpdir());
  const folder = await makeServersFolder(tmpdir());
  process.env[SERVERS_FOLDER] = folder;
  return () => removeServers(folder);
};
