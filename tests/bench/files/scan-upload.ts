import { createHash, randomBytes } from "node:crypto";
import type { OpenTerminal } from "../../../renderer/store/open-terminal.ts";
import { startCenter } from "../../helpers/center.ts";
import { SlowLine } from "../../helpers/slow-line.ts";
import { TestMachine } from "../../helpers/test-environment.ts";
import { eventually, pause, startTerminal } from "../../helpers/test-terminal.ts";
import type { Bench } from "../lib/bench.ts";
import { below, none, percentile } from "../lib/measure.ts";

/** The case; less of it for a quick look: BENCH_SCAN_MB=5. */
const MEGABYTES = Number(process.env["BENCH_SCAN_MB"] ?? 50);
const KBITS = Number(process.env["BENCH_SCAN_KBITS"] ?? 1_000);
const CUTS = [0.3, 0.7];
const CUT_MS = 3_000;
/** Headers, the sync beside it, the two cuts and what was lost in them. */
const MOST_OF_LINE_TIME = 1.25;
const CLAIM_EVERY_MS = 3_000;

/** Asks for something every few seconds while the scan goes out; how long each answer took. */
const claimMeanwhile = async (terminal: OpenTerminal, isOver: () => boolean): Promise<readonly number[]> => {
  const times: number[] = [];
  await terminal.send("OpenCounter", { counterId: "1" }, { mode: "claim" });
  for (let isPaused = false; !isOver(); isPaused = !isPaused) {
    await pause(CLAIM_EVERY_MS);
    if (terminal.connection.get().link !== "online") continue;
    const since = performance.now();
    const outcome = isPaused
      ? await terminal.send("ResumeCounter", { counterId: "1" }, { mode: "claim" })
      : await terminal.send("PauseCounter", { counterId: "1", reason: "测速" }, { mode: "claim" });
    if (outcome.status === "accepted") times.push(performance.now() - since);
  }
  return times;
};

/** A large scan over a slow line with two cuts: whole, in little more than the line's own time, and the clerk not held up. */
export const scanUpload: Bench = {
  ids: ["scan-upload", "scan-upload-whole", "scan-upload-claim"],
  run: async ({ defer, say }) => {
    const center = await startCenter();
    defer(() => center.stop());
    const device = await center.enrol("window", "1");
    await center.addClerk("1001");
    const line = await SlowLine.open(center.url, KBITS);
    defer(() => line.close());
    const { deviceId, secret } = device;
    const machine = new TestMachine();
    const terminal = await startTerminal({ machine, role: "window", deviceId, secret, nodeUrl: line.url });
    defer(() => terminal.close());
    await eventually(() => terminal.connection.get().link === "online", "a line", 30_000);
    await terminal.login("1001", "pw-1001");
    const bytes = new Uint8Array(randomBytes(MEGABYTES * 1_000_000));
    bytes.set([0x25, 0x50, 0x44, 0x46, 0x2d]);
    const hash = createHash("sha256").update(bytes).digest("hex");
    const since = performance.now();
    const kept = await terminal.files.keep(bytes);
    if (!kept.ok) throw new Error(kept.error);
    const keptMs = performance.now() - since;
    let isOver = false;
    const claims = claimMeanwhile(terminal, () => isOver);
    const lineMs = (bytes.length * 8) / KBITS;
    for (const share of CUTS) {
      await eventually(() => terminal.files.progressOf(hash) > share, `${String(share)} is sent`, lineMs * 3);
      say(`  cut at ${String(Math.round(share * 100))} % after ${((performance.now() - since) / 1000).toFixed(0)} s`);
      line.cut();
      await pause(CUT_MS);
      line.mend();
      machine.cameOnline();
    }
    await eventually(() => terminal.files.uploads.get().waiting === 0, "all is sent", lineMs * 3);
    const tookMs = performance.now() - since;
    isOver = true;
    const times = await claims;
    const parts: Buffer[] = [];
    for await (const part of center.context.files.read("test-hall", hash, 0, bytes.length)) parts.push(part);
    const isWhole = createHash("sha256").update(Buffer.concat(parts)).digest("hex") === hash;
    const extra = line.carriedUp / bytes.length - 1;
    return [
      below(
        {
          id: "scan-upload",
          ours: tookMs / lineMs,
          unit: "× the line's own time",
          note: `${String(MEGABYTES)} MB at ${String(KBITS)} kbit/s with ${String(CUTS.length)} cuts: ${(tookMs / 1000).toFixed(0)} s, ${(extra * 100).toFixed(1)} % more bytes than the file; kept on the terminal in ${keptMs.toFixed(0)} ms`,
        },
        MOST_OF_LINE_TIME,
      ),
      none({ id: "scan-upload-whole", ours: isWhole ? 0 : 1, unit: "wrong files", note: "read back and compared" }),
      below(
        {
          id: "scan-upload-claim",
          ours: percentile(times, 0.95),
          unit: "ms p95",
          note: `${String(times.length)} claims answered while the scan went out`,
        },
        1_500,
      ),
    ];
  },
};
