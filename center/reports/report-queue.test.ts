import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import anhui from "../../data/reports/anhui.json";
import zhejiang from "../../data/reports/zhejiang.json";
import { post, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { applicant, newIds, takeIn } from "../../tests/helpers/take-in.ts";
import { ReportSimulator } from "../../tests/helpers/report-simulator.ts";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import type { DeskReports } from "../../shared/contract/desk-reviews.ts";
import { reportProfileSchema } from "../../shared/domain/report/report-profile.ts";
import { importCatalogue } from "../catalogue/import-catalogue.ts";
import { retryAfterMs, type DeliveryDuty } from "./delivery.ts";
import { reportDuty } from "./report-queue.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";

/*
 * Reviews of one item go to a platform that checks every field. The platform is away, comes back, and refuses what it
 * cannot take; nothing is lost, nothing goes twice, and the desk sees what was refused.
 */
const profiles = { zhejiang: reportProfileSchema.parse(zhejiang), anhui: reportProfileSchema.parse(anhui) };
const KEY = "platform-key";
let now = Date.UTC(2026, 10, 23, 1);
let center: TestCenter;
let platform: ReportSimulator;
let duty: DeliveryDuty;
let screen: NodeClient;
let kiosk: NodeClient;
let deskDevice: EnrolResponse;
let deskClerk: string;
let itemCode: string;
let window: NodeClient;
let windowDevice: EnrolResponse;
let clerkId: string;
let education: NodeClient;
let approver: string;

beforeAll(async () => {
  platform = await ReportSimulator.start(profiles, KEY);
  const reporting = { profile: "zhejiang", areaCode: "330100", areaName: "杭州市" };
  const plan = { ...testPlan, settings: { ...testPlan.settings, reporting } };
  center = await startCenter({ clock: () => now, plan });
  const { context } = center;
  await importCatalogue(context.catalogues, now);
  itemCode = (await context.catalogues.read())?.items.find(({ code }) => code.length === 31)?.code ?? "";
  const { hall } = await context.halls.get("test-hall");
  duty = reportDuty(hall, context, { url: platform.url, key: KEY });
  screen = await NodeClient.connect({ url: center.url, ...(await center.enrol("review", "1")) });
  kiosk = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });
  await center.addClerk("9001");
  deskDevice = await center.enrol("desk");
  ({ clerkId: deskClerk } = await center.login(deskDevice, "9001"));
  for (const no of ["1001", "2001"]) await center.addClerk(no);
  windowDevice = await center.enrol("window", "1");
  ({ clerkId } = await center.login(windowDevice, "1001"));
  window = await NodeClient.connect({ url: center.url, ...windowDevice });
  const department = await center.enrol("desk", null, "教育局");
  ({ clerkId: approver } = await center.login(department, "2001"));
  education = await NodeClient.connect({ url: center.url, ...department });
});
afterAll(async () => {
  for (const client of [screen, kiosk, window, education]) client.close();
  await center.stop();
  await platform.stop();
});

const review = async (level: 1 | 5, item: string | null, text = ""): Promise<string> => {
  const ticketId = uuidv7();
  const wish = ticketWish(ticketId, { itemCode: item });
  await kiosk.send("TakeTicket", wish);
  const textId = text === "" ? null : uuidv7();
  const given = { reviewId: `${ticketId}.1`, counterId: "1", level, elapsedMs: 5_000, channel: "tablet" } as const;
  const personal = textId === null ? [] : [{ id: textId, kind: "reviewText" as const, value: text }];
  const tags = level === 1 ? ["115", "510"] : ["510"];
  await screen.send("GiveReview", { ...given, tags, textId, phoneId: null }, { mode: "record", at: now, personal });
  await center.context.reviewLedgers.caughtUp("test-hall");
  return given.reviewId;
};
const ask = async (what: string, body: object = {}) => {
  const { deviceId, secret } = deskDevice;
  return post(`${center.url}/api/desk/reviews/${what}`, { deviceId, secret, clerkId: deskClerk, ...body });
};

describe("reports", () => {
  it("arrive with every field as the platform wants it, once", async () => {
    const reviewId = await review(1, itemCode, "等了两小时");
    expect(await duty.deliverDue()).toBe(1);
    expect(platform.refused).toEqual([]);
    const record = platform.taken.get(`evaluation ${reviewId} ${String(now)}`);
    expect(record).toMatchObject({
      taskCode: itemCode,
      pf: "4",
      satisfaction: "1",
      evalDetail: "115",
      writingEvaluation: "等了两小时",
      assessTime: "2026-11-23 09:00:00",
      assessNumber: "1",
      dataSource: "133",
    });
    expect(await duty.deliverDue()).toBe(0);
  });

  it("wait while the platform is away, longer each time, and arrive when it is back", async () => {
    expect([0, 1, 5, 50].map(retryAfterMs)).toEqual([30_000, 60_000, 960_000, 21_600_000]);
    const before = platform.taken.size;
    platform.faults = [503, 500, 401];
    await review(5, itemCode);
    for (const attempt of [0, 1, 2]) {
      expect(await duty.deliverDue()).toBe(1);
      expect(await duty.deliverDue()).toBe(0);
      now += retryAfterMs(attempt);
    }
    expect(await duty.deliverDue()).toBe(1);
    expect(platform.taken.size).toBe(before + 1);
  });

  it("survive a platform that is not there at all", async () => {
    await review(5, itemCode);
    const { hall } = await center.context.halls.get("test-hall");
    const nowhere = reportDuty(hall, center.context, { url: "http://127.0.0.1:9", key: KEY });
    expect(await nowhere.deliverDue()).toBe(1);
    now += retryAfterMs(0);
    expect(await duty.deliverDue()).toBe(1);
    expect(((await ask("reports")).body as DeskReports).waiting).toBe(0);
  });

  it("that the platform cannot take stand at the desk with their fields, and are tried again or let go there", async () => {
    const reviewId = await review(5, "no-such-item");
    await duty.deliverDue();
    const requests = platform.requests;
    const { body } = await ask("reports");
    const { dead } = body as DeskReports;
    expect(dead).toHaveLength(1);
    expect(dead[0]).toMatchObject({
      profile: "zhejiang",
      fault: expect.stringContaining("taskName: required") as string,
    });
    now += 86_400_000;
    expect(await duty.deliverDue()).toBe(0);
    expect(platform.requests).toBe(requests);
    const one = { reportId: dead[0]?.reportId, profile: "zhejiang" };
    expect(one.reportId).toContain(reviewId);
    expect((await ask("report", { ...one, act: "retry" })).status).toBe(204);
    expect(await duty.deliverDue()).toBe(1);
    expect((await ask("report", { ...one, act: "drop" })).status).toBe(204);
    expect((await ask("report", { ...one, act: "drop" })).status).toBe(404);
    expect(((await ask("reports")).body as DeskReports).dead).toEqual([]);
  });

  it("of no item go nowhere", async () => {
    await review(5, null);
    expect(await duty.deliverDue()).toBe(0);
  });

  const bySeq = (caseId: string) =>
    [...platform.taken]
      .filter(([id]) => id.startsWith(`case ${caseId} `))
      .map(([, record]) => (record as { rows: { table: string; values: Record<string, string> }[] }).rows);

  it("tell of a case when it is accepted and when it is decided, in the national tables, and keep nobody afterwards", async () => {
    const ids = newIds();
    const number = await takeIn(window, { deviceId: windowDevice.deviceId, clerkId }, ids);
    await center.context.reviewLedgers.caughtUp("test-hall");
    const { rows } = await center.context.database.query<{ subject: Buffer }>(
      "SELECT subject FROM report_queue WHERE report_id LIKE 'case %'",
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.subject.toString("latin1")).not.toContain(applicant.idNo);
    expect(await duty.deliverDue()).toBe(1);
    expect(platform.refused).toEqual([]);
    const [accepted = []] = bySeq(ids.caseId);
    expect(accepted.find(({ table }) => table === "up_pro_accept")?.values).toMatchObject({
      project_no: number,
      task_code: "11440000006940116U2440102013001",
      applyer_type: "1",
      accept_date: expect.stringMatching(/^\d{4}-\d{2}-\d{2} 00:00:00$/) as string,
    });
    expect(accepted.map(({ table }) => table)).not.toContain("up_pro_result");
    const decision = { outcome: "granted", resultName: null, resultNo: null, note: null } as const;
    await education.send("DecideCase", { caseId: ids.caseId, ...decision }, { clerkId: approver });
    await center.context.reviewLedgers.caughtUp("test-hall");
    platform.faults = [503];
    expect(await duty.deliverDue()).toBe(1);
    now += retryAfterMs(0);
    expect(await duty.deliverDue()).toBe(1);
    const decided = bySeq(ids.caseId).at(-1) ?? [];
    expect(decided.find(({ table }) => table === "up_pro_result")?.values).toMatchObject({ result_type: "1" });
    const kept = await center.context.database.query("SELECT 1 FROM report_queue WHERE subject IS NOT NULL");
    expect(kept.rowCount).toBe(0);
  });

  it("of a case that lacks what the platform wants stand at the desk, and are let go or tried again by a person", async () => {
    const ids = newIds();
    await takeIn(window, { deviceId: windowDevice.deviceId, clerkId }, ids, { item: { itemCode: "X" } });
    await center.context.reviewLedgers.caughtUp("test-hall");
    const requests = platform.requests;
    expect(await duty.deliverDue()).toBe(1);
    expect(platform.requests).toBe(requests);
    const [dead] = ((await ask("reports")).body as DeskReports).dead;
    expect(dead?.fault).toContain("up_pro_accept.catalog_code: missing");
    const one = { reportId: dead?.reportId, profile: "zhejiang" };
    expect((await ask("report", { ...one, act: "retry" })).status).toBe(204);
    expect(await duty.deliverDue()).toBe(1);
    expect((await ask("report", { ...one, act: "drop" })).status).toBe(204);
    const kept = await center.context.database.query("SELECT 1 FROM report_queue WHERE subject IS NOT NULL");
    expect(kept.rowCount).toBe(0);
  });
});

describe("the simulator", () => {
  const send = (record: object, key = KEY, id: string | undefined = "x") =>
    fetch(`${platform.url}/zhejiang/evaluation`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${key}`,
        ...(id === undefined ? {} : { "idempotency-key": id }),
      },
      body: JSON.stringify(record),
    });

  it("refuses each field that is missing, too long, of another type or code, and any that it does not know", async () => {
    const [[id = "", good = {}] = []] = [...platform.taken];
    expect((await send(good, KEY, id)).status).toBe(200);
    expect((await send(good, "wrong")).status).toBe(401);
    for (const field of profiles.zhejiang.evaluation) {
      if (field.required) {
        const { [field.name]: _, ...rest } = good;
        expect((await send(rest)).status, field.name).toBe(422);
      }
      expect((await send({ ...good, [field.name]: "x".repeat(field.max + 1) })).status, field.name).toBe(422);
      expect((await send({ ...good, [field.name]: 7 })).status, field.name).toBe(422);
      if (field.codes) expect((await send({ ...good, [field.name]: "~" })).status, field.name).toBe(422);
    }
    expect((await send({ ...good, phone: "13800005678" })).status).toBe(422);
  });
});
