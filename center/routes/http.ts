import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { enrolRequestSchema, loginRequestSchema, type HallInfo } from "../../shared/contract/api.ts";
import { terminalRoleSchema } from "../../shared/domain/identity/roles.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { login, logout } from "../identity/clerks.ts";
import { authenticate, createEnrolCode, enrol, type Device } from "../identity/devices.ts";
import { parsePublicKey } from "../identity/device-keys.ts";
import { parseBody, perDevice } from "./device-limits.ts";

/** Health, metrics and what anybody may know of the hall. */
export const publicRoutes = (app: FastifyInstance, context: CenterContext): void => {
  app.get("/health", async (_request, reply) => {
    const fault =
      (await context.database.fault()) ?? context.halls.open.find(({ hall }) => hall.fault)?.hall.fault ?? null;
    const head = Object.fromEntries(context.halls.open.map(({ hall }) => [hall.hallId, hall.head.seq]));
    const { mode, version } = context;
    return reply
      .code(fault === null ? 200 : 503)
      .send({ ok: fault === null, mode, version, head, db: fault === null ? "up" : "down", reason: fault });
  });

  app.get("/metrics", async (_request, reply) => {
    const gauges: [string, number][] = [];
    for (const { hall, feed } of context.halls.open) {
      gauges.push([`head{hall="${hall.hallId}"}`, hall.head.seq]);
      gauges.push([`terminals{hall="${hall.hallId}"}`, feed.size]);
      gauges.push([`commands_waiting{hall="${hall.hallId}"}`, hall.waiting]);
      gauges.push([`city_behind{hall="${hall.hallId}"}`, feed.cityLink.behind]);
    }
    let oldest = 0;
    let outbox = 0;
    let refusals = 0;
    for (const { status } of context.lines.all) {
      if (!status) continue;
      oldest = Math.max(oldest, status.oldestMs);
      outbox += status.outbox;
      refusals += status.refusals;
    }
    gauges.push(["terminal_outbox_oldest_seconds", oldest / 1000]);
    gauges.push(["terminal_outbox_entries", outbox]);
    gauges.push(["terminal_refusals_unread", refusals]);
    gauges.push(["resident_bytes", process.memoryUsage.rss()]);
    return reply.type("text/plain; version=0.0.4").send(context.metrics.text(gauges));
  });

  app.get("/api/hall", async (): Promise<HallInfo> => {
    const { mode, version } = context;
    const [hallId] = await context.halls.homedIds();
    if (hallId === undefined || mode === "city") return { hallId: null, name: null, mode, version };
    const { hall } = await context.halls.get(hallId);
    return { hallId, name: hall.plan?.name ?? null, mode, version };
  });

  app.get("/api/catalogue", async (request, reply) => {
    const { body, version } = context.catalogues;
    if (!body || version === null) throw apiError("not_found");
    const etag = `"${version}"`;
    void reply.header("etag", etag).header("cache-control", "no-cache").header("vary", "accept-encoding, origin");
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    void reply.type("application/json; charset=utf-8");
    if (/\bgzip\b/.test(request.headers["accept-encoding"] ?? ""))
      return reply.header("content-encoding", "gzip").send(body);
    return reply.send(JSON.stringify(await context.catalogues.read()));
  });
};

const credentialsSchema = loginRequestSchema.pick({ deviceId: true, secret: true });

/** Enrolment of terminals, signing in and out of clerks. */
export const identityRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock } = context;
  const deviceOf = async (credentials: z.infer<typeof credentialsSchema>): Promise<Device> => {
    const device = await authenticate(database, credentials);
    if (!device) throw apiError("unauthorised");
    return device;
  };

  app.post("/api/enrol", { config: perDevice(60) }, async (request) => {
    const { publicKey: sent, ...wish } = parseBody(enrolRequestSchema, request.body);
    const publicKey = sent === undefined ? null : parsePublicKey(sent);
    if (publicKey === undefined) throw apiError("bad_request", { field: "publicKey" });
    const enrolled = await enrol(database, { ...wish, publicKey }, clock());
    if (!enrolled) throw apiError("enrol_code_unknown");
    context.log.info(
      { event: "device.enrolled", hall: enrolled.hallId, device: enrolled.deviceId, role: enrolled.role },
      "terminal enrolled",
    );
    return enrolled;
  });

  app.post("/api/login", { config: perDevice(30) }, async (request, reply) => {
    const body = parseBody(loginRequestSchema, request.body);
    const device = await deviceOf(body);
    if (device.role !== "window" && device.role !== "desk") throw apiError("unauthorised");
    if (device.isLocked) throw apiError("terminal_locked");
    const plan = (await context.halls.get(device.hallId)).hall.plan;
    const factor = { rule: plan?.settings.secondFactor, hallName: plan?.name ?? "", box: context.personal };
    const outcome = await login(database, device, body, factor, clock());
    context.log.info({ event: "clerk.login", device: device.deviceId, outcome: outcome.kind }, "sign-in");
    if (outcome.kind === "locked") throw apiError("login_locked", { minutes: outcome.minutes });
    if (outcome.kind === "failed") throw apiError("login_failed");
    if (outcome.kind === "codeWrong") throw apiError("code_wrong");
    return reply.header("cache-control", "no-store").send(outcome.kind === "next" ? outcome.step : outcome.clerk);
  });

  app.post("/api/logout", { config: perDevice(60) }, async (request, reply) => {
    await logout(database, await deviceOf(parseBody(credentialsSchema, request.body)), clock());
    return reply.code(204).send();
  });
};

const demoCodeSchema = z.object({
  secret: z.string().max(100),
  role: terminalRoleSchema,
  counterId: z.string().max(8).nullable().default(null),
});

/** Enrolment codes for whoever started the demo and was told its secret. Not there outside of the demo. */
export const demoRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { demoSecret } = context;
  if (demoSecret === undefined) return;
  app.post("/api/demo/enrol-code", async (request) => {
    const { secret, role, counterId } = parseBody(demoCodeSchema, request.body);
    const given = Buffer.from(secret);
    const wanted = Buffer.from(demoSecret);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw apiError("unauthorised");
    const [hallId] = await context.halls.homedIds();
    if (hallId === undefined) throw apiError("unavailable");
    return { code: await createEnrolCode(context.database, { hallId, role, counterId }, context.clock()) };
  });
};
