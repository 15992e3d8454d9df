import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { PROGRESS_PATH } from "../../shared/contract/cases.ts";
import { nextCaseSerial } from "../../shared/domain/case/case-number.ts";
import { mergeMaterials } from "../../shared/domain/case/merge-package.ts";
import type { CommandData, CommandType } from "../../shared/domain/hall/commands.ts";
import { stateDigest } from "../../shared/domain/hall/digest.ts";
import { visibleState } from "../../shared/domain/hall/visible.ts";
import { applicantOf, appliedItem, HASH, intakeOf, receipt } from "../../shared/testing/case-fixture.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import { makeDataDir, post, startCenter, type TestCenter } from "../helpers/center.ts";
import { TestMachine } from "../helpers/test-environment.ts";
import { eventually, startTerminal } from "../helpers/test-terminal.ts";

/*
 * Two windows and a department, each with its own disk, and a real center with a real PostgreSQL.
 *
 * 1. Both windows hold leased case numbers; then the node stops.
 * 2. Each takes intakes in without the node: a package of five items accepted, one told what is missing, one refused.
 *    Numbers are given at once and are all different.
 * 3. One terminal is switched off and on again meanwhile, and still has all of it.
 * 4. The node is back: everything arrives once, in order, nothing twice, no anomaly.
 * 5. The department finds the case of the package in its tray; the applicant's question is answered.
 */

const applicant = applicantOf({ source: "reader" });

describe("a day of intakes without the node", () => {
  let dataDir: string;
  let center: TestCenter;
  const opened: OpenTerminal[] = [];

  beforeAll(async () => {
    dataDir = await makeDataDir();
    center = await startCenter({ dataDir });
  });
  afterAll(async () => {
    await Promise.all(opened.map((terminal) => terminal.close()));
    await center.stop();
  });

  const open = async (device: EnrolResponse, machine: TestMachine, url = center.url): Promise<OpenTerminal> => {
    const terminal = await startTerminal({
      machine,
      role: device.role,
      deviceId: device.deviceId,
      secret: device.secret,
      nodeUrl: url,
      ...(device.counterId === null ? {} : { counterId: device.counterId }),
    });
    opened.push(terminal);
    return terminal;
  };

  const record = async <T extends CommandType>(
    terminal: OpenTerminal,
    type: T,
    data: CommandData<T>,
    personal: { id: string; kind: "applicant" | "form"; value: string }[] = [],
  ): Promise<void> => {
    const outcome = await terminal.send(type, data, { mode: "record", personal });
    expect(["kept", "accepted"], `${type}: ${JSON.stringify(outcome)}`).toContain(outcome.status);
  };

  /** Takes an intake of some items in at a window. @returns its number */
  const takeIn = async (window: OpenTerminal, intakeId: string, departments: readonly string[]): Promise<string> => {
    const deviceId = window.info.credentials?.deviceId ?? "";
    const items = departments.map((name, index) =>
      appliedItem(`${intakeId}-c${String(index)}`, { department: name, itemName: `事项${String(index)}` }),
    );
    const materials = mergeMaterials(
      items.map(({ caseId }, index) => ({
        caseId,
        materials: [{ name: "居民身份证" }, { name: `材料${String(index)}` }],
      })),
    );
    await record(
      window,
      "OpenIntake",
      intakeOf({
        intakeId,
        serial: nextCaseSerial(window.hall.get().caseLeases, deviceId),
        applicantId: `${intakeId}-who`,
        package: items.length > 1 ? { id: "p1", name: "开办餐饮店一件事" } : null,
        items,
        materials: [...materials],
      }),
      [{ id: `${intakeId}-who`, kind: "applicant", value: JSON.stringify(applicant) }],
    );
    await record(window, "FillForm", { intakeId, formId: `${intakeId}-form`, formHash: HASH, errors: [] }, [
      { id: `${intakeId}-form`, kind: "form", value: "{}" },
    ]);
    return window.hall.get().intakes.get(intakeId)?.number ?? "";
  };

  const receiveAll = async (window: OpenTerminal, intakeId: string): Promise<void> => {
    for (const { key } of window.hall.get().intakes.get(intakeId)?.materials ?? [])
      await record(window, "ReceiveMaterial", { intakeId, key, receipt: receipt() });
  };

  it("keeps everything, numbers everything differently, and arrives whole", async () => {
    await center.addClerk("1001");
    await center.addClerk("1002");
    const devices = [await center.enrol("window", "1"), await center.enrol("window", "2")] as const;
    const deskDevice = await center.enrol("desk", null, "市场监管局");
    const machines = [new TestMachine(), new TestMachine()] as const;
    let first = await open(devices[0], machines[0]);
    const second = await open(devices[1], machines[1]);
    for (const [terminal, no] of [
      [first, "1001"],
      [second, "1002"],
    ] as const) {
      await eventually(() => terminal.connection.get().link === "online");
      expect((await terminal.login(no, `pw-${no}`)).ok).toBe(true);
      expect(await terminal.send("LeaseCaseNumbers", {}, { mode: "claim" })).toMatchObject({ status: "accepted" });
    }
    const url = new URL(center.url);
    await center.stop();
    await eventually(
      () => [first, second].every((terminal) => terminal.connection.get().link === "offline"),
      "offline",
      20_000,
    );

    const five = ["市场监管局", "税务局", "公安局", "人社局", "卫健委"];
    const packageNumber = await takeIn(first, "i1", five);
    await receiveAll(first, "i1");
    await record(first, "AcceptIntake", { intakeId: "i1" });
    await takeIn(second, "i2", ["教育局"]);
    await record(second, "IssueCorrection", { intakeId: "i2", correctionId: "n1", repeatReason: null });
    await takeIn(second, "i3", ["教育局"]);
    await record(second, "RefuseIntake", { intakeId: "i3", reason: "不属于本机关职权", remedies: ["行政复议"] });
    await takeIn(first, "i4", ["教育局"]);
    expect(first.hall.get().cases.get("i1-c4")).toMatchObject({ number: `${packageNumber}-05`, state: "inTray" });
    expect(
      second.hall
        .get()
        .intakes.get("i2")
        ?.corrections[0]?.materials.map(({ name }) => name),
    ).toEqual(["居民身份证", "材料0"]);

    await first.close();
    first = await open(devices[0], machines[0]);
    expect(first.hall.get().intakes.get("i1")).toMatchObject({ state: "accepted", number: packageNumber });

    center = await startCenter({ dataDir, port: Number(url.port) });
    const { hall } = await center.context.halls.get(center.hallId ?? "");
    const desk = await open(deskDevice, new TestMachine());
    for (const [terminal, device] of [
      [first, devices[0]],
      [second, devices[1]],
      [desk, deskDevice],
    ] as const) {
      const { role, deviceId, counterId } = device;
      const viewer = { role, deviceId, counterId, department: device === deskDevice ? "市场监管局" : null };
      await eventually(
        () =>
          terminal.connection.get().outbox === 0 &&
          hall.state.intakes.size === 4 &&
          stateDigest(terminal.hall.get()) === stateDigest(visibleState(hall.state, viewer)),
        `${role} agrees`,
        30_000,
      );
      expect(terminal.notices.get()).toEqual([]);
    }
    const numbers = [...hall.state.cases.values()].map(({ number }) => number);
    expect(numbers).toHaveLength(8);
    expect(new Set(numbers).size).toBe(8);
    expect(hall.state.anomalies).toEqual([]);
    expect([...desk.hall.get().cases.keys()]).toEqual(["i1-c0"]);
    const answer = await post(`${center.url}${PROGRESS_PATH}`, { number: packageNumber, last4: "5678" });
    expect(answer).toMatchObject({ status: 200 });
    expect((answer.body as { cases: unknown[] }).cases).toHaveLength(5);
  }, 120_000);
});
