import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { BenchContext } from "./bench.ts";

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

/**
 * With BENCH_PROFILE=FOLDER: records where a renderer spends its time and says the functions that take the most of it.
 * @returns the way to stop; does nothing otherwise
 */
export const profile = async (context: BenchContext, name: string, page: Page): Promise<() => Promise<void>> => {
  const folder = process.env["BENCH_PROFILE"];
  if (!folder) return () => Promise.resolve();
  const session = await page.context().newCDPSession(page);
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: 200 });
  await session.send("Profiler.start");
  return async () => {
    const stopped = (await session.send("Profiler.stop")) as { profile: CpuProfile };
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${name.replaceAll(" ", "-")}.cpuprofile`), JSON.stringify(stopped.profile));
    const frames = new Map(stopped.profile.nodes.map((node) => [node.id, node.callFrame]));
    const times = new Map<string, number>();
    (stopped.profile.samples ?? []).forEach((id, at) => {
      const frame = frames.get(id);
      const key = `${frame?.functionName || "(anonymous)"}:${String((frame?.lineNumber ?? -1) + 1)}`;
      times.set(key, (times.get(key) ?? 0) + (stopped.profile.timeDeltas?.[at] ?? 0));
    });
    const top = [...times].sort((left, right) => right[1] - left[1]).slice(0, 22);
    context.say(`  ${name}, own time in ms:`);
    for (const [key, micros] of top) context.say(`    ${(micros / 1000).toFixed(1).padStart(8)}  ${key}`);
  };
};
