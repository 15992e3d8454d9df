import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { HistoryProof } from "../../center/relay/prove-history.ts";

const run = promisify(execFile);

/** What somebody finds who has the file of a city, Node, and the hall's public key. @param key undefined: he has not */
export const checkProof = async (
  proof: HistoryProof,
  key: string | undefined,
): Promise<{ readonly code: number; readonly text: string }> => {
  const folder = await mkdtemp(join(tmpdir(), "service-hall-proof-"));
  try {
    const file = join(folder, "proof.json");
    await writeFile(file, JSON.stringify(proof));
    const args = ["scripts/check-proof.mjs", file, ...(key === undefined ? [] : [key])];
    return await run(process.execPath, args).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, text: stdout }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
