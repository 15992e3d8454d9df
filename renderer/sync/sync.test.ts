import { afterEach, describe, expect, it } from "vitest";
import type { OpenTerminal } from "../store/open-terminal.ts";
import { ScriptedNode } from "../../tests/helpers/scripted-node.ts";
import { TestMachine } from "../../tests/helpers/test-environment.ts";
import { eventually, startTerminal, type TestTerminalOptions } from "../../tests/helpers/test-terminal.ts";

const opened: OpenTerminal[] = [];
const start = async (options: TestTerminalOptions): Promise<OpenTerminal> => {
  const terminal = await startTerminal(options);
  opened.push(terminal);
  return terminal;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((terminal) => terminal.close()));
});

const wish = (ticketId: string) => ({
  ticketId,
  businessId: "A",
  class: "ordinary" as const,
  itemCode: null,
  itemName: null,
  personKey: null,
});

const hall = (): { node: ScriptedNode; machine: TestMachine; kiosk: () => Promise<OpenTerminal> } => {
  const node = new ScriptedNode();
  node.admit({ role: "kiosk", deviceId: "kiosk-1", counterId: null });
  const machine = new TestMachine();
  node.decideAs(
    { role: "window", deviceId: "w", clerkId: "zhang", counterId: null },
    { type: "OpenCounter", data: { counterId: "1" } },
  );
  return {
    node,
    machine,
    kiosk: () => start({ machine, role: "kiosk", deviceId: "kiosk-1", openSocket: node.openSocket }),
  };
};

const online = (terminal: OpenTerminal): Promise<void> =>
  eventually(() => terminal.connection.get().link === "online", "online");

describe("a terminal and its node", () => {
  it("takes a number: the answer comes with the number on the screen", async () => {
    const { node, kiosk } = hall();
    const terminal = await kiosk();
    await online(terminal);
    const outcome = await terminal.send("TakeTicket", wish("t1"), { mode: "claim" });
    expect(outcome).toMatchObject({ status: "accepted" });
    expect(terminal.hall.get().tickets.get("t1")?.number).toBe("A001");
    expect(node.state.tickets.get("t1")?.number).toBe("A001");
    await terminal.settled();
    expect(terminal.connection.get().outbox).toBe(0);
  });
});
