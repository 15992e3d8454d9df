import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import websocket from "@fastify/websocket";
import fastify, { type FastifyBaseLogger, type FastifyError, type FastifyReply, type FastifyInstance } from "fastify";
import { deskFloorRoutes } from "./appointments/desk-routes.ts";
import { appointmentPageRoutes } from "./appointments/page-routes.ts";
import { platformRoutes } from "./appointments/platform-routes.ts";
import { cityRoutes } from "./city/city-routes.ts";
import type { CenterContext } from "./context.ts";
import { apiError, errorBody, HttpError } from "./errors.ts";
import { fleetRoutes } from "./fleet/desk-routes.ts";
import { attendRoutes } from "./fleet/device-routes.ts";
import { fileRoutes } from "./routes/files.ts";
import { PROGRESS_PAGE_PATH } from "../shared/contract/progress-page.ts";
import { phoneRoutes } from "./phone/routes.ts";
import { deviceKeyRoutes } from "./routes/device-keys.ts";
import { caseRoutes } from "./routes/cases.ts";
import { demoRoutes, identityRoutes, publicRoutes } from "./routes/http.ts";
import { deskReportRoutes } from "./reports/desk-report-routes.ts";
import { auditRoutes } from "./identity/audit-routes.ts";
import { factorRoutes } from "./identity/factor-routes.ts";
import { boardRoutes } from "./reviews/board-routes.ts";
import { isPersonAsking, showNowhere } from "./reviews/page-answer.ts";
import { codeRoutes } from "./reviews/code-routes.ts";
import { numberRoutes } from "./reviews/number-routes.ts";
import { deskReviewRoutes } from "./reviews/desk-routes.ts";
import { deskSearchRoutes } from "./desk-search/routes.ts";
import { deskLedgerRoutes } from "./ledgers/desk-routes.ts";
import { surveyRoutes } from "./ledgers/survey-routes.ts";
import { deskReleaseRoutes } from "./releases/desk-routes.ts";
import { releaseRoutes } from "./releases/routes.ts";
import { relayRoutes } from "./routes/relay.ts";
import { staticRoutes } from "./routes/static.ts";
import { isOwnOrigin, syncRoute } from "./routes/sync.ts";
import type { Certified } from "./tls/certificate.ts";
import { deskOrderRoutes } from "./work-orders/desk-routes.ts";
import { publicOrderRoutes } from "./work-orders/public-routes.ts";

/** A day's worth of unsent commands goes in several messages; the largest single thing is a relay batch. */
const MAX_MESSAGE_BYTES = 4_000_000;
const MAX_BODY_BYTES = 64_000;
const REQUEST_MS = 30_000;
/** Node takes the longer of the two times for the body, whatever they are called, and looks only every half minute by itself. */
const SLOW_CLIENTS = { headersTimeout: REQUEST_MS, connectionsCheckingInterval: 1_000 };
const DESK_PAGE_PATH = "/desk";

/** Errors of the framework and of the database as the API tells them. */
const asHttpError = (error: FastifyError): HttpError => {
  if (error instanceof HttpError) return error;
  if (error.statusCode === 413) return apiError("too_large");
  if (error.statusCode === 429) return apiError("too_many_requests", { seconds: 60 });
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return apiError("bad_request");
  // "data exception": a text that PostgreSQL cannot hold (U+0000) or a number beyond its type.
  if (/^22/.test(error.code)) return apiError("bad_request");
  // Classes of "connection", "operator intervention", "out of resources", "system error", and the driver's own.
  if (/^(08|53|57|58|XX)|^E[A-Z]+$/.test(error.code) || /connect|timeout|terminat/i.test(error.message))
    return apiError("unavailable");
  return apiError("internal");
};

/** The HTTP and WebSocket side of the center, over whatever the context holds. */
export const buildApp = async (context: CenterContext, tls?: Certified): Promise<FastifyInstance> => {
  const loggerInstance: FastifyBaseLogger = context.log.child({}, { level: "warn" });
  const app = fastify({
    loggerInstance,
    bodyLimit: MAX_BODY_BYTES,
    // A body that trickles in for ever holds no socket.
    requestTimeout: REQUEST_MS,
    connectionTimeout: 60_000,
    forceCloseConnections: true,
    // "error" throws on __proto__ and constructor.prototype in a body.
    onProtoPoisoning: "error",
    onConstructorPoisoning: "error",
    routerOptions: { maxParamLength: 100 },
    // Errors before any handler: an address that is no address, a part of it that is too long.
    frameworkErrors: (error, _request, reply) => {
      const told = asHttpError(error);
      void (reply as FastifyReply).code(told.statusCode).send(errorBody(told));
    },
    ...(tls === undefined
      ? { http: SLOW_CLIENTS }
      : { https: { ...tls, minVersion: "TLSv1.2" as const, ...SLOW_CLIENTS } }),
  });

  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const told = asHttpError(error);
    if (told.statusCode >= 500)
      context.log.error(
        { event: "http.failed", method: request.method, path: request.routeOptions.url, err: error },
        "request failed",
      );
    if (told.statusCode === 404 && isPersonAsking(request)) void showNowhere(request, reply);
    else void reply.code(told.statusCode).send(errorBody(told));
  });
  app.setNotFoundHandler((request, reply) => {
    if (isPersonAsking(request)) return void showNowhere(request, reply);
    const told = apiError("not_found");
    void reply.code(told.statusCode).send(errorBody(told));
  });

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:"],
        mediaSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    // The center may be reached over plain HTTP inside the hall; who puts TLS before it sets this there.
    strictTransportSecurity: false,
    // The terminals' pages have another origin (app://service-hall) and read the answers.
    crossOriginResourcePolicy: { policy: "cross-origin" },
    referrerPolicy: { policy: "no-referrer" },
  });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, limit) => apiError("too_many_requests", { seconds: Math.ceil(limit.ttl / 1000) }),
  });
  await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false } });

  app.addHook("onRequest", async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined || !request.url.startsWith("/api/")) return;
    void reply.header("vary", "origin");
    if (!isOwnOrigin(request)) {
      // Reads without an allowed origin go unanswered by the browser; acts are refused here.
      if (request.method !== "GET") throw apiError("forbidden_origin");
      return;
    }
    void reply.header("access-control-allow-origin", origin);
    if (request.method === "OPTIONS")
      return reply
        .header("access-control-allow-methods", "GET, POST")
        .header("access-control-allow-headers", "content-type, if-none-match, authorization, range, x-offset, x-sha256")
        .header("access-control-max-age", "600")
        .code(204)
        .send();
  });
  app.options("/api/*", async (_request, reply) => reply.code(204).send());

  publicRoutes(app, context);
  identityRoutes(app, context);
  deviceKeyRoutes(app, context);
  caseRoutes(app, context);
  releaseRoutes(app, context);
  deskReleaseRoutes(app, context);
  demoRoutes(app, context);
  platformRoutes(app, context);
  appointmentPageRoutes(app, context);
  deskFloorRoutes(app, context);
  codeRoutes(app, context);
  boardRoutes(app, context);
  numberRoutes(app, context);
  auditRoutes(app, context);
  factorRoutes(app, context);
  deskReviewRoutes(app, context);
  deskOrderRoutes(app, context);
  publicOrderRoutes(app, context);
  deskReportRoutes(app, context);
  deskLedgerRoutes(app, context);
  deskSearchRoutes(app, context);
  surveyRoutes(app, context);
  fleetRoutes(app, context);
  attendRoutes(app, context);
  if (context.cityFigures !== undefined) cityRoutes(app, context, context.cityFigures);
  relayRoutes(app, context);
  await app.register((scope, _options, done) => {
    fileRoutes(scope, context);
    done();
  });
  syncRoute(app, context);
  phoneRoutes(app, context);
  // The desk in a browser; what follows "#" in its links stays with the browser.
  app.get(DESK_PAGE_PATH, async (request, reply) => {
    const query = new URLSearchParams(request.url.split("?")[1] ?? "");
    query.set("role", "desk");
    return reply.redirect(`/app/?${query.toString()}`, 302);
  });
  app.get(PROGRESS_PAGE_PATH, async (_request, reply) => reply.redirect("/app/progress.html", 302));
  if (context.rendererDir !== undefined) await staticRoutes(app, context.rendererDir);
  return app;
};
