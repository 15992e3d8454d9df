import { fork } from "node:child_process";
import type { BenchContext } from "./bench.ts";

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
}

/** Starts a plain JavaScript server as a process of its own; it tells its address by a message. */
export const startServer = async (
  context: BenchContext,
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> => {
  const child = fork(file, { env: { ...process.env, ...env }, execArgv: [] });
  context.defer(() => child.kill());
  return new Promise((done, fail) => {
    child.once("message", ({ url }: { url: string }) => done({ url, pid: child.pid ?? 0 }));
    child.once("exit", (code) => fail(new Error(`${file} ended with ${String(code)}`)));
  });
};
