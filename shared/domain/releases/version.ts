import { z } from "zod";

/** Three numbers with points. */
export const versionSchema = z
  .string()
  .max(20)
  .regex(/^(0|[1-9]\d{0,4})(\.(0|[1-9]\d{0,4})){2}$/);

/** Negative: `a` is older than `b`; 0: the same. Both fit `versionSchema`. */
export const compareVersions = (a: string, b: string): number => {
  const [ofA, ofB] = [a.split(".").map(Number), b.split(".").map(Number)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (ofA[at] ?? 0) - (ofB[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};
