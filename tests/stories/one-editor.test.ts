import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { appliedItem, HASH, intakeOf } from "../../shared/testing/case-fixture.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import { startCenter, type TestCenter } from "../helpers/center.ts";
import { TestMachine } from "../helpers/test-environment.ts";
import { eventually, startTerminal } from "../helpers/test-terminal.ts";

/*
 * Two windows, each with its own disk, and a real center with a real PostgreSQL:
 * 1. What one clerk has open the other one cannot take, with or without a reason, while somebody works on it.
 * 2. Left, it is taken at once.
 * 3. Without an act for the hall's time, it is taken over with a reason; the first clerk's screen learns whose it is.
 * 4. Without the node both go on: what was done stays, and an anomaly tells the desk.
 */

/** The plan's default. */
const TAKE_OVER_MINUTES = 30;

describe("one editor for each intake", () => {
  let center: TestCenter;
  /** Milliseconds that the hall is ahead of the real clock. */
  let ahead = 0;
  const opened: OpenTerminal[] = [];
  const machines: TestMachine[] = [];

  const open = async (counterId: string, clerkNo: string): Promise<OpenTerminal> => {
    const device: EnrolResponse = await center.enrol("window", counterId);
    const machine = new TestMachine();
    machines.push(machine);
    const { deviceId, secret } = device;
    const terminal = await startTerminal({ machine, role: "window", deviceId, secret, nodeUrl: center.url, counterId });
    opened.push(terminal);
    await eventually(() => terminal.connection.get().link === "online");
    expect((await terminal.login(clerkNo, `pw-${clerkNo}`)).ok).toBe(true);
    return terminal;
  };

  beforeAll(async () => {
    center = await startCenter({ clock: () => Date.now() + ahead });
    await center.addClerk("1001");
    await center.addClerk("1002");
  });
  afterAll(async () => {
    await Promise.all(opened.map((terminal) => terminal.close()));
    await center.stop();
  });

  it("is taken, left and taken over; without the node both stand, and the desk is told", async () => {
    const [first, second] = [await open("1", "1001"), await open("2", "1002")];
    const intakeId = uuidv7();
    const record = { mode: "record" } as const;
    const claim = { mode: "claim" } as const;
    const editorAt = (terminal: OpenTerminal): string | null | undefined =>
      terminal.hall.get().intakes.get(intakeId)?.editor?.clerkId;
    const [one, two] = [first.clerk.get()?.clerkId, second.clerk.get()?.clerkId];

    await first.send("OpenIntake", intakeOf({ intakeId, items: [appliedItem(uuidv7())] }), record);
    await eventually(() => editorAt(second) === one, "the second window sees who has it");
    for (const takeOver of [null, "原办理人离岗"])
      expect(await second.send("TakeIntake", { intakeId, takeOver }, claim)).toMatchObject({
        status: "refused",
        refusal: { code: "being_edited" },
      });

    await first.send("LeaveIntake", { intakeId }, record);
    await eventually(() => editorAt(second) === undefined, "nobody has it");
    expect(await second.send("TakeIntake", { intakeId, takeOver: null }, claim)).toMatchObject({ status: "accepted" });
    await eventually(() => editorAt(first) === two, "the first window sees who has it");

    // Nobody touches it for half an hour; a reason is still asked for.
    ahead = (TAKE_OVER_MINUTES + 1) * 60_000;
    expect(await first.send("TakeIntake", { intakeId, takeOver: null }, claim)).toMatchObject({ status: "refused" });
    expect(await first.send("TakeIntake", { intakeId, takeOver: "对方离岗" }, claim)).toMatchObject({
      status: "accepted",
    });
    await eventually(() => editorAt(second) === one, "the second window's screen can say so");

    const fill = { intakeId, formId: uuidv7(), formHash: HASH, errors: [] };
    const late = await second.send("FillForm", fill, record);
    expect(["kept", "accepted"]).toContain(late.status);
    await eventually(() => first.hall.get().intakes.get(intakeId)?.formId === fill.formId, "nothing typed is lost");
    const { hall } = await center.context.halls.get(center.hallId ?? "");
    await eventually(() => hall.state.anomalies.some(({ code }) => code === "being_edited"), "the desk is told");
  });
});
