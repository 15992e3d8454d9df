import { readdirSync, readFileSync } from "node:fs";

/** Process ids of everything that a process has started, and what those have started. Linux. */
export const treeOf = (root: number): readonly number[] => {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
    } catch {
      // ended while it was being read
    }
  }
  const found: number[] = [];
  const look = (pid: number): void => {
    for (const child of parents.get(pid) ?? []) {
      found.push(child);
      look(child);
    }
  };
  look(root);
  return found;
};

/** Process ids whose command line names a text, this process left out. Linux. */
export const processesNaming = (text: string): readonly number[] =>
  readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      return readFileSync(`/proc/${name}/cmdline`, "utf8").includes(text) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
