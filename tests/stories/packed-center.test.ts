import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolResponseSchema } from "../../shared/contract/api.ts";

/** The center as it is installed, in a folder without sources and npm, started as systemd starts it: with next to no environment. */
let folder = "";
let center: ChildProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "service-hall-packed-"));
  // The embedded server runs as another user when the tests run as root.
  chmodSync(folder, 0o755);
  const script = join(import.meta.dirname, "../../scripts/pack-center.mjs");
  const { stageCenter } = (await import(pathToFileURL(script).href)) as {
    readonly stageCenter: (folder: string) => Promise<void>;
  };
  await stageCenter(join(folder, "center"));
  mkdirSync(join(folder, "data"));
}, 120_000);

afterAll(async () => {
  if (center && center.exitCode === null) {
    center.kill("SIGTERM");
    await once(center, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

const env = { PATH: "/usr/sbin:/usr/bin:/bin", SERVICE_HALL_LOG: "silent" };
const command = (...args: string[]) =>
  spawn(join(folder, "center/service-hall-center"), [...args, "--data", join(folder, "data")], {
    cwd: "/",
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });

const firstLine = async ({ stdout }: ChildProcess): Promise<string> => {
  if (!stdout) throw new Error("no output");
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error("it ended without a word");
};

test("the packed center serves its screens, enrols a terminal and proves its log, away from the project", async () => {
  center = command("serve", "--demo", "--renderer", join(folder, "center/dist/renderer"));
  const { url } = JSON.parse(await firstLine(center)) as { url: string };
  expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ ok: true, db: "up" });
  expect((await fetch(`${url}/app/index.html`)).status).toBe(200);

  const code = await firstLine(command("enrol-code", "--role", "kiosk"));
  const enrolled = await fetch(`${url}/api/enrol`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code, name: "大厅东门" }),
  });
  expect(enrolResponseSchema.parse(await enrolled.json()).role).toBe("kiosk");
  expect(JSON.parse(await firstLine(command("verify-log")))).toMatchObject({ ok: true, faults: [] });
}, 60_000);
