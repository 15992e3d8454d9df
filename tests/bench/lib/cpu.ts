import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly seconds: number;
}

const readProcess = (pid: number): Process | undefined => {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    const open = stat.indexOf("(");
    const close = stat.lastIndexOf(")");
    const fields = stat.slice(close + 2).split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { pid, parent: Number(fields[1]), name: stat.slice(open + 1, close), seconds: ticks / TICKS_PER_SECOND };
  } catch {
    return undefined;
  }
};

/**
 * Processor time that a process and all below it have used so far, in seconds. Says more than the clock does while other
 * programs run on the machine. Linux only; 0 elsewhere.
 */
export const cpuSeconds = (root: number): number => {
  let pids: number[];
  try {
    pids = readdirSync("/proc").map(Number).filter(Boolean);
  } catch {
    return 0;
  }
  const processes = pids.flatMap((pid) => readProcess(pid) ?? []);
  const tree = new Set([root]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { pid, parent } of processes)
      if (tree.has(parent) && !tree.has(pid)) {
        tree.add(pid);
        grown = true;
      }
  }
  return processes.filter(({ pid }) => tree.has(pid)).reduce((sum, { seconds }) => sum + seconds, 0);
};
