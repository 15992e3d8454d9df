import { z } from "zod";
import { fleetActs } from "../domain/fleet/acts.ts";
import { terminalRoleSchema } from "../domain/identity/roles.ts";
import { remoteSettingsSchema } from "./remote-settings.ts";

/** A line of a terminal's log: when, what, and the fields that log-events.ts lists for it. */
const logLineSchema = z
  .object({ at: z.iso.datetime(), event: z.string().max(40) })
  .catchall(z.union([z.string().max(300), z.number(), z.boolean()]));

/** Screens for anybody: they may become one another. Others have rights, a key or a second screen that go with an enrolment. */
export const publicRoles = ["kiosk", "display", "review"] as const;

const reason = z.string().trim().min(1).max(100);

/** What a screen for anybody is for. A review tablet belongs to a counter. */
const publicUseSchema = z.object({ role: z.enum(publicRoles), counterId: z.string().max(8).nullable() });
export type PublicUse = Readonly<z.infer<typeof publicUseSchema>>;

/** What may be done with a terminal. The first five are the node's to do, another use when the terminal says that nobody is at it; the others the terminal's. */
export const fleetOrderSchema = z.discriminatedUnion("what", [
  z.object({ what: z.literal("lock"), reason }),
  z.object({ what: z.literal("unlock") }),
  z.object({ what: z.literal("rename"), name: z.string().trim().min(1).max(60) }),
  /** Waits until nobody is at the screen, unless there is a reason why it may not (`nowBecause`). */
  publicUseSchema.extend({ what: z.literal("role"), nowBecause: reason.nullable().default(null) }),
  z.object({ what: z.literal("revoke"), reason }),
  z.object({ what: z.literal("logs") }),
  z.object({ what: z.literal("readSettings") }),
  /** `before` is what the difference was shown against: settings that have changed since are left alone. */
  z.object({ what: z.literal("applySettings"), before: remoteSettingsSchema, settings: remoteSettingsSchema }),
]);
export type FleetOrder = Readonly<z.infer<typeof fleetOrderSchema>>;

/** Whether the terminal itself has to do it. */
export const isForTerminal = ({ what }: FleetOrder): boolean =>
  what === "logs" || what === "readSettings" || what === "applySettings";

/** What an open order waits for: its hall, at a city; the terminal's answer; or that nobody is at the screen. */
export const orderWaits = ["hall", "terminal", "alone"] as const;
export type OrderWait = (typeof orderWaits)[number];

/** What an open order waits for. @param isAtHall the terminal's hall has it */
export const waitOf = (order: Pick<FleetOrder, "what">, isAtHall: boolean): OrderWait =>
  !isAtHall ? "hall" : order.what === "role" ? "alone" : "terminal";

/** Why an order was not carried out; each has a sentence, `fleet:refused.<code>`. */
export const fleetRefusals = [
  "terminal_unknown",
  "terminal_offline",
  "terminal_browser",
  "terminal_unsent",
  "terminal_not_public",
  "terminal_revoked",
  "own_terminal",
  "counter_unknown",
  "counter_needed",
  "settings_changed",
  "settings_wrong",
  "superseded",
  "hall_too_old",
  "terminal_too_old",
  "failed",
] as const;
export const fleetRefusalSchema = z.enum(fleetRefusals);
/** Why, to a desk: what a newer center has found is a failure to an older desk. */
export const refusalAsUnderstood = fleetRefusalSchema.nullable().catch("failed");
export type FleetRefusal = z.infer<typeof fleetRefusalSchema>;

/** What a terminal answers. Its log leaves it as codes, figures, kinds of errors and where in the program: no words of an error. */
export const terminalAnswerSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("logs"), lines: z.array(logLineSchema).max(300) }),
  z.object({ kind: z.literal("settings"), settings: remoteSettingsSchema }),
  /** Nobody is at the screen, and it may become another one. */
  z.object({ kind: z.literal("alone") }),
  z.object({ kind: z.literal("refused"), code: fleetRefusalSchema }),
]);
export type TerminalAnswer = Readonly<z.infer<typeof terminalAnswerSchema>>;

/** `open`: waits for the terminal, or for its hall. `expired`: it did not answer in time, or its answer has been thrown away. */
export const orderStates = ["open", "done", "refused", "expired"] as const;

/** An order as the desk lists it, without the answer. */
export const listedOrderSchema = z.object({
  orderId: z.uuid(),
  deviceId: z.string(),
  what: z.enum(fleetActs),
  askedAt: z.number(),
  askedBy: z.string(),
  /** The city gave it. */
  isOfCity: z.boolean(),
  state: z.enum(orderStates),
  refusal: refusalAsUnderstood,
  /** Of an open one; missing from older centers. */
  waitsFor: z.enum(orderWaits).nullable().default(null),
  /** What the screen is to be for. */
  becomes: publicUseSchema.nullable().default(null),
  /** The other use does not wait until nobody is at the screen. */
  isAtOnce: z.boolean().default(false),
});
export type ListedOrder = Readonly<z.infer<typeof listedOrderSchema>>;

/** An order of a newer program is null: whoever gets it says that it does not know it. */
export const orderAsUnderstood = fleetOrderSchema.nullable().catch(null);

/** What a terminal is told of itself when it asks. */
export const attendedSchema = z.object({
  name: z.string(),
  role: terminalRoleSchema,
  counterId: z.string().nullable(),
  orders: z.array(z.object({ orderId: z.uuid(), order: orderAsUnderstood })),
});
export type Attended = Readonly<z.infer<typeof attendedSchema>>;
