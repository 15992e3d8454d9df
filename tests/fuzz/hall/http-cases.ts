import type { FastifyInstance, InjectOptions } from "fastify";
import { buildApp } from "../../../center/app.ts";
import { ORDER_WAIT_MS } from "../../../center/routes/relay.ts";
import { apiErrorSchema } from "../../../shared/contract/api.ts";
import type { Random } from "../../helpers/random.ts";
import { makerOf } from "../generate/from-schema.ts";
import { mutate, mutateText } from "../generate/mutate.ts";
import { nastyString, nastyValue } from "../generate/nasty.ts";
import type { FuzzContext } from "../harness/faults.ts";
import type { FuzzDevice, World } from "../harness/world.ts";
import { bodySchemas, routesOf, type Route } from "./routes.ts";

const SLOW_MS = 10_000;
const SHOWN_INPUT = 2_000;
/** End points that hold a question back until there is something to say; one that is turned away is so at once. */
const WAITS_MS: Readonly<Record<string, number>> = { "POST /api/relay/:hallId/fleet": ORDER_WAIT_MS };

interface Target {
  readonly app: FastifyInstance;
  readonly routes: readonly Route[];
}

/** Every end point of a hall and of a city, asked in this process: no socket is in the way of a hundred thousand cases. */
export class HttpCases {
  readonly statuses = new Map<number, number>();
  private readonly makers = new Map(Object.entries(bodySchemas).map(([url, schema]) => [url, makerOf(schema)]));

  private constructor(private readonly targets: readonly Target[]) {}

  static async open({ hall, city }: World): Promise<HttpCases> {
    const targets: Target[] = [];
    for (const context of [{ ...hall.context, demoSecret: "demo-secret" }, city.context]) {
      const app = await buildApp(context);
      await app.ready();
      // The demo's and the pages' files are the disk's; the WebSocket has cases of its own.
      const routes = routesOf(app).filter(({ url }) => url.startsWith("/") && !url.startsWith("/api/sync"));
      targets.push({ app, routes });
    }
    return new HttpCases(targets);
  }

  get routes(): readonly Route[] {
    return this.targets.flatMap(({ routes }) => routes);
  }

  async run(context: FuzzContext): Promise<void> {
    const { random, fault } = context;
    const { app, routes } = random.pick(this.targets);
    const route = random.pick(routes);
    // Each right sign-in costs the time of a slow hash: some of them are enough.
    if (route.url === "/api/login" && random.next() < 0.8) return;
    const options = this.request(route, context);
    const shown = JSON.stringify(options).slice(0, SHOWN_INPUT);
    const since = performance.now();
    let answer: Awaited<ReturnType<FastifyInstance["inject"]>>;
    try {
      answer = await app.inject(options);
    } catch (error) {
      // The client's own library refuses some input before it is sent.
      if (isClientRefusal(error)) return;
      return fault(`the request failed: ${String(error)}`, shown);
    }
    this.statuses.set(answer.statusCode, (this.statuses.get(answer.statusCode) ?? 0) + 1);
    const name = `${route.method} ${route.url}`;
    if (answer.statusCode >= 500) fault(`${name} answered ${String(answer.statusCode)}: ${answer.body}`, shown);
    const waits = answer.statusCode < 400 ? (WAITS_MS[name] ?? 0) : 0;
    if (performance.now() - since > SLOW_MS + waits) fault(`${name} took long`, shown);
    if (answer.statusCode < 400) return;
    if (/node_modules|\bat \S+ \(|\.ts:\d+/.test(answer.body))
      fault(`${name} tells its insides: ${answer.body}`, shown);
    const isJson = String(answer.headers["content-type"]).startsWith("application/json");
    if (isJson && options.method !== "HEAD" && !isErrorBody(answer.body))
      fault(`${name}: an error without its form: ${answer.body}`, shown);
  }

  async close(): Promise<void> {
    for (const { app } of this.targets) await app.close();
  }

  private request(route: Route, { random, world }: FuzzContext): InjectOptions {
    const pool = world.pool();
    const device = random.pick(world.devices);
    const url = route.url
      .replace(/:hallId/, () => encoded(String(random.pick(pool["hallId"] ?? []))))
      .replace(/:\w+|\*/g, () => encoded(pathPart(random)));
    const query = random.next() < 0.3 ? `?${encoded(nastyString(random, 9))}=${encoded(nastyString(random, 30))}` : "";
    const method = random.next() < 0.03 ? random.pick(["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"]) : route.method;
    const headers: Record<string, string> = authorization(random, world, device);
    const options: InjectOptions = {
      method,
      url: `${url}${query}`,
      headers,
      // Limits go by address and by terminal: a hall of many.
      remoteAddress: `10.${String(random.between(0, 255))}.${String(random.between(0, 255))}.1`,
    };
    if (method === "GET" || method === "HEAD") return options;
    if (route.url.endsWith("/part")) return { ...options, ...part(random, headers) };
    let body: unknown = this.makers.get(route.url)?.(random, pool) ?? {
      text: nastyString(random, 30),
      value: nastyValue(random),
    };
    if (typeof body === "object" && body !== null && "deviceId" in body && random.next() < 0.8)
      body = {
        ...body,
        deviceId: device.deviceId,
        secret: device.secret,
        ...("clerkId" in body ? { clerkId: device.clerkId } : {}),
      };
    if (random.next() < 0.5) body = mutate(body, random);
    let payload = JSON.stringify(body) ?? "";
    if (random.next() < 0.15) payload = mutateText(payload, random);
    headers["content-type"] = random.next() < 0.95 ? "application/json" : nastyHeader(random);
    return { ...options, payload };
  }
}

const isErrorBody = (text: string): boolean => {
  try {
    return apiErrorSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
};

/** Lone surrogates cannot be part of an address; they come in bodies. */
const encoded = (text: string): string => encodeURIComponent(Buffer.from(text).toString("utf8"));

const isClientRefusal = (error: unknown): boolean => {
  const { code, name } = error as { code?: string; name?: string };
  return code?.startsWith("ERR_HTTP_") === true || code === "ERR_INVALID_CHAR" || name === "AssertionError";
};

const pathPart = (random: Random): string =>
  random.pick([nastyString(random, 60), "0".repeat(64), "a".repeat(300), nastyString(random, 20)]);

const nastyHeader = (random: Random): string =>
  nastyString(random, 40).replaceAll(/[^\x20-\x7e]/g, "?") || "application/xml";

const authorization = (random: Random, world: World, { deviceId, secret }: FuzzDevice): Record<string, string> => {
  const chosen = random.next();
  if (chosen < 0.5) return { authorization: `Bearer ${deviceId}:${secret}` };
  if (chosen < 0.65) return { authorization: `Bearer ${world.relayKey}` };
  if (chosen < 0.8) return { authorization: `Bearer ${world.platformKey}` };
  if (chosen < 0.9)
    return { authorization: nastyHeader(random), range: nastyHeader(random), origin: nastyHeader(random) };
  return {};
};

const part = (random: Random, headers: Record<string, string>): Pick<InjectOptions, "payload" | "headers"> => ({
  payload: Buffer.from(nastyString(random, 40).repeat(random.between(0, 50))),
  headers: {
    ...headers,
    "content-type": "application/octet-stream",
    "x-offset": String(random.pick([0, -1, 32_768, 1e15, Number.NaN])),
    "x-sha256": random.pick(["", "0".repeat(64), nastyHeader(random)]),
  },
});
