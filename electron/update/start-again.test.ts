import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

/** The ends and beginnings of a process that Electron was told of. */
const told: string[] = [];
const app = Object.assign(new EventEmitter(), {
  relaunch: ({ args }: { readonly args: readonly string[] }) => void told.push(`relaunch ${args.join(" ")}`),
  exit: (code: number) => void told.push(`exit ${String(code)}`),
  quit: () => {
    let isPrevented = false;
    app.emit("will-quit", { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) told.push("exit 0");
  },
});
vi.mock("electron", () => ({ app }));
const { startAgain } = await import("./start-again.ts");

const ownArguments = process.argv;

describe("a terminal that has to start afresh", () => {
  beforeEach(() => {
    told.length = 0;
    process.argv = ["service-hall", "--role", "setup", "--windowed"];
  });
  afterEach(() => {
    process.argv = ownArguments;
    vi.unstubAllEnvs();
  });

  it("begins the next process itself where nobody watches it, without the set-up that is done", () => {
    startAgain();
    expect(told).toEqual(["relaunch --windowed", "exit 0"]);
  });

  it("leaves that to its launcher, which would take an ordinary end for the last", () => {
    vi.stubEnv("SERVICE_HALL_UP_FILE", "/state/up-0.1.0");
    startAgain();
    expect(told).toEqual(["exit 75"]);
  });
});
