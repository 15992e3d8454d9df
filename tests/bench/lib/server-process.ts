import { fork } from "node:child_process";
import type { BenchContext } from "./bench.ts";

/** Starts a plain JavaScript server as a process of its own; it tells its address by a message. */
export const startServer = async (
  context: BenchContext,
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<string> => {
  const child = fork(file, { env: { ...process.env, ...env }, execArgv: [] });
  context.defer(() => child.kill());
  return new Promise((done, fail) => {
    child.once("message", (message: { url: string }) => done(message.url));
    child.once("exit", (code) => fail(new Error(`${file} ended with ${String(code)}`)));
  });
};
