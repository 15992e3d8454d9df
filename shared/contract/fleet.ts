import { z } from "zod";
import { fleetLimitsSchema } from "../domain/fleet/fleet-limits.ts";
import { fleetCountsSchema, fleetTerminalSchema } from "../domain/fleet/fleet.ts";
import { terminalReportSchema } from "../domain/fleet/terminal-report.ts";
import {
  fleetOrderSchema,
  fleetRefusalSchema,
  listedOrderSchema,
  orderStates,
  orderAsUnderstood,
  refusalAsUnderstood,
  terminalAnswerSchema,
} from "./fleet-orders.ts";

/** What desks ask about terminals, and order. A city's desk names the hall. */
export const FLEET_PATH = "/api/desk/fleet";
/** What a terminal asks about itself after it was told to, and answers. */
export const ATTEND_PATH = "/api/device/attend";
export const ANSWER_PATH = "/api/device/answer";

/** So many orders of a hall are listed, the newest. */
export const LISTED_MAX = 100;

/** A terminal sends as many lines of its log as these bytes hold, and a node takes an answer of more. */
export const LOG_BYTES_MAX = 150_000;
export const ANSWER_BYTES_MAX = LOG_BYTES_MAX + 50_000;

const credentials = { deviceId: z.string().max(64), secret: z.string().max(128) };
const asker = { ...credentials, clerkId: z.string().max(64) };
const hallId = z.string().min(1).max(64).nullable().default(null);

export const fleetListSchema = z.object({ ...asker, hallId });
export const fleetOrderRequestSchema = z.object({
  ...asker,
  hallId,
  terminalId: z.string().max(64),
  order: fleetOrderSchema,
});
export const fleetAnswerRequestSchema = z.object({ ...asker, hallId, orderId: z.uuid() });
export const fleetHallsSchema = z.object(asker);

/** A hall's terminals as its node knows them; the city gets the same. */
export const fleetBodySchema = z.object({
  hallName: z.string(),
  limits: fleetLimitsSchema,
  nodeVersion: z.string().max(32),
  counters: z.array(z.object({ id: z.string(), name: z.string() })),
  terminals: z.array(fleetTerminalSchema).max(500),
});
export type FleetBody = Readonly<z.infer<typeof fleetBodySchema>>;

const understood = <T>(schema: z.ZodType<T>, most: number) =>
  z
    .array(z.unknown())
    .max(most)
    .transform((list) => list.map((each) => schema.safeParse(each).data).filter((each) => each !== undefined));

/** The same from a newer program: what is not understood of a terminal is left out, and not the whole hall with it. */
const newerFleetBodySchema = fleetBodySchema.extend({
  terminals: understood(fleetTerminalSchema.extend({ report: terminalReportSchema.nullable().catch(null) }), 500),
});

/** What a desk is told, whose program may be older than the center's. */
export const fleetListResponseSchema = newerFleetBodySchema.extend({
  /** The center's time, by which ages count. */
  now: z.number(),
  /** When the hall was heard; at the hall itself: now. */
  heardAt: z.number(),
  orders: understood(listedOrderSchema, LISTED_MAX),
  /** The version of the center that is asked; at a city another one than the hall's. Missing from older centers. */
  centerVersion: z.string().max(32).default(""),
});
export type FleetList = Readonly<z.infer<typeof fleetListResponseSchema>>;

export const fleetOrderResponseSchema = z.object({
  orderId: z.uuid(),
  state: z.enum(orderStates),
  refusal: refusalAsUnderstood,
});
export const fleetAnswerResponseSchema = z.object({
  state: z.enum(orderStates),
  refusal: refusalAsUnderstood,
  /** When it was given; it is thrown away after a day. */
  answeredAt: z.number().nullable(),
  answer: terminalAnswerSchema.nullable(),
});

/** One line a hall, for the city. */
export const fleetHallSchema = fleetCountsSchema.extend({
  hallId: z.string(),
  name: z.string(),
  heardAt: z.number(),
});
export const fleetHallsResponseSchema = z.object({ now: z.number(), halls: z.array(fleetHallSchema) });
export type FleetHall = Readonly<z.infer<typeof fleetHallSchema>>;

export const attendRequestSchema = z.object(credentials);
export const answerRequestSchema = z.object({ ...credentials, orderId: z.uuid(), answer: terminalAnswerSchema });

const endedSchema = z.object({
  orderId: z.uuid(),
  state: z.enum(orderStates),
  refusal: fleetRefusalSchema.nullable(),
  answer: terminalAnswerSchema.nullable(),
});

/** More orders than a city gives to one hall within a day. */
export const TAKEN_MAX = 5_000;
export const ENDED_MAX = 50;
/** Answers in one question of a hall; room for ten whole logs. */
export const ENDED_BYTES_MAX = 1_500_000;

/** What a hall tells its city, and takes home from it: waits at the city until there is an order. */
export const relayFleetSchema = z.object({
  /** Orders of the city that the hall has and whose end is not told here. */
  taken: z.array(z.uuid()).max(TAKEN_MAX),
  /** null: as told before. */
  fleet: fleetBodySchema.nullable(),
  /** Orders of the city that have ended. */
  ended: z.array(endedSchema).max(ENDED_MAX),
});
export type RelayFleet = z.infer<typeof relayFleetSchema>;

/** The same from a hall with a newer program: what is not understood of a terminal or an order is left out, and not the whole hall with it. */
export const newerRelayFleetSchema = relayFleetSchema.extend({
  fleet: newerFleetBodySchema.nullable(),
  ended: understood(endedSchema, ENDED_MAX),
});

export const relayOrdersSchema = z.object({
  orders: z.array(
    z.object({
      orderId: z.uuid(),
      terminalId: z.string(),
      askedBy: z.string(),
      order: orderAsUnderstood,
      /** How long the city waits still; a time, for the hall's clock is another one. Missing from older cities. */
      leftMs: z.number().nullable().default(null),
    }),
  ),
});
