import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { addDays } from "../../shared/basics/time.ts";
import {
  DESK_REVIEWS_PATH,
  deskListSchema,
  deskRangeSchema,
  deskWordsSchema,
  type ListedReview,
  type ReviewWords,
} from "../../shared/contract/desk-reviews.ts";
import { mayReveal, mayTake, type Asker } from "../../shared/domain/identity/permissions.ts";
import type { ReviewFigures } from "../../shared/domain/review/figures.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { readApplicant } from "../identity/applicant-key.ts";
import { standingOf } from "../identity/clerks.ts";
import { authenticate, type Device } from "../identity/devices.ts";
import { figuresSheet } from "./figures-sheet.ts";
import { readFigures } from "./read-figures.ts";
import { noteAct } from "../identity/staff-audit.ts";

const LIST_MAX = 500;
/** The longest stretch of days that is read at once. */
const DAYS_MAX = 400;
const PER_MINUTE = 120;

/** A desk terminal with a clerk who is signed in there now; anybody else is turned away. `may`: left out, the duty desk alone. */
export const deskAsker = async (
  { database }: Pick<CenterContext, "database">,
  asker: { readonly deviceId: string; readonly secret: string; readonly clerkId: string },
  may: (device: Device) => boolean = ({ department }) => department === null,
): Promise<Device> => {
  const device = await authenticate(database, asker);
  if (device?.role !== "desk" || !may(device)) throw apiError("unauthorised");
  if (device.isLocked) throw apiError("terminal_locked");
  const { standing, open } = await standingOf(database, device, asker.clerkId);
  // What somebody did before signing out comes in later and is kept; to ask, one has to be there.
  if (standing !== "known" || !open) throw apiError("unauthorised");
  return device;
};

/** As `deskAsker`, for whom the matrix of rights lets by the duty that he or she has. */
export const dutyAsker = async (
  context: Pick<CenterContext, "database">,
  asker: Parameters<typeof deskAsker>[1],
  may: (who: Asker) => boolean,
): Promise<Device> => {
  const device = await deskAsker(context, asker);
  const { duty } = await standingOf(context.database, device, asker.clerkId);
  const { role, department } = device;
  if (!may({ role, department, duty })) throw apiError("unauthorised");
  return device;
};

/** A body of the expected form, or 400. */
export const parseBody = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw apiError("bad_request", { field: parsed.error.issues[0]?.path.join(".").slice(0, 60) ?? "" });
};

/** Limits go by terminal: a hall sits behind one address. */
export const perTerminal = (name: string, max: number): { readonly rateLimit: object } => ({
  rateLimit: {
    max,
    timeWindow: 60_000,
    hook: "preHandler",
    keyGenerator: (request: { body: unknown; ip: string }) => {
      const { deviceId } = (request.body ?? {}) as { deviceId?: unknown };
      return typeof deviceId === "string" ? `${name} ${deviceId}` : `address ${request.ip}`;
    },
  },
});
export const perDesk = perTerminal("desk", PER_MINUTE);

/** Digits in the middle are hidden: enough to recognise one's own, not enough to ring. */
export const maskPhone = (phone: string): string => phone.replace(/(?<=.{3}).(?=.{4})/g, "*");

/** The applicant's number, for the call-back; the reveal is noted by the caller. */
const phoneOfCase = async (
  { database, personal }: Pick<CenterContext, "database" | "personal">,
  hallId: string,
  ref: string | null,
): Promise<string | null> => {
  if (ref === null) return null;
  const { rows } = await database.query<{ applicant_id: string; box: Buffer | null }>(
    `SELECT i.applicant_id, p.box FROM intakes i
     LEFT JOIN cases c ON c.hall_id = i.hall_id AND c.intake_id = i.intake_id
     JOIN personal p ON p.hall_id = i.hall_id AND p.id = i.applicant_id AND p.kind = 'applicant'
     WHERE i.hall_id = $1 AND (i.intake_id = $2 OR c.case_id = $2) LIMIT 1`,
    [hallId, ref],
  );
  const row = rows[0];
  if (row?.box == null) return null;
  const phone = readApplicant(personal.open(hallId, { id: row.applicant_id, kind: "applicant" }, row.box))?.phone;
  return phone === undefined || phone === "" ? null : phone;
};

/** What the duty desk asks about reviews. Words and numbers go to it alone, one review at a time, and it is noted who looked. */
export const deskReviewRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock, catalogues } = context;
  const itemName = (code: string): string | undefined => catalogues.findItem(code)?.name;
  const checkRange = ({ from, to }: { readonly from: string; readonly to: string }): void => {
    if (from > to || addDays(from, DAYS_MAX) < to) throw apiError("bad_request", { field: "from" });
  };

  app.post(`${DESK_REVIEWS_PATH}/figures`, { config: perDesk }, async (request): Promise<ReviewFigures> => {
    const body = parseBody(deskRangeSchema, request.body);
    const { hallId } = await deskAsker(context, body);
    checkRange(body);
    await context.reviewLedgers.caughtUp(hallId);
    return readFigures(database, hallId, { from: body.from, to: body.to }, clock(), itemName);
  });

  app.post(
    `${DESK_REVIEWS_PATH}/list`,
    { config: perDesk },
    async (request): Promise<{ reviews: readonly ListedReview[]; more: boolean }> => {
      const body = parseBody(deskListSchema, request.body);
      const { hallId } = await deskAsker(context, body);
      checkRange(body);
      await context.reviewLedgers.caughtUp(hallId);
      const where = { all: "", bad: "AND level <= 2", flagged: "AND flags <> '[]'" }[body.only];
      const { rows } = await database.query<LedgerRow>(
        `SELECT seq, review_id, at, number, counter_id, business_id, item_code, item_name, level, tags, flags, channel, is_first,
           counts, text_id IS NOT NULL AS has_text, phone_id IS NOT NULL OR case_id IS NOT NULL AS has_phone
         FROM review_ledger WHERE hall_id = $1 AND day BETWEEN $2 AND $3 ${where} ORDER BY seq DESC LIMIT $4`,
        [hallId, body.from, body.to, LIST_MAX + 1],
      );
      return { reviews: rows.slice(0, LIST_MAX).map((row) => listed(row, itemName)), more: rows.length > LIST_MAX };
    },
  );

  app.post(`${DESK_REVIEWS_PATH}/words`, { config: perDesk }, async (request): Promise<ReviewWords> => {
    const body = parseBody(deskWordsSchema, request.body);
    const device = await deskAsker(context, body, (asker) => mayReveal(asker, "reviews"));
    const { hallId } = device;
    await context.reviewLedgers.caughtUp(hallId);
    const { rows } = await database.query<{
      seq: number;
      text_id: string | null;
      phone_id: string | null;
      clerk_id: string | null;
      case_id: string | null;
    }>(
      "SELECT seq, text_id, phone_id, clerk_id, case_id FROM review_ledger WHERE hall_id = $1 AND review_id = $2 ORDER BY seq",
      [hallId, body.reviewId],
    );
    // Not even at the desk does somebody read what was written about their own service.
    if (rows.some((row) => row.clerk_id === body.clerkId)) throw apiError("unauthorised");
    await noteAct(
      database,
      device,
      body.clerkId,
      body.reveals ? "review.phone" : "review.words",
      body.reviewId,
      clock(),
    );
    const read = async (kind: "reviewText" | "reviewPhone", id: string | null): Promise<string | null> => {
      if (id === null) return null;
      const found = await database.query<{ box: Buffer | null }>(
        "SELECT box FROM personal WHERE hall_id = $1 AND id = $2 AND kind = $3",
        [hallId, id, kind],
      );
      const box = found.rows[0]?.box;
      return box ? context.personal.open(hallId, { id, kind }, box) : null;
    };
    const entries = [];
    for (const { seq, text_id: textId, phone_id: phoneId, case_id: caseId } of rows) {
      const text = await read("reviewText", textId);
      // Whoever reviews a case is known by the case: the call-back goes to the number that was given there.
      const phone = (await read("reviewPhone", phoneId)) ?? (await phoneOfCase(context, hallId, caseId));
      entries.push({ seq, text, phone: phone === null || body.reveals ? phone : maskPhone(phone) });
    }
    return { entries };
  });

  app.post(`${DESK_REVIEWS_PATH}/export`, { config: perDesk }, async (request, reply) => {
    const body = parseBody(deskRangeSchema, request.body);
    const device = await deskAsker(context, body, (asker) => mayTake(asker, "reviews"));
    checkRange(body);
    await context.reviewLedgers.caughtUp(device.hallId);
    const now = clock();
    const days = { from: body.from, to: body.to };
    const { plan } = (await context.halls.get(device.hallId)).hall;
    const figures = await readFigures(database, device.hallId, days, now, itemName);
    const sheet = await figuresSheet(figures, plan);
    // Noted before it leaves: an export that nobody noted must not exist.
    await noteAct(database, device, body.clerkId, "review.export", `${body.from}..${body.to}`, now);
    context.log.info(
      { event: "reviews.exported", hall: device.hallId, device: device.deviceId, ...days },
      "figures exported",
    );
    return reply
      .type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
      .header("cache-control", "no-store")
      .header("content-disposition", `attachment; filename="reviews-${body.from}-${body.to}.xlsx"`)
      .send(sheet);
  });
};

interface LedgerRow {
  readonly seq: number;
  readonly review_id: string;
  readonly at: number;
  readonly number: string | null;
  readonly counter_id: string | null;
  readonly business_id: string | null;
  readonly item_code: string | null;
  readonly item_name: string | null;
  readonly level: number;
  readonly tags: string;
  readonly flags: string;
  readonly channel: string;
  readonly is_first: boolean;
  readonly counts: boolean;
  readonly has_text: boolean;
  readonly has_phone: boolean;
}

const listed = (row: LedgerRow, itemName: (code: string) => string | undefined): ListedReview => ({
  seq: row.seq,
  reviewId: row.review_id,
  at: row.at,
  number: row.number,
  counterId: row.counter_id,
  businessId: row.business_id,
  itemName: (row.item_code === null ? undefined : itemName(row.item_code)) ?? row.item_name,
  level: row.level,
  tags: JSON.parse(row.tags) as string[],
  flags: JSON.parse(row.flags) as string[],
  channel: row.channel,
  isFirst: row.is_first,
  counts: row.counts,
  hasText: row.has_text,
  hasPhone: row.has_phone,
});
