import { Secret, TOTP } from "otpauth";
import type { QueryResultRow } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { post, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { loginStepSchema, type EnrolResponse, type LoginStep } from "../../shared/contract/api.ts";
import { DESK_FACTORS_PATH } from "../../shared/contract/second-factor.ts";
import { LOCK_MS, setDuty } from "./clerks.ts";
import { resetFactor, showFactor } from "./second-factor.ts";

/** A second factor at signing in, over the real API. The hall's clock stands where the test puts it. */

const STEP_MS = 30_000;
let now = Date.UTC(2026, 10, 23, 1);
let center: TestCenter;
let desk: EnrolResponse;
let window: EnrolResponse;
let taken = 0;

beforeAll(async () => {
  center = await startCenter({
    plan: { ...testPlan, settings: { ...testPlan.settings, secondFactor: "managers" } },
    clock: () => now,
  });
});
afterAll(() => center.stop());
// Each test in steps of its own, at terminals of its own: sign-ins are limited by terminal.
beforeEach(async () => {
  now += LOCK_MS + 10 * STEP_MS;
  desk = await center.enrol("desk");
  window = await center.enrol("window", "1");
});

const signIn = ({ deviceId, secret }: EnrolResponse, no: string, code?: string) =>
  post(`${center.url}/api/login`, { deviceId, secret, clerkNo: no, password: `pw-${no}`, code });

const newManager = async (): Promise<{ readonly no: string; readonly clerkId: string }> => {
  taken += 1;
  const no = `90${String(taken).padStart(2, "0")}`;
  const clerkId = await center.addClerk(no);
  expect(await setDuty(center.context.database, "test-hall", no, "manager")).toBe(true);
  return { no, clerkId };
};

type Enrolment = Extract<LoginStep, { next: "enrol" }>;
const enrolment = async (no: string): Promise<Enrolment> => {
  const { status, body } = await signIn(desk, no);
  const step = loginStepSchema.parse(body);
  expect(status).toBe(200);
  if (step.next !== "enrol") throw new Error("has a factor already");
  return step;
};
const codeOf = ({ secret }: Enrolment, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now + steps * STEP_MS });

/** A manager with an app that works; the code that showed it is used up. */
const managerWithApp = async () => {
  const manager = await newManager();
  const app = await enrolment(manager.no);
  expect((await signIn(desk, manager.no, codeOf(app))).status).toBe(200);
  now += 3 * STEP_MS;
  return { ...manager, app };
};
const refusal = ({ status, body }: { status: number; body: unknown }): string =>
  `${String(status)} ${(body as { error: { code: string } }).error.code}`;

describe("signing in with a second factor", () => {
  it("asks only those whom the plan names", async () => {
    await center.addClerk("1001");
    expect(await signIn(window, "1001")).toMatchObject({ status: 200, body: { clerkNo: "1001", duty: "clerk" } });
    expect((await signIn(window, "1001", "not asked for")).status).toBe(200);
  });

  it("hands the app out after the password, anew each time, and it holds once a code was shown", async () => {
    const { no } = await newManager();
    expect(refusal(await signIn(desk, no, "123456"))).toBe("401 code_wrong");
    const first = await enrolment(no);
    expect(new URL(first.uri).searchParams.get("secret")).toBe(first.secret);
    const second = await enrolment(no);
    expect(second.secret).not.toBe(first.secret);
    expect(refusal(await signIn(desk, no, codeOf(first)))).toBe("401 code_wrong");
    expect(refusal(await signIn(desk, no, second.recoveryCodes[0]))).toBe("401 code_wrong");
    expect((await signIn(desk, no, codeOf(second))).body).toMatchObject({ clerkNo: no, duty: "manager" });
    now += STEP_MS;
    expect((await signIn(desk, no)).body).toEqual({ next: "code" });
  });

  it("opens no session before the code, and a wrong password says nothing of the app", async () => {
    const { no, clerkId } = await managerWithApp();
    const asks = () =>
      post(`${center.url}${DESK_FACTORS_PATH}`, { deviceId: desk.deviceId, secret: desk.secret, clerkId });
    expect((await asks()).status).toBe(200);
    await post(`${center.url}/api/logout`, { deviceId: desk.deviceId, secret: desk.secret });
    expect((await signIn(desk, no)).body).toEqual({ next: "code" });
    expect((await asks()).status).toBe(401);
    const { deviceId, secret } = desk;
    const wrong = await post(`${center.url}/api/login`, { deviceId, secret, clerkNo: no, password: "wrong" });
    expect(refusal(wrong)).toBe("401 login_failed");
  });

  it("takes each code once, of this step, the one before and the one after of the hall's clock", async () => {
    const { no, app } = await managerWithApp();
    for (const steps of [-2, 2]) expect(refusal(await signIn(desk, no, codeOf(app, steps)))).toBe("401 code_wrong");
    expect((await signIn(desk, no, codeOf(app, -1))).status).toBe(200);
    expect(refusal(await signIn(desk, no, codeOf(app, -1)))).toBe("401 code_wrong");
    // At two terminals in the same moment: one of them.
    const code = codeOf(app);
    const both = await Promise.all([signIn(desk, no, code), signIn(window, no, code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await signIn(desk, no, ` ${codeOf(app, 1).slice(0, 3)} ${codeOf(app, 1).slice(3)} `)).status).toBe(200);
    // The phone's clock was ahead: what it showed before does not open any more.
    expect(refusal(await signIn(desk, no, codeOf(app)))).toBe("401 code_wrong");
  });

  it("takes no code of an app that another one took the place of meanwhile", async () => {
    const { database, personal } = center.context;
    const { no, clerkId } = await newManager();
    const owner = { hallId: "test-hall", clerkId };
    /** Another app is handed out, or the factor reset and set up anew, between looking at the code and taking it. */
    const showLate = (code: string, meanwhile: () => Promise<unknown>) => {
      const late = Object.create(database) as typeof database;
      late.query = async <R extends QueryResultRow>(sql: string, values?: unknown[]) => {
        if (sql.startsWith("UPDATE")) await meanwhile();
        return database.query<R>(sql, values);
      };
      return showFactor(late, personal, owner, code, { label: no, issuer: "x" }, now);
    };
    const first = await enrolment(no);
    expect(await showLate(codeOf(first), () => enrolment(no))).toEqual({ kind: "wrong" });
    const second = await enrolment(no);
    expect((await signIn(desk, no, codeOf(second))).status).toBe(200);
    const setUpAnew = async () => {
      await resetFactor(database, "test-hall", no);
      expect((await signIn(desk, no, codeOf(await enrolment(no)))).status).toBe(200);
    };
    expect(await showLate(second.recoveryCodes[0] ?? "", setUpAnew)).toEqual({ kind: "wrong" });
  });

  it("counts wrong codes for the lock-out, and the password alone does not wipe them out", async () => {
    const { no, app } = await managerWithApp();
    const wrong = codeOf(app, 40);
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await signIn(desk, no)).body).toEqual({ next: "code" });
      expect(refusal(await signIn(desk, no, wrong))).toBe("401 code_wrong");
    }
    expect(refusal(await signIn(desk, no, codeOf(app)))).toBe("429 login_locked");
    now += LOCK_MS + STEP_MS;
    expect((await signIn(desk, no, codeOf(app))).status).toBe(200);
  });

  it("takes a recovery code once, of that clerk alone, however it is typed", async () => {
    const { no, app } = await managerWithApp();
    const other = await managerWithApp();
    expect(app.recoveryCodes).toHaveLength(10);
    const [first = "", second = ""] = app.recoveryCodes;
    expect(refusal(await signIn(desk, other.no, first))).toBe("401 code_wrong");
    expect((await signIn(desk, no, first.toLowerCase().replaceAll("-", " "))).status).toBe(200);
    expect(refusal(await signIn(desk, no, first))).toBe("401 code_wrong");
    const both = await Promise.all([signIn(desk, no, second), signIn(window, no, second)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it("keeps neither the secret nor a recovery code readable", async () => {
    const { clerkId, app } = await managerWithApp();
    const { rows } = await center.context.database.query<{ sealed_secret: Buffer; hashes: string[] }>(
      `SELECT sealed_secret, (SELECT array_agg(code_hash) FROM recovery_codes r WHERE r.clerk_id = f.clerk_id) AS hashes
       FROM second_factors f WHERE clerk_id = $1`,
      [clerkId],
    );
    const secret = Buffer.from(Secret.fromBase32(app.secret).buffer);
    expect(rows[0]?.sealed_secret.includes(secret)).toBe(false);
    expect(rows[0]?.hashes).toHaveLength(10);
    for (const hash of rows[0]?.hashes ?? []) expect(hash).toMatch(/^\$argon2id\$/);
    // Of another clerk it does not open.
    const { personal } = center.context;
    const box = rows[0]?.sealed_secret ?? Buffer.alloc(0);
    expect(personal.openBytes(`second factor\ntest-hall\n${clerkId}`, box)).toEqual(secret);
    expect(() => personal.openBytes("second factor\ntest-hall\nsomebody-else", box)).toThrow();
  });
});

describe("a factor that was lost", () => {
  const reset = (clerkId: string, clerkNo: string) =>
    post(`${center.url}${DESK_FACTORS_PATH}/reset`, {
      deviceId: desk.deviceId,
      secret: desk.secret,
      clerkId,
      clerkNo,
      reason: "手机丢失",
    });

  it("is taken away by another duty manager, never by its owner, and it is noted", async () => {
    const lost = await managerWithApp();
    expect((await signIn(desk, lost.no, codeOf(lost.app))).status).toBe(200);
    expect(refusal(await reset(lost.clerkId, lost.no))).toBe("400 bad_request");
    const other = await managerWithApp();
    // Whoever is not signed in at this desk asks in vain.
    expect(refusal(await reset(lost.clerkId, other.no))).toBe("401 unauthorised");
    expect(refusal(await reset(other.clerkId, "7777"))).toBe("404 not_found");
    expect(await reset(other.clerkId, lost.no)).toMatchObject({
      status: 200,
      body: {
        clerks: expect.arrayContaining([expect.objectContaining({ clerkNo: lost.no, hasFactor: false })]) as unknown,
      },
    });
    const { rows } = await center.context.database.query(
      "SELECT clerk_id, detail, reason FROM staff_audit WHERE act = 'factor.reset' AND detail = $1",
      [lost.no],
    );
    expect(rows).toEqual([{ clerk_id: other.clerkId, detail: lost.no, reason: "手机丢失" }]);
    now += STEP_MS;
    expect(refusal(await signIn(window, lost.no, lost.app.recoveryCodes[3]))).toBe("401 code_wrong");
    expect((await signIn(window, lost.no)).body).toMatchObject({ next: "enrol" });
  });

  it("is not for clerks who are no duty managers", async () => {
    const lost = await managerWithApp();
    const clerkId = await center.addClerk("1002");
    expect((await signIn(desk, "1002")).status).toBe(200);
    expect(refusal(await reset(clerkId, lost.no))).toBe("401 unauthorised");
  });
});
