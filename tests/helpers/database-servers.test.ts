import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { EmbeddedDatabase } from "../../center/db/embedded.ts";
import { createLogger } from "../../center/logger.ts";
import { makeDataDir, startCenter } from "./center.ts";
import { makeServersFolder, removeServers, SERVERS_FOLDER, sweepServers } from "./database-servers.ts";
import { freshDatabase, openServer } from "./worker-database.ts";

/** The id of a process that has ended. */
const deadPid = spawnSync(process.execPath, ["-e", ""]).pid;

const leaveStalePid = async (worker: string): Promise<void> => {
  await mkdir(join(worker, "pg"), { recursive: true });
  await writeFile(join(worker, "pg", "postmaster.pid"), `${String(deadPid)}\n`);
};

describe("the folder of the workers' servers", () => {
  let parent: string;
  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), "service-hall-test-"));
  });
  afterAll(() => rm(parent, { recursive: true, force: true }));

  it("goes also when a server of it has died", async () => {
    const folder = await makeServersFolder(parent);
    await leaveStalePid(join(folder, "1"));
    await removeServers(folder);
    expect(existsSync(folder)).toBe(false);
  });

  it("goes at the next start when its run is over, and only then", async () => {
    const left = await makeServersFolder(parent, deadPid);
    await leaveStalePid(join(left, "1"));
    const running = await makeServersFolder(parent);
    const strange = await mkdtemp(join(parent, "service-hall-servers-"));
    await sweepServers(parent);
    expect([left, running, strange].map((each) => existsSync(each))).toEqual([false, true, true]);
  });
});

describe("the server of a worker", () => {
  // In the folder of this run: it goes with the others.
  const folder = join(process.env[SERVERS_FOLDER] ?? "", `opened-${String(process.pid)}`);

  const tablesAt = async (url: string): Promise<number> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rowCount } = await client.query("SELECT 1 FROM pg_tables WHERE tablename IN ('events', 'halls')");
    await client.end();
    return rowCount ?? 0;
  };

  it("is migrated when an earlier file only got to start it, and started again after it was killed", async () => {
    const earlier = new EmbeddedDatabase(folder, createLogger("silent"));
    await mkdir(folder, { mode: 0o755 });
    await earlier.start();
    expect(await tablesAt(await openServer(folder))).toBe(2);

    const pidFile = join(folder, "pg", "postmaster.pid");
    const left = await readFile(pidFile);
    await earlier.stop();
    await writeFile(pidFile, left);
    // As a umask of 077 makes it.
    await chmod(folder, 0o700);
    expect(await tablesAt(await openServer(folder))).toBe(2);
    expect((await stat(folder)).mode & 0o777).toBe(0o755);
  }, 60_000);
});

it("a center that does not start leaves no database and no folder behind", async () => {
  const parent = await makeDataDir();
  const fresh = await freshDatabase();
  if (fresh === undefined) throw new Error("no server");
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  const databases = async (): Promise<readonly { datname: string }[]> =>
    (await client.query<{ datname: string }>("SELECT datname FROM pg_database ORDER BY 1")).rows;
  const before = await databases();
  vi.stubEnv("TMPDIR", parent);
  // An address that is no computer's.
  await expect(startCenter({ host: "192.0.2.1" })).rejects.toThrow("EADDRNOTAVAIL");
  vi.unstubAllEnvs();
  expect(await databases()).toEqual(before);
  expect(await readdir(parent)).toEqual([]);
  await client.end();
  await fresh.remove();
  await rm(parent, { recursive: true, force: true });
}, 60_000);
