import { mkdtemp, rm, chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchContext } from "./bench.ts";

/** Runs `work` with a context whose deferred work is undone, last first, when it ends. */
export const scoped = async <T>(
  outer: Pick<BenchContext, "rounds" | "say">,
  work: (context: BenchContext) => Promise<T>,
): Promise<T> => {
  const undo: (() => unknown)[] = [];
  const context: BenchContext = {
    rounds: outer.rounds,
    say: outer.say,
    defer: (step) => void undo.push(step),
    tempFolder: async (name) => {
      const folder = await mkdtemp(join(tmpdir(), `service-hall-bench-${name.replaceAll(/\W+/g, "-")}-`));
      // The database's own user must reach its folder.
      await chmod(folder, 0o755);
      undo.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
      return folder;
    },
  };
  try {
    return await work(context);
  } finally {
    for (const step of undo.reverse()) {
      try {
        await step();
      } catch (error) {
        outer.say(`  (clean-up: ${(error as Error).message})`);
      }
    }
  }
};
