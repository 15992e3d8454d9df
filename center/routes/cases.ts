import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import {
  APPLICANT_CASES_PATH,
  applicantCasesRequestSchema,
  PROGRESS_PATH,
  progressRequestSchema,
  REVEAL_PATH,
  revealRequestSchema,
  type ApplicantCasesResponse,
  type ProgressResponse,
  type RevealResponse,
} from "../../shared/contract/cases.ts";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import { findApplicantCases } from "../cases/applicant-cases.ts";
import { revealRecords } from "../cases/personal-records.ts";
import { findProgress } from "../cases/progress.ts";
import { findOrderProgress } from "../work-orders/order-progress.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { findClerkAt } from "../identity/clerks.ts";
import type { Device } from "../identity/devices.ts";
import { bearerDevice } from "./bearer.ts";

const STAFF: readonly TerminalRole[] = ["window", "desk"];

const parse = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw apiError("bad_request", { field: String(parsed.error.issues[0]?.path[0] ?? "") });
  return parsed.data;
};

/** Progress of a case for its applicant, and what staff ask about applicants. */
export const caseRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, personal, clock, log } = context;
  const limited = (max: number): { rateLimit: object } => ({ rateLimit: { max, timeWindow: 60_000 } });

  const staffOf = async (request: FastifyRequest): Promise<{ device: Device; clerkId: string }> => {
    const device = await bearerDevice(database, request, STAFF);
    const clerkId = await findClerkAt(database, device.hallId, device.deviceId);
    if (clerkId === undefined) throw apiError("no_clerk");
    return { device, clerkId };
  };

  app.post(PROGRESS_PATH, { config: limited(30) }, async (request, reply): Promise<ProgressResponse> => {
    const asked = parse(progressRequestSchema, request.body);
    const homedIds = await context.halls.homedIds();
    const hallIds = homedIds.filter((id) => asked.hallId === undefined || id === asked.hallId);
    const findOrder = (wanted: typeof asked) => findOrderProgress(context, hallIds, wanted);
    const outcome = await findProgress(database, personal, hallIds, asked, clock(), findOrder);
    if (outcome.kind === "locked") throw apiError("too_many_requests", { seconds: outcome.seconds });
    if (outcome.kind === "unknown") throw apiError("progress_unknown");
    void reply.header("cache-control", "no-store");
    return { cases: outcome.cases.map((one) => ({ ...one, steps: [...one.steps] })) };
  });

  app.post(REVEAL_PATH, { config: limited(300) }, async (request, reply): Promise<RevealResponse> => {
    const { device, clerkId } = await staffOf(request);
    const asked = parse(revealRequestSchema, request.body);
    const values = await revealRecords(context, device, { ...asked, clerkId }, clock());
    log.info({ event: "personal.revealed", device: device.deviceId, records: asked.ids.length }, "records read");
    void reply.header("cache-control", "no-store");
    return { records: asked.ids.map((id, index) => ({ id, value: values[index] ?? null })) };
  });

  app.post(APPLICANT_CASES_PATH, { config: limited(120) }, async (request, reply): Promise<ApplicantCasesResponse> => {
    const { device } = await staffOf(request);
    // A department works on what is in its tray; it has nobody in front of it.
    if (device.department !== null) throw apiError("unauthorised");
    const { idNo } = parse(applicantCasesRequestSchema, request.body);
    void reply.header("cache-control", "no-store");
    return { intakes: await findApplicantCases(database, personal, device.hallId, idNo) };
  });
};
