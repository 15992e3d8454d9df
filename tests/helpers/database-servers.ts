import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Names the folder of the servers that worker-database.ts starts, one a worker. */
export const SERVERS_FOLDER = "SERVICE_HALL_TEST_SERVERS";

const stopServer = async (folder: string): Promise<void> => {
  const pidFile = join(folder, "pg", "postmaster.pid");
  if (!existsSync(pidFile)) return;
  // At once: nothing of it is kept.
  process.kill(Number((await readFile(pidFile, "utf8")).split("\n")[0]), "SIGQUIT");
  while (existsSync(pidFile)) await sleep(20);
};

/** Before the first test file: a place for the workers' servers. @returns stops and removes them after the last one */
// eslint-disable-next-line no-restricted-syntax -- Vitest reads the default export.
export default async (): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), "service-hall-servers-"));
  // As root the database runs as another user, who must be able to get there.
  await chmod(folder, 0o755);
  process.env[SERVERS_FOLDER] = folder;
  return async () => {
    await Promise.all((await readdir(folder)).map((worker) => stopServer(join(folder, worker))));
    await rm(folder, { recursive: true, force: true });
  };
};
