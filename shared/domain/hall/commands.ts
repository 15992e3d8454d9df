import { z } from "zod";
import { idSchema as id } from "../../basics/id.ts";
import { hallPlanSchema } from "./plan.ts";
import { planChangeSchema } from "../plan-change/plan-change.ts";
import { bookingChannelSchema } from "../appointment/appointment.ts";
import { noticeDataSchema } from "../notice/notice.ts";
import { ticketClassSchema } from "../queue/ticket.ts";
import { MAX_STOPS, visitStopSchema } from "../queue/visit-stop.ts";
import { claimReviewSchema } from "../review/claim.ts";
import { rectificationCommandSchemas } from "../rectification/commands.ts";
import { reviewChannelSchema, reviewedServiceSchema, reviewInputSchema, reviewLevelSchema } from "../review/review.ts";
import { caseCommandSchemas } from "../case/commands.ts";
import { ledgerCommandSchemas } from "../ledger/commands.ts";
import { workOrderCommandSchemas } from "../work-order/commands.ts";

const counterId = z.string().min(1).max(8);
const businessId = z.string().min(1).max(2);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const reason = z.string().trim().min(1).max(50);

/**
 * What terminals may ask for or report, imperative. `docs/actions.md` tells each in words, with who may send it.
 * Ids inside `data` are made on the terminal, so that it can go on before it hears from the node.
 */
const commandDataSchemas = {
  SetHallPlan: z.object({ plan: hallPlanSchema }),
  /** The desk changes settings of the running hall, and says why. */
  ChangeHallPlan: z.object({ change: planChangeSchema, reason: z.string().trim().min(1).max(100) }),
  /** Sent by the node itself when the hall's calendar day changes. */
  OpenDay: z.object({ day }),

  LeaseNumbers: z.object({ days: z.array(day).min(1).max(8) }),

  OpenCounter: z.object({ counterId, businesses: z.array(businessId).min(1).max(20).optional() }),
  PauseCounter: z.object({ counterId, reason }),
  ResumeCounter: z.object({ counterId }),
  CloseCounter: z.object({ counterId }),

  TakeTicket: z.object({
    ticketId: id,
    businessId,
    class: ticketClassSchema,
    itemCode: z.string().max(64).nullable(),
    itemName: z.string().max(200).nullable(),
    personKey: z.string().max(64).nullable(),
    /** Checks in for this appointment. */
    appointmentId: id.optional(),
    /** Present on a record: the number that was already given out from the lease. */
    lease: z.object({ day, serial: z.int().min(1).max(999) }).optional(),
    /** On a record: the ticket asked for on-line whose answer never came; nobody holds it, so it is cancelled. */
    replaces: id.optional(),
    /** Further services of the same visit, in their order. */
    stops: z.array(visitStopSchema).max(MAX_STOPS).optional(),
    /** Digest of the secret in the ticket's QR code: whoever shows the secret may follow this ticket on a phone. */
    followHash: digest.optional(),
    /** Digest of the code that opened the green channel. */
    greenCode: digest.optional(),
  }),
  RecordPrint: z.object({
    ticketId: id,
    outcome: z.enum(["printed", "failed", "unknown"]),
    /** A second paper (补打) for somebody who lost the first one. */
    reprint: z.boolean().optional(),
  }),
  /** As a claim the node picks the ticket; as a record `ticketId` tells whom the clerk called. */
  CallNext: z.object({ counterId, ticketId: id.optional() }),
  WithdrawCall: z.object({ callCommandId: id }),
  RecallTicket: z.object({ ticketId: id, counterId }),
  MissTicket: z.object({ ticketId: id, counterId, reason }),
  ReturnTicket: z.object({ ticketId: id }),
  CancelTicket: z.object({ ticketId: id, reason }),
  PinTicket: z.object({ ticketId: id, reason }),
  TransferTicket: z
    .object({
      ticketId: id,
      counterId,
      toBusinessId: businessId.nullable(),
      toCounterId: counterId.nullable(),
      reason,
    })
    .refine((data) => data.toBusinessId !== null || data.toCounterId !== null, "a business or a counter is needed"),
  BeginService: z.object({ ticketId: id, counterId }),
  ParkService: z.object({ ticketId: id, counterId, reason }),
  ResumeService: z.object({ ticketId: id, counterId }),
  EndService: z.object({ ticketId: id, counterId }),
  /** Takes back an end that was a mis-click: the service goes on where it was. */
  ReopenService: z.object({ ticketId: id, counterId }),
  /** The desk moves businesses between counters that are open, for today. */
  SetCounterBusinesses: z.object({ counterId, businesses: z.array(businessId).min(1).max(20) }),

  BookAppointment: z.object({
    appointmentId: id,
    businessId,
    day,
    from: z.string().regex(/^\d{2}:\d{2}$/),
    channel: bookingChannelSchema,
    itemCode: z.string().max(64).nullable(),
    itemName: z.string().max(200).nullable(),
    personKey: z.string().max(64).nullable(),
    contactId: id.nullable(),
  }),
  CancelAppointment: z.object({ appointmentId: id, reason: z.enum(["person", "desk", "platform"]) }),

  PublishNotice: noticeDataSchema,
  WithdrawNotice: z.object({ noticeId: id }),

  GiveReview: z.object({
    reviewId: z.string().min(1).max(80),
    counterId: counterId.nullable(),
    level: reviewLevelSchema,
    tags: z.array(z.string().regex(/^\d{3}$/)).max(8),
    elapsedMs: z.int().min(0).max(86_400_000),
    channel: reviewChannelSchema,
    textId: id.nullable(),
    phoneId: id.nullable(),
    /** From the faces being shown to "send"; absent: not measured. */
    totalMs: z.int().min(0).max(86_400_000).optional(),
    input: reviewInputSchema.optional(),
    /** Filled in by the center alone, for a review that came by a code. */
    service: reviewedServiceSchema.optional(),
  }),
  ClaimReview: claimReviewSchema,
  CloseReview: z.object({ reviewId: id, counterId: counterId.nullable(), reason: z.enum(["timeout", "declined"]) }),

  RequestHelp: z.object({ helpId: id, place: z.string().max(60) }),
  AnswerHelp: z.object({ helpId: id }),

  ...rectificationCommandSchemas,
  ...caseCommandSchemas,
  ...ledgerCommandSchemas,
  ...workOrderCommandSchemas,
} as const;

export type CommandType = keyof typeof commandDataSchemas;
export type CommandData<T extends CommandType> = z.infer<(typeof commandDataSchemas)[T]>;

/**
 * claim: wants what others may want too, so the node may refuse it.
 * record: tells what has already happened in the room, so it is never refused.
 */
export const commandModeSchema = z.enum(["claim", "record"]);
export type CommandMode = z.infer<typeof commandModeSchema>;

export type Command = {
  [T in CommandType]: {
    /** UUIDv7 made on the terminal; the same id twice has the same answer. */
    readonly id: string;
    readonly type: T;
    readonly mode: CommandMode;
    /** When the person did it: the terminal's clock corrected by the measured offset, milliseconds since 1970 UTC. */
    readonly at: number;
    readonly data: Readonly<CommandData<T>>;
  };
}[CommandType];

export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;

const envelope = {
  // One spelling only: the database takes "A…" and "a…" for the same id, texts do not.
  id: z.uuid().regex(/^[^A-F]*$/),
  mode: commandModeSchema,
  at: z.int().min(0),
};

const commandTypes = Object.keys(commandDataSchemas) as CommandType[];

/** Validates a command at the node's edge. */
export const commandSchema = z.discriminatedUnion(
  "type",
  commandTypes.map((type) => z.object({ ...envelope, type: z.literal(type), data: commandDataSchemas[type] })) as never,
) as unknown as z.ZodType<Command>;

export { commandTypes };
