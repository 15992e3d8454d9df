import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTerminalJournals, type TerminalJournals } from "./terminal-journals.ts";

let folder: string;
const opened: TerminalJournals[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "terminal-journals-"));
});
afterEach(async () => {
  for (const journals of opened.splice(0)) await journals.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (devices: { readonly main?: string; readonly second?: string }): TerminalJournals => {
  const identity = {
    dataKey: Buffer.alloc(32, 1).toString("base64"),
    credentials: (display: "main" | "second") => {
      const deviceId = devices[display];
      return deviceId === undefined ? null : { deviceId, secret: "" };
    },
  };
  const journals = openTerminalJournals(join(folder, "outbox"), identity, { write: () => undefined });
  opened.push(journals);
  return journals;
};

describe("the journals of a computer", () => {
  it("count what waits on the applicant's screen too, which nobody has opened since the start", async () => {
    const before = open({ main: "window-1", second: "review-1" });
    await before.of("second")?.change([{ key: "a", text: "a review" }], []);
    await before.close();
    const setup = open({ main: "window-1", second: "review-1" });
    expect(await setup.countUnsent()).toBe(1);
    await setup.of("second")?.change([], ["a"]);
    expect(await setup.countUnsent()).toBe(0);
  });

  it("hold nothing where there is no hall, and name no file outside of their folder", async () => {
    expect(await open({}).countUnsent()).toBe(0);
    expect(open({ main: "../window-1" }).of("main")).toBeNull();
  });

  it("are gone when they are erased", async () => {
    const journals = open({ main: "window-1" });
    await journals.of("main")?.change([{ key: "a", text: "an act" }], []);
    await journals.erase();
    expect(existsSync(join(folder, "outbox"))).toBe(false);
    expect(await journals.countUnsent()).toBe(0);
  });
});
