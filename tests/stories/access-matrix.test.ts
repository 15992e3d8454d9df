import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { z } from "zod";
import { buildApp } from "../../center/app.ts";
import { setDuty } from "../../center/identity/clerks.ts";
import { makerOf, type Pool } from "../fuzz/generate/from-schema.ts";
import { bodySchemas, routesOf, type Route } from "../fuzz/hall/routes.ts";
import { startCenter, testPlan, type TestCenter } from "../helpers/center.ts";
import { Random } from "../helpers/random.ts";

/*
 * S63: every end point of a hall and of a city, as its router tells them, asked by everybody with a body of the right form.
 * Who is let in stands below; an end point without a line fails, and so does one that lets somebody else in. What an asker
 * then sees of a thing is its domain's test.
 */

interface Asker {
  readonly deviceId: string;
  readonly secret: string;
  readonly clerkId: string;
}
type Askers = Readonly<Record<string, Asker>>;

/** Prove who they are by this; their own tests are in `bad-input` and `device-keys`. */
const SIGNING_IN = [
  "POST /api/enrol",
  "POST /api/login",
  "POST /api/logout",
  "POST /api/device/challenge",
  "POST /api/device/token",
  "POST /api/device/key",
  "GET /api/sync",
];

/** Pages, and questions that a number, a code or nothing at all opens. */
const OPEN = "open";
/** Asks for a key that no terminal has: a platform's, a hall's at its city. */
const NOBODY = "";
/** The duty desk with somebody signed in there now. */
const DESK = "desk manager technician";
const EVERY_DESK = `${DESK} department`;
/** Who may do with terminals and their programs. */
const KEEPERS = "manager technician";
const SIGNED_IN = `window ${EVERY_DESK}`;
/** With or without somebody at it. */
const STAFF_TERMINAL = `emptyWindow window emptyDesk borrowedDesk leftDesk ${EVERY_DESK}`;
/** Out of service, whoever is still signed in there: it hands over what it holds, is looked after, and gets nothing else. */
const LOCKED_STAFF = "lockedWindow lockedDesk";
const LOCKED = `lockedKiosk lockedReview ${LOCKED_STAFF}`;

/** Every terminal of the hall, whatever it is. */
const TERMINAL = `display kiosk review ${STAFF_TERMINAL} ${LOCKED}`;
const HANDS_OVER = `review ${STAFF_TERMINAL} lockedReview ${LOCKED_STAFF}`;

const atHall: Readonly<Record<string, string>> = {
  "GET /a": OPEN,
  "GET /api/catalogue": OPEN,
  "GET /api/files/:hash": SIGNED_IN,
  "GET /api/hall": OPEN,
  "GET /api/platform/halls/:hallId/appointments/:externalId": NOBODY,
  "GET /api/platform/halls/:hallId/slots": NOBODY,
  "GET /api/platform/halls/:hallId/work-orders/:externalId": NOBODY,
  "GET /api/releases/:version": TERMINAL,
  "GET /cannot": OPEN,
  "GET /desk": OPEN,
  "GET /figures/:hallId": OPEN,
  "GET /health": OPEN,
  "GET /metrics": OPEN,
  "GET /p": OPEN,
  "GET /pages/review.css": OPEN,
  "GET /q/:hallId/:code": OPEN,
  "GET /r/:hallId/:code": OPEN,
  "GET /t": OPEN,
  "DELETE /api/platform/halls/:hallId/appointments/:externalId": NOBODY,
  "PUT /api/platform/halls/:hallId/appointments/:externalId": NOBODY,
  "PUT /api/platform/halls/:hallId/work-orders/:externalId": NOBODY,
  "POST /api/appointments/book": OPEN,
  "POST /api/appointments/cancel": OPEN,
  "POST /api/appointments/find": OPEN,
  "POST /api/appointments/offer": OPEN,
  "POST /api/appointments/slots": OPEN,
  "POST /api/cannot": OPEN,
  "POST /api/cases/of-applicant": `window ${DESK}`,
  "POST /api/desk/appointment-contact": DESK,
  "POST /api/desk/audit": DESK,
  "POST /api/desk/clerks": EVERY_DESK,
  "POST /api/desk/fleet/answer": KEEPERS,
  "POST /api/desk/fleet/list": DESK,
  "POST /api/desk/fleet/order": KEEPERS,
  "POST /api/desk/ledgers/code": DESK,
  "POST /api/desk/ledgers/export": EVERY_DESK,
  "POST /api/desk/ledgers/list": EVERY_DESK,
  "POST /api/desk/matter": EVERY_DESK,
  "POST /api/desk/plan-history": DESK,
  "POST /api/desk/releases": DESK,
  "POST /api/desk/releases/halt": KEEPERS,
  "POST /api/desk/releases/stage": KEEPERS,
  "POST /api/desk/reviews/export": DESK,
  "POST /api/desk/reviews/figures": DESK,
  "POST /api/desk/reviews/list": DESK,
  "POST /api/desk/reviews/report": DESK,
  "POST /api/desk/reviews/reports": DESK,
  "POST /api/desk/reviews/words": DESK,
  "POST /api/desk/search": EVERY_DESK,
  "POST /api/desk/second-factors": "manager",
  "POST /api/desk/second-factors/reset": "manager",
  "POST /api/desk/work-orders/figures": EVERY_DESK,
  "POST /api/desk/work-orders/paper": EVERY_DESK,
  "POST /api/desk/work-orders/report": EVERY_DESK,
  "POST /api/desk/work-orders/reports": EVERY_DESK,
  "POST /api/desk/work-orders/sheet": EVERY_DESK,
  "POST /api/desk/work-orders/words": EVERY_DESK,
  "POST /api/device/answer": TERMINAL,
  "POST /api/device/attend": TERMINAL,
  "POST /api/files": HANDS_OVER,
  "POST /api/files/:hash/complete": HANDS_OVER,
  "POST /api/files/:hash/part": HANDS_OVER,
  "POST /api/personal/reveal": SIGNED_IN,
  "POST /api/progress": OPEN,
  "POST /api/releases": TERMINAL,
  "POST /api/review-by-number": "kiosk",
  "POST /api/review-case-key": STAFF_TERMINAL,
  "POST /api/review-code": "review",
  "POST /api/ticket-page": OPEN,
  "POST /api/ticket-page/cancel": OPEN,
  "POST /q/:hallId/:code": OPEN,
  "POST /r/:hallId/:code": OPEN,
};

/** What a city has besides; to its own terminals the rest is as at a hall. */
const atCity: Readonly<Record<string, string>> = {
  "GET /api/relay/:hallId/handed-down": NOBODY,
  "GET /api/relay/:hallId/head": NOBODY,
  "GET /api/relay/:hallId/releases/:version": NOBODY,
  "POST /api/city/export": DESK,
  "POST /api/city/hall": DESK,
  "POST /api/city/overview": DESK,
  "POST /api/desk/fleet/halls": DESK,
  "POST /api/relay/:hallId": NOBODY,
  "POST /api/relay/:hallId/fleet": NOBODY,
  "POST /api/relay/:hallId/releases": NOBODY,
};

let hall: TestCenter;
let city: TestCenter;

beforeAll(async () => {
  hall = await startCenter();
  city = await startCenter({ mode: "city", plan: { ...testPlan, hallId: "city" } });
});
afterAll(async () => {
  await hall.stop();
  await city.stop();
});

/** Out of service with its clerk's session still open: the lock alone has to turn it away. */
const locked = async (center: TestCenter, asker: Asker): Promise<Asker> => {
  await center.context.database.query("UPDATE devices SET locked_at = 1 WHERE device_id = $1", [asker.deviceId]);
  return asker;
};

const askersOf = async (center: TestCenter): Promise<Askers> => {
  const clerks = new Map<string, string>();
  const clerkOf = async (no: string): Promise<string> => {
    const id = clerks.get(no) ?? (await center.addClerk(no));
    clerks.set(no, id);
    return id;
  };
  const enrolled = async (
    role: Parameters<TestCenter["enrol"]>[0],
    no: string | null,
    counterId: string | null = null,
    department: string | null = null,
  ): Promise<Asker> => {
    const device = await center.enrol(role, counterId, department);
    const clerkId = no === null ? "nobody" : await clerkOf(no);
    if (no !== null) await center.login(device, no);
    return { deviceId: device.deviceId, secret: device.secret, clerkId };
  };
  for (const [no, duty] of [
    ["9000", "manager"],
    ["9001", "technician"],
    ["9002", "manager"],
  ] as const) {
    await clerkOf(no);
    await setDuty(center.context.database, center.hallId ?? "", no, duty);
  }
  const desk = await enrolled("desk", "1001");
  const emptyDesk = await enrolled("desk", null);
  const leftDesk = await enrolled("desk", "1003");
  const { deviceId, secret } = leftDesk;
  await fetch(`${center.url}/api/logout`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ deviceId, secret }),
  });
  return {
    stranger: { deviceId: "no-such-device", secret: "x".repeat(43), clerkId: desk.clerkId },
    forger: { ...desk, secret: "x".repeat(43) },
    display: await enrolled("display", null),
    kiosk: await enrolled("kiosk", null),
    review: await enrolled("review", null, "1"),
    emptyWindow: await enrolled("window", null, "2"),
    window: await enrolled("window", "1002", "1"),
    emptyDesk,
    /** Names somebody who is signed in at another desk, or who was at this one. */
    borrowedDesk: { ...emptyDesk, clerkId: desk.clerkId },
    leftDesk,
    desk,
    manager: await enrolled("desk", "9000"),
    technician: await enrolled("desk", "9001"),
    department: await enrolled("desk", "1004", null, "税务局"),
    lockedKiosk: await locked(center, await enrolled("kiosk", null)),
    lockedReview: await locked(center, await enrolled("review", null, "3")),
    lockedWindow: await locked(center, await enrolled("window", "1005", "3")),
    lockedDesk: await locked(center, await enrolled("desk", "9002")),
  };
};

/** The first that fits of what a maker makes: a body that is turned away as one says nothing about who asks. */
const fitting = (schema: z.ZodType) => {
  const make = makerOf(schema);
  return (pool: Pool): unknown => {
    const made = Array.from({ length: 50 }, (_, seed) => make(new Random(seed + 1), pool));
    const fits = made.find((each) => schema.safeParse(each).success);
    if (fits === undefined) throw new Error(`no made body fits; the first: ${JSON.stringify(made[0])}`);
    return fits;
  };
};

/** Who is not turned away for who he is; with the status of an answer that says nothing about that (too many, broken). */
const letIn = async (
  app: FastifyInstance,
  center: TestCenter,
  { method, url }: Route,
  askers: Askers,
): Promise<readonly string[]> => {
  const schema = bodySchemas[url];
  const make = schema === undefined ? () => ({}) : fitting(schema);
  const found: string[] = [];
  for (const [index, [name, asker]] of Object.entries(askers).entries()) {
    // Each asks as if nobody had asked before: of an address of its own, of a number that nobody has tried.
    await center.context.database.query("DELETE FROM progress_failures");
    const pool = { ...Object.fromEntries(Object.entries(asker).map(([key, value]) => [key, [value]])) };
    const made = make({ ...pool, from: ["2026-11-01"], to: ["2026-11-02"] });
    const answer = await app.inject({
      method: method as "GET",
      remoteAddress: `10.0.0.${String(index)}`,
      url: url.replace(":hallId", "test-hall").replace(/:\w+/g, "0".repeat(64)),
      headers: { authorization: `Bearer ${asker.deviceId}:${asker.secret}` },
      ...(method === "GET" ? {} : { payload: { ...(made as object), ...asker } }),
    });
    const { statusCode } = answer;
    if (statusCode === 429 || statusCode >= 500) found.push(`${name}:${String(statusCode)}`);
    else if (statusCode !== 401 && statusCode !== 403) found.push(name);
  }
  return found;
};

/** Every end point but those of signing in, with who is let in. */
const matrixOf = async (center: TestCenter, askers: Askers): Promise<Readonly<Record<string, string>>> => {
  const app = await buildApp(center.context);
  await app.ready();
  const found: Record<string, string> = {};
  for (const route of routesOf(app)) {
    const name = `${route.method} ${route.url}`;
    if (!route.url.startsWith("/") || route.method === "OPTIONS" || SIGNING_IN.includes(name)) continue;
    const who = (await letIn(app, center, route, askers)).join(" ");
    found[name] = who === Object.keys(askers).join(" ") ? OPEN : who;
  }
  await app.close();
  return found;
};

const closed = (matrix: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(matrix).filter(([, who]) => who !== OPEN));

it("lets each asker in where the table says, and nowhere else, at a hall and at a city", async () => {
  const askers = await askersOf(hall);
  expect(await matrixOf(hall, askers)).toEqual(atHall);
  // A city is no hall's: none of its terminals gets further than what is open to everybody.
  const strangers = closed(await matrixOf(city, askers));
  expect(Object.entries(strangers).filter(([, who]) => who !== NOBODY)).toEqual([]);
  expect(closed(await matrixOf(city, await askersOf(city)))).toEqual({ ...closed(atHall), ...atCity });
}, 240_000);
