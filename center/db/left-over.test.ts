import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { makeDataDir } from "../../tests/helpers/center.ts";
import { eventually } from "../../tests/helpers/test-terminal.ts";
import { createLogger } from "../logger.ts";
import { EmbeddedDatabase } from "./embedded.ts";

/** Longer than a start takes to look for it. */
const DEAD_MS = 1_500;

const idOf = (which: "-u" | "-g"): number => Number(execFileSync("id", [which, "postgres"], { encoding: "utf8" }));

/** As the server: another user's process is none to it. Only once it was started is there such a user. */
const serverUser = () => (process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : {});

/** A process of the server's user that has ended and is not taken off the table as long as its parent sleeps. */
const startZombie = async (): Promise<{ readonly pid: number; readonly end: () => void }> => {
  const parent = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 60"], {
    ...serverUser(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(parent.stdout), "line")) as [string];
  await eventually(() => readFileSync(`/proc/${line}/cmdline`, "utf8") === "");
  return { pid: Number(line), end: () => parent.kill() };
};

it("waits for a server that is dead and still on the system's table, instead of giving up", async () => {
  const dataDir = await makeDataDir();
  const first = new EmbeddedDatabase(dataDir, createLogger("silent"));
  await first.start();
  await first.stop();
  const { pid, end } = await startZombie();
  await writeFile(join(dataDir, "pg/postmaster.pid"), `${String(pid)}\n`);
  const second = new EmbeddedDatabase(dataDir, createLogger("silent"));
  try {
    setTimeout(end, DEAD_MS);
    await expect(second.start()).resolves.toMatchObject({ database: "service_hall" });
  } finally {
    await second.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 60_000);
