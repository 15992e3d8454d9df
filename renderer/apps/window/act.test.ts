import { beforeEach, describe, expect, it } from "vitest";
import type { CommandData, CommandMode, CommandType } from "../../../shared/domain/hall/commands.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { clerk, kiosk, TestHall, ticketWish } from "../../../shared/testing/hall-fixture.ts";
import type { SendOutcome } from "../../store/terminal.ts";
import { callNext, goOnWithoutNode, isCallOpen, perform, type ActPort } from "./act.ts";
import { leaveCounter } from "./leave-counter.ts";

const W1 = clerk("w1");

/** A terminal at counter 1 of a test hall, whose line to the node can be cut or made deaf. */
class Desk implements ActPort {
  readonly hall = new TestHall();
  readonly sent: string[] = [];
  line: "up" | "down" | "deaf" = "up";
  private nextId = 500;

  constructor() {
    this.hall.give(W1, "OpenCounter", { counterId: "1" });
  }

  take(ticketId: string): void {
    this.hall.give(kiosk(), "TakeTicket", ticketWish(ticketId));
    this.hall.now += 1_000;
  }

  state = (): HallState => this.hall.state;

  send: ActPort["send"] = async <T extends CommandType>(
    type: T,
    data: CommandData<T>,
    { mode }: { readonly mode: CommandMode },
  ): Promise<SendOutcome> => {
    await Promise.resolve();
    this.nextId += 1;
    const id = `00000000-0000-7000-8000-${String(this.nextId).padStart(12, "0")}`;
    this.sent.push(`${mode} ${type}`);
    if (mode === "claim" && this.line === "down") return { status: "offline" };
    if (mode === "claim" && this.line === "deaf") return { status: "unanswered", commandId: id };
    const decision = this.hall.apply(W1, this.hall.command(type, data, { mode, id }));
    if (!decision.ok) return { status: "refused", commandId: id, refusal: decision.error };
    return mode === "claim" ? { status: "accepted", commandId: id, seq: 1 } : { status: "kept", commandId: id };
  };
}

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});

describe("calling the next person", () => {
  it("lets the node pick while it can be reached", async () => {
    desk.take("t1");
    desk.take("t2");
    expect(await callNext(desk, "1", { offlineAgreed: false })).toEqual({ status: "done" });
    expect(desk.state().counters.get("1")?.ticketId).toBe("t1");
    expect(desk.sent).toEqual(["claim CallNext"]);
  });

  it("hands back the node's refusal", async () => {
    expect(await callNext(desk, "1", { offlineAgreed: false })).toMatchObject({
      status: "refused",
      refusal: { code: "nobody_waiting" },
    });
  });

  it("asks before it calls from its own share of the line, and records nothing until then", async () => {
    desk.take("t1");
    desk.line = "down";
    expect(await callNext(desk, "1", { offlineAgreed: false })).toEqual({ status: "askOffline" });
    expect(desk.sent).toEqual(["claim CallNext"]);
    expect(desk.state().tickets.get("t1")?.state).toBe("waiting");
  });

  it("records whom it called once the clerk has agreed", async () => {
    desk.take("t1");
    desk.line = "down";
    expect(await callNext(desk, "1", { offlineAgreed: true })).toEqual({ status: "done" });
    expect(desk.sent).toEqual(["claim CallNext", "record CallNext"]);
    expect(desk.state().tickets.get("t1")).toMatchObject({ state: "called", counterId: "1" });
  });

  it("says so when its share is empty", async () => {
    desk.line = "down";
    expect(await callNext(desk, "1", { offlineAgreed: true })).toEqual({ status: "nobodyOffline" });
  });

  it("leaves an unanswered call open for the clerk to decide", async () => {
    desk.take("t1");
    desk.line = "deaf";
    const result = await callNext(desk, "1", { offlineAgreed: false });
    expect(result.status).toBe("unansweredCall");
    if (result.status !== "unansweredCall") return;
    expect(isCallOpen(desk.state(), result.callCommandId)).toBe(true);
  });

  it("takes the unanswered call back before it calls alone", async () => {
    desk.take("t1");
    desk.line = "deaf";
    const result = await callNext(desk, "1", { offlineAgreed: false });
    if (result.status !== "unansweredCall") throw new Error("expected an unanswered call");
    expect(await goOnWithoutNode(desk, "1", result.callCommandId)).toEqual({ status: "done" });
    expect(desk.sent).toEqual(["claim CallNext", "record WithdrawCall", "record CallNext"]);
    expect(isCallOpen(desk.state(), result.callCommandId)).toBe(false);
    expect(desk.state().counters.get("1")?.ticketId).toBe("t1");
    expect(desk.state().anomalies).toEqual([]);
  });
});

describe("acts on the ticket at the counter", () => {
  beforeEach(async () => {
    desk.take("t1");
    await callNext(desk, "1", { offlineAgreed: false });
    desk.sent.length = 0;
  });

  it("are facts of the room, with and without the network", async () => {
    for (const line of ["up", "down", "deaf"] as const) {
      desk.line = line;
      await perform(desk, "RecallTicket", { ticketId: "t1", counterId: "1" });
    }
    expect(await perform(desk, "BeginService", { ticketId: "t1", counterId: "1" })).toEqual({ status: "done" });
    expect(new Set(desk.sent)).toEqual(new Set(["record RecallTicket", "record BeginService"]));
    expect(desk.state().tickets.get("t1")).toMatchObject({ state: "serving", calls: 4 });
    expect(desk.state().anomalies).toEqual([]);
  });

  it("asks before a transfer, and records it when nobody can be asked", async () => {
    desk.line = "down";
    await perform(desk, "BeginService", { ticketId: "t1", counterId: "1" });
    const data = { ticketId: "t1", counterId: "1", toBusinessId: "B", toCounterId: null, reason: "取错业务" };
    expect(await perform(desk, "TransferTicket", data)).toEqual({ status: "done" });
    expect(desk.sent.slice(1)).toEqual(["claim TransferTicket", "record TransferTicket"]);
    expect(desk.state().counters.get("1")?.ticketId).toBeNull();
  });

  it("does not leave the counter standing still after a transfer without an answer", async () => {
    desk.line = "deaf";
    const data = { ticketId: "t1", counterId: "1", toBusinessId: "B", toCounterId: null, reason: "取错业务" };
    await perform(desk, "TransferTicket", data);
    expect(desk.state().counters.get("1")?.ticketId).toBeNull();
  });
});

describe("acts on the line beside the counter", () => {
  it("are not done twice when the answer does not come", async () => {
    desk.take("t1");
    desk.line = "deaf";
    expect(await perform(desk, "PinTicket", { ticketId: "t1", reason: "补材料后返回" })).toEqual({
      status: "onItsWay",
    });
    expect(desk.sent).toEqual(["claim PinTicket"]);
  });

  it("hand back what the node refused", async () => {
    desk.take("t1");
    await callNext(desk, "1", { offlineAgreed: false });
    expect(await perform(desk, "PinTicket", { ticketId: "t1", reason: "补材料后返回" })).toMatchObject({
      status: "refused",
      refusal: { code: "ticket_not_waiting" },
    });
  });

  it("do not resume, without the node, what another counter has parked", async () => {
    const W2 = clerk("w2");
    desk.hall.give(W2, "OpenCounter", { counterId: "2" });
    desk.take("t2");
    desk.hall.give(W2, "CallNext", { counterId: "2" });
    desk.hall.give(W2, "BeginService", { ticketId: "t2", counterId: "2" });
    desk.hall.give(W2, "ParkService", { ticketId: "t2", counterId: "2", reason: "补材料" });
    desk.line = "down";
    expect(await perform(desk, "ResumeService", { ticketId: "t2", counterId: "1" })).toEqual({ status: "needsNode" });
  });
});

describe("signing out at a counter", () => {
  const signOut = async (): Promise<void> => {
    await Promise.resolve();
    desk.sent.push("signed out");
  };

  it("closes the counter first, with and without the network", async () => {
    desk.line = "down";
    expect(await leaveCounter(desk, "1", signOut)).toBe("left");
    expect(desk.sent).toEqual(["record CloseCounter", "signed out"]);
    expect(desk.state().counters.get("1")?.state).toBe("closed");
  });

  it("stays while a number is still there, and leaves no contradiction behind", async () => {
    desk.take("t1");
    await callNext(desk, "1", { offlineAgreed: false });
    desk.sent.length = 0;
    expect(await leaveCounter(desk, "1", signOut)).toBe("holdsTicket");
    expect(desk.sent).toEqual([]);
    expect(desk.state().anomalies).toEqual([]);
  });

  it("stays when this terminal could not keep that the counter is closed", async () => {
    desk.send = () => Promise.resolve({ status: "notKept", reason: "disk full" });
    expect(await leaveCounter(desk, "1", signOut)).toBe("notKept");
    expect(desk.sent).toEqual([]);
  });

  it("has nothing to close without an open counter", async () => {
    expect(await leaveCounter(desk, null, signOut)).toBe("left");
    expect(desk.sent).toEqual(["signed out"]);
  });
});
