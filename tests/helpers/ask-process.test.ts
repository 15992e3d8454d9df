import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { ask, toldBy } from "./ask-process.ts";

const started: ChildProcess[] = [];
const start = (script: string): ChildProcess => {
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  started.push(child);
  return child;
};
afterEach(() => started.splice(0).forEach((child) => child.kill("SIGKILL")));

it("hands on what a process tells, and what it answers", async () => {
  const child = start(`process.on("message", ({ n }) => process.send({ n: n + 1 })); process.send({ ready: true });`);
  expect(await toldBy(child)).toEqual({ ready: true });
  expect(await ask(child, { n: 1 })).toEqual({ n: 2 });
  expect(await ask(child, { n: 2 })).toEqual({ n: 3 });
});

it("does not wait for the answer of a process that ends while it is asked, nor for one that has ended", async () => {
  const child = start(`process.on("message", () => process.exit(3)); process.send({ ready: true });`);
  await toldBy(child);
  await expect(ask(child, {})).rejects.toThrow("the process ended: 3");
  await expect(ask(child, {})).rejects.toThrow("the process is gone");
});

it("does not wait for a process that is killed before it has told anything", async () => {
  const child = start("setInterval(() => undefined, 1_000)");
  await once(child, "spawn");
  const told = toldBy(child);
  child.kill("SIGKILL");
  await expect(told).rejects.toThrow("SIGKILL");
});
