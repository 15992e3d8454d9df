import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PrinterFault } from "./printer-fault.ts";

const run = promisify(execFile);

const COMMAND_MS = 5_000;
const JOB_MS = 8_000;
const LOOK_MS = 250;

/** The programs of CUPS by name, so that a test can put others in their place. */
export interface QueuePrograms {
  readonly lp: string;
  readonly lpstat: string;
  readonly cancel: string;
}

const installed: QueuePrograms = { lp: "lp", lpstat: "lpstat", cancel: "cancel" };

const ask = async (program: string, args: readonly string[]): Promise<string> => {
  const { stdout } = await run(program, [...args], { timeout: COMMAND_MS, env: { ...process.env, LC_ALL: "C" } });
  return stdout;
};

/**
 * Whether the queue exists and takes jobs. What the printer behind it does, the queue does not tell.
 * @throws PrinterFault
 */
export const checkQueue = async (queue: string, programs: QueuePrograms = installed): Promise<void> => {
  if (process.platform === "win32") return;
  let told: string;
  try {
    told = `${await ask(programs.lpstat, ["-p", queue])}${await ask(programs.lpstat, ["-a", queue])}`;
  } catch {
    throw new PrinterFault("offline");
  }
  if (/\bdisabled\b|not accepting/.test(told)) throw new PrinterFault("offline");
};

const isStillQueued = async (job: string, queue: string, programs: QueuePrograms): Promise<boolean> =>
  (await ask(programs.lpstat, ["-W", "not-completed", "-o", queue])).split("\n").some((line) => line.startsWith(job));

/**
 * Hands the bytes to the queue unchanged ("raw") and waits until the queue has passed them on. A queue never says that
 * paper came out: the best end is "unknown", and the person is asked.
 * @throws PrinterFault always; `failed` when the job is known not to have been printed
 */
export const printToQueue = async (
  queue: string,
  bytes: Uint8Array,
  programs: QueuePrograms = installed,
): Promise<never> => {
  await checkQueue(queue, programs);
  const file = join(tmpdir(), `service-hall-${randomUUID()}.bin`);
  try {
    if (process.platform === "win32") {
      // The spooler takes bytes at the name under which the printer is shared, without a driver touching them.
      await writeFile(`\\\\localhost\\${queue}`, bytes).catch(() => {
        throw new PrinterFault("offline");
      });
      throw new PrinterFault("unknown");
    }
    await writeFile(file, bytes, { mode: 0o600 });
    let job: string | undefined;
    try {
      job = /request id is (\S+)/.exec(await ask(programs.lp, ["-d", queue, "-o", "raw", "--", file]))?.[1];
    } catch {
      throw new PrinterFault("failed");
    }
    if (job === undefined) throw new PrinterFault("unknown");
    const until = performance.now() + JOB_MS;
    while (await isStillQueued(job, queue, programs)) {
      if (performance.now() > until) {
        // A ticket that comes out in an hour is a ghost: nobody stands there any more.
        await ask(programs.cancel, [job]);
        throw new PrinterFault("unknown");
      }
      await new Promise((resolve) => void setTimeout(resolve, LOOK_MS));
    }
    throw new PrinterFault("unknown");
  } finally {
    await rm(file, { force: true });
  }
};
