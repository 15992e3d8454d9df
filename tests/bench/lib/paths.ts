import { join } from "node:path";

/** The project's folder: `npm run bench` starts there. */
export const ROOT = process.cwd();
export const BENCH = join(ROOT, "tests/bench");
export const PEERS = join(ROOT, ".cache/bench-peers");
