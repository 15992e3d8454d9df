import { expect, it } from "vitest";
import { machineOf } from "../../shared/testing/terminal-report.ts";
import type { IpcContext } from "../ipc/handler.ts";
import { terminalFacts } from "../ipc/terminal-facts.ts";

it("tells of tries to get out of an applicant's screen, and not of the clerk's beside it", async () => {
  const facts = machineOf({ escapeTriedMs: 5 });
  const told = async (kind: "public" | "staff") =>
    terminalFacts.handle({
      terminal: { machineFacts: () => Promise.resolve(facts) },
      window: { kind },
    } as unknown as IpcContext);
  expect(await told("public")).toEqual(facts);
  expect(await told("staff")).toEqual({ ...facts, escapeTriedMs: null });
});
