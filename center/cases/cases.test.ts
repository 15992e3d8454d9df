import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { APPLICANT_CASES_PATH, PROGRESS_PATH, REVEAL_PATH } from "../../shared/contract/cases.ts";
import type { Applicant } from "../../shared/domain/case/applicant.ts";
import { toSnapshot } from "../../shared/domain/hall/state.ts";
import { visibleState } from "../../shared/domain/hall/visible.ts";
import { post, startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import {
  applicant,
  APPLICANT_TRACES,
  newIds,
  takeIn as takeInAt,
  type TakeInIds,
} from "../../tests/helpers/take-in.ts";

let center: TestCenter;
let windowDevice: EnrolResponse;
let education: EnrolResponse;
let police: EnrolResponse;
let clerkId: string;
let approver: string;

const connect = (device: EnrolResponse): Promise<NodeClient> => NodeClient.connect({ url: center.url, ...device });

beforeAll(async () => {
  center = await startCenter();
  await center.addClerk("1001");
  await center.addClerk("2001");
  windowDevice = await center.enrol("window", "1");
  education = await center.enrol("desk", null, "教育局");
  police = await center.enrol("desk", null, "公安局");
  ({ clerkId } = await center.login(windowDevice, "1001"));
  ({ clerkId: approver } = await center.login(education, "2001"));
});
afterAll(() => center.stop());

const takeIn = (window: NodeClient, ids: TakeInIds, who?: Applicant): Promise<string> =>
  takeInAt(window, { deviceId: windowDevice.deviceId, clerkId }, ids, who === undefined ? {} : { who });

const ask = (number: string, last4: string) => post(`${center.url}${PROGRESS_PATH}`, { number, last4 });

const asStaff = async (
  path: string,
  device: EnrolResponse,
  body: unknown,
): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${center.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${device.deviceId}:${device.secret}` },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};

describe("a case at the node", () => {
  it("is seen by windows and its own department, and by nobody else", async () => {
    const [window, own, other, kiosk] = await Promise.all([
      connect(windowDevice),
      connect(education),
      connect(police),
      center.enrol("kiosk").then(connect),
    ]);
    for (const client of [window, own, other, kiosk]) client.keepWire = true;
    const ids = newIds();
    const number = await takeIn(window, ids);
    expect(number).toMatch(/^\d{14}$/);
    const { hall } = await center.context.halls.get(center.hallId ?? "");
    await Promise.all([own, other, kiosk].map((client) => client.reached(hall.head.seq)));
    expect(own.state.cases.get(ids.caseId)).toMatchObject({ number, state: "inTray" });
    expect(other.state.cases.size + kiosk.state.cases.size).toBe(0);
    for (const client of [other, kiosk]) expect(client.wire).not.toContain(ids.intakeId);
    for (const client of [window, own]) expect(client.wire).not.toMatch(/"personKey":"|张三|11010519491231002X/);
    for (const [client, device] of [
      [window, windowDevice],
      [own, education],
      [other, police],
    ] as const) {
      const viewer = {
        role: device.role,
        deviceId: device.deviceId,
        counterId: device.counterId,
        department: client.welcome?.department ?? null,
      };
      expect(toSnapshot(client.state)).toEqual(toSnapshot(visibleState(hall.state, viewer)));
      expect(client.violations).toEqual([]);
    }
    const decide = { caseId: ids.caseId, outcome: "granted", resultName: null, resultNo: null, note: null } as const;
    expect(await other.send("DecideCase", decide, { clerkId: approver })).toMatchObject({ status: "refused" });
    expect(await own.send("DecideCase", decide, { clerkId: approver })).toMatchObject({ status: "accepted" });
    for (const client of [window, own, other, kiosk]) client.close();
  });

  it("survives a restart: the snapshot on disk and a fresh terminal hold it", async () => {
    const window = await connect(windowDevice);
    const ids = newIds();
    await takeIn(window, ids);
    window.close();
    const fresh = await NodeClient.connect({ url: center.url, ...windowDevice, since: 9_999_999, epoch: "other" });
    await fresh.until(() => fresh.snapshots === 1);
    expect(fresh.state.cases.get(ids.caseId)?.state).toBe("inTray");
    fresh.close();
  });
});

describe("the progress query", () => {
  it("tells the steps to whoever knows the number and four characters, and nothing of the person", async () => {
    const window = await connect(windowDevice);
    const number = await takeIn(window, newIds());
    window.close();
    for (const last4 of ["002x", "5678"]) {
      const { status, body } = await ask(number, last4);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        cases: [
          {
            number,
            itemName: "高等学校教师资格认定",
            steps: [{ kind: "received" }, { kind: "accepted" }],
            isOver: false,
          },
        ],
      });
      expect(JSON.stringify(body)).not.toMatch(APPLICANT_TRACES);
      expect(JSON.stringify(body)).not.toMatch(/clerk|applicant/);
    }
  });

  it("says the same of a wrong number and of wrong characters, and locks after five tries even for the right ones", async () => {
    const window = await connect(windowDevice);
    const number = await takeIn(window, newIds());
    window.close();
    const wrong = await ask(number, "0000");
    const unknown = await ask("20991231000001", "0000");
    expect(wrong).toEqual(unknown);
    expect(wrong.status).toBe(404);
    for (let tries = 0; tries < 4; tries += 1) await ask(number, "0000");
    expect((await ask(number, "5678")).status).toBe(429);
    for (let tries = 0; tries < 5; tries += 1) await ask("20991231000001", "0000");
    expect((await ask("20991231000001", "0000")).status).toBe(429);
  });

  it("answers a broken question with 400", async () => {
    expect((await ask("", "5678")).status).toBe(400);
    expect((await ask("20261123000001", "56789")).status).toBe(400);
  });
});

describe("personal records", () => {
  it("are read by window and own department with a reason, which is noted; not by others", async () => {
    const window = await connect(windowDevice);
    const ids = newIds();
    await takeIn(window, ids);
    window.close();
    const body = { ids: [ids.applicantId, `form-${ids.intakeId}`, "nothing"], reason: "核对申请人" };
    const read = await asStaff(REVEAL_PATH, windowDevice, body);
    expect(read.status).toBe(200);
    const { records } = read.body as { records: { id: string; value: string | null }[] };
    expect(records.map(({ value }) => value)).toEqual([JSON.stringify(applicant), '{"person":{"name":"张三"}}', null]);
    expect((await asStaff(REVEAL_PATH, education, body)).body).toEqual(read.body);
    await center.login(police, "2001");
    expect((await asStaff(REVEAL_PATH, police, body)).body).toMatchObject({
      records: [{ value: null }, { value: null }, { value: null }],
    });
    expect((await asStaff(REVEAL_PATH, windowDevice, { ...body, reason: " " })).status).toBe(400);
    const { rows } = await center.context.database.query<{ reason: string; clerk_id: string }>(
      "SELECT reason, clerk_id FROM staff_audit WHERE act = 'case.reveal' AND detail = $1 ORDER BY at",
      [ids.applicantId],
    );
    expect(rows).toEqual([
      { reason: "核对申请人", clerk_id: clerkId },
      { reason: "核对申请人", clerk_id: approver },
    ]);
  });

  it("find the same applicant's intakes however the number is written", async () => {
    const window = await connect(windowDevice);
    const ids = newIds();
    const number = await takeIn(window, ids, { ...applicant, idNo: "440301199001010015" });
    window.close();
    const found = await asStaff(APPLICANT_CASES_PATH, windowDevice, { idNo: " ４４０３０１ 19900101 0015" });
    expect(found.body).toMatchObject({
      intakes: [{ intakeId: ids.intakeId, number, state: "accepted", cases: [{ caseId: ids.caseId }] }],
    });
    expect((await asStaff(APPLICANT_CASES_PATH, windowDevice, { idNo: "440301199001010023" })).body).toEqual({
      intakes: [],
    });
    expect((await asStaff(APPLICANT_CASES_PATH, education, { idNo: "440301199001010015" })).status).toBe(401);
  });
});
