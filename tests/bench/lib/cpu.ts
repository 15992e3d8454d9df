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

/** What a process is for: Chromium's say it, PostgreSQL's are many. */
const kindOf = (pid: number, name: string): string => {
  try {
    const command = readFileSync(`/proc/${String(pid)}/cmdline`, "utf8");
    return /--type=([a-z-]+)/.exec(command)?.[1] ?? (name.startsWith("postgres") ? "postgres" : name);
  } catch {
    return name;
  }
};

/**
 * Processor time that a process and all below it have used so far, in seconds by what they are for. Says more than the
 * clock does while other programs run on the machine. Linux only; nothing elsewhere.
 */
export const cpuSeconds = (root: number): ReadonlyMap<string, number> => {
  let pids: number[];
  try {
    pids = readdirSync("/proc").map(Number).filter(Boolean);
  } catch {
    return new Map();
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
  const used = new Map<string, number>();
  for (const { pid, name, seconds } of processes) {
    if (!tree.has(pid)) continue;
    const kind = kindOf(pid, name);
    used.set(kind, (used.get(kind) ?? 0) + seconds);
  }
  return used;
};

/** What was used between two looks, as text, the largest first. */
export const usedBetween = (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string => {
  const parts = [...after].map(([kind, seconds]) => [kind, seconds - (before.get(kind) ?? 0)] as const);
  const sum = parts.reduce((total, [, seconds]) => total + seconds, 0);
  const large = parts.filter(([, seconds]) => seconds >= 0.03).sort((left, right) => right[1] - left[1]);
  return `${sum.toFixed(2)} (${large.map(([kind, seconds]) => `${kind} ${seconds.toFixed(2)}`).join(", ")})`;
};
