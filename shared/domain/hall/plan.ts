import { z } from "zod";
import { boardSettingsSchema } from "../board/board-settings.ts";
import { coverageSchema } from "../city/coverage.ts";
import { hoursSchema } from "../hours/hours.ts";
import { secondFactorRules } from "../identity/second-factor.ts";
import { fleetLimitsSchema } from "../fleet/fleet-limits.ts";
import { kioskSettingsSchema } from "../kiosk/kiosk-settings.ts";

/** Names in languages other than Chinese and English, by language tag; screens take English where one is missing. */
const namesSchema = z.record(z.string().max(12), z.string().min(1).max(80)).optional();
import { intakeRulesSchema } from "../case/intake-rules.ts";
import { ownLedgersSchema } from "../ledger/ledgers.ts";
import { workOrderRulesSchema } from "../work-order/rules.ts";

/**
 * The hall's own rules (地区方案, "local plan"): its businesses, counters and settings. Defaults follow domain.md.
 * Nothing of this is hard-coded in a screen; a changed plan is a new `HallPlanSet` event.
 */
export const businessSchema = z.object({
  /** Key of the business, also its letter on the ticket. */
  id: z.string().regex(/^[A-TX-Z]$/, "one capital letter; U, V and W are kept free for prefixes"),
  name: z.string().min(1).max(40),
  nameEn: z.string().min(1).max(60),
  names: namesSchema,
  /** Most tickets a day, leased ones included. */
  dailyCap: z.int().min(1).max(999),
  /** Minutes one service takes until the hall has measured its own. */
  typicalServiceMinutes: z.number().positive().max(240),
  /** Businesses of one department share "one appointment a person and day"; "": the business stands for itself. */
  department: z.string().max(40).default(""),
  /** Own hours; null: the hall's. */
  hours: hoursSchema.nullable().default(null),
  /** Most numbers taken between two times of a day (分段限量). */
  ticketSlots: z
    .array(
      z.object({
        from: z.string().regex(/^\d{2}:\d{2}$/),
        to: z.string().regex(/^\d{2}:\d{2}$/),
        cap: z.int().min(0).max(999),
      }),
    )
    .max(24)
    .default([]),
  /** Places for appointments in each slot; 0: none are offered. */
  appointmentsPerSlot: z.int().min(0).max(200).default(0),
});

export const counterSchema = z.object({
  id: z.string().regex(/^[0-9]{1,2}$/),
  /** The number people see and hear, 1-99. */
  number: z.int().min(1).max(99),
  name: z.string().min(1).max(40),
  nameEn: z.string().min(1).max(60),
  names: namesSchema,
  zone: z.string().min(1).max(20),
  /** Businesses served here; the order breaks ties of the call policy. */
  businesses: z.array(z.string()).min(1),
  /** Who answers for bad reviews of this counter when the service item names nobody. */
  department: z.string().min(1).max(60).optional(),
});

export const IDLE_LOCK_MINUTES = 10;

export const settingsSchema = z.object({
  /** Numbers per business and day that a kiosk holds for the time without a network. */
  leaseSize: z.int().min(5).max(200).default(50),
  /** Days after today for which a kiosk holds such numbers. */
  leaseDaysAhead: z.int().min(0).max(7).default(3),
  /** Refuse a number when no counter serves the business (domain.md, Queue). */
  requireOpenCounter: z.boolean().default(true),
  /** Minutes of head start per class in the call policy; the largest one bounds overtaking. */
  creditMinutes: z
    .object({
      green: z.number().min(0).max(120).default(20),
      appointment: z.number().min(0).max(120).default(15),
      priority: z.number().min(0).max(120).default(15),
      pickup: z.number().min(0).max(120).default(10),
    })
    .prefault({}),
  /** What a missed ticket may do: nothing, come back after n others, or come back at the end. */
  missedReturn: z.enum(["void", "after", "end"]).default("after"),
  missedReturnAfter: z.int().min(1).max(20).default(3),
  /** A parked person who is back: goes on at any free counter, or into the line after n others, or at its end, or not. */
  parkedReturn: z.enum(["resume", "after", "end", "void"]).default("resume"),
  /** Seconds in which the clerk can take back an "end" that was a mis-click. */
  undoEndSeconds: z.int().min(0).max(600).default(60),
  /** Minutes of waiting at which the desk's light of a line turns yellow, then red. */
  waitLimitMinutes: z
    .object({ warn: z.int().min(1).max(480).default(30), alarm: z.int().min(1).max(480).default(60) })
    .refine(({ warn, alarm }) => warn <= alarm, "the yellow light comes before the red one")
    .prefault({}),
  appointments: z
    .object({
      /** Open days after today that can be booked (可提前预约工作日). */
      daysAhead: z.int().min(0).max(30).default(5),
      slotMinutes: z.int().min(5).max(240).default(30),
      /** A slot closes to bookings so many minutes before it begins. */
      closeMinutes: z.int().min(0).max(1_440).default(10),
      /** Check-in opens so long before the slot and ends so long after it. */
      earlyMinutes: z.int().min(0).max(480).default(60),
      lateMinutes: z.int().min(0).max(480).default(15),
      /** So many times not come within so many days: no booking for `barredDays`. 0: nobody is barred. */
      noShowLimit: z.int().min(0).max(20).default(3),
      noShowWithinDays: z.int().min(1).max(90).default(30),
      barredDays: z.int().min(1).max(180).default(30),
    })
    .prefault({}),
  /** Seconds until an unanswered review invitation ends as "not reviewed". */
  reviewSeconds: z.int().min(15).max(300).default(60),
  /** Faster than a person can read five words: flagged, never dropped. */
  reviewTooFastMs: z.int().min(0).max(10_000).default(1_000),
  /** As many reviews of one counter within so many seconds are flagged: no service is that short. */
  reviewBurstCount: z.int().min(2).max(100).default(3),
  reviewBurstSeconds: z.int().min(1).max(3_600).default(60),
  /** From this review of one person on one day on, each is flagged. */
  reviewSamePersonDaily: z.int().min(2).max(100).default(3),
  /** Days for which the review code of a ticket or a notice can be used. */
  reviewCodeDays: z.int().min(1).max(90).default(7),
  /** Putting a bad review right (domain.md, Review): the limit, when the yellow light comes on, who is told. */
  rectification: z
    .object({
      days: z.int().min(1).max(60).default(7),
      unit: z.enum(["calendar", "working"]).default("calendar"),
      /** Share of the limit after which the yellow light comes on. */
      yellowPercent: z.int().min(1).max(99).default(80),
      /** Tries to reach somebody by telephone before an order may be closed as "not reached". */
      callBackTries: z.int().min(1).max(10).default(3),
      /** Answers for whatever no item and no counter names, and is told when the red light comes on. */
      leadDepartment: z.string().min(1).max(60).default("政务服务管理部门"),
    })
    .prefault({}),
  /** The platform that reviews are reported to, and this place's code there; absent: none. */
  reporting: z
    .object({
      profile: z.enum(["zhejiang", "anhui"]),
      areaCode: z.string().regex(/^\d{6}$|^\d{12}$/),
      areaName: z.string().min(1).max(60),
    })
    .optional(),
  /** How many service items the hall offers, for the city's rates; absent: the hall has not given them. */
  coverage: coverageSchema.optional(),
  /** After so many minutes without a touch a clerk's screen locks itself; absent: `IDLE_LOCK_MINUTES`. */
  idleLockMinutes: z.int().min(1).max(120).optional(),
  /** Who shows a code of an authenticator app at signing in, besides the password. */
  secondFactor: z.enum(secondFactorRules).optional(),
  /** Languages of the spoken call, in order. */
  voiceLanguages: z.array(z.enum(["zh-CN", "en"])).default(["zh-CN"]),
  board: boardSettingsSchema.optional(),
  /** What could not be done (办不成事); read through `workOrderRulesOf`. */
  workOrders: workOrderRulesSchema.optional(),
  /** Kiosks and ticket pages; read through `kioskSettingsOf`. */
  kiosk: kioskSettingsSchema.optional(),
  /** When a terminal needs somebody; read through `fleetLimitsOf`. */
  fleet: fleetLimitsSchema.optional(),
});

const planShape = z.object({
  hallId: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/),
  name: z.string().min(1).max(60),
  nameEn: z.string().min(1).max(80),
  names: namesSchema,
  /** True when catalogue and hall are samples; screens and paper say so. */
  sample: z.boolean(),
  utcOffsetMinutes: z.int().min(-720).max(840).default(480),
  businesses: z.array(businessSchema).min(1).max(20),
  counters: z.array(counterSchema).min(1).max(99),
  settings: settingsSchema.prefault({}),
  /** Left out: the defaults (`intakeRulesOf`). */
  intake: intakeRulesSchema.optional(),
  /** Ledgers of its own; left out: those that come with the program (`ledgersOf`). */
  ledgers: ownLedgersSchema.optional(),
  /** When the hall is open; null: always. */
  hours: hoursSchema.nullable().default(null),
});

export const hallPlanSchema = planShape.superRefine((plan, context) => {
  const businesses = new Set(plan.businesses.map((business) => business.id));
  if (businesses.size !== plan.businesses.length) context.addIssue({ code: "custom", message: "business twice" });
  const numbers = new Set(plan.counters.map((counter) => counter.number));
  const ids = new Set(plan.counters.map((counter) => counter.id));
  if (numbers.size !== plan.counters.length || ids.size !== plan.counters.length)
    context.addIssue({ code: "custom", message: "counter twice" });
  for (const counter of plan.counters)
    for (const id of counter.businesses)
      if (!businesses.has(id))
        context.addIssue({ code: "custom", message: `counter ${counter.id} serves unknown business ${id}` });
  const zones = new Set(plan.counters.map((counter) => counter.zone));
  for (const board of plan.settings.board?.boards ?? [])
    for (const zone of board.zones)
      if (!zones.has(zone))
        context.addIssue({ code: "custom", message: `board ${board.terminal} shows unknown zone ${zone}` });
});

/** A plan as an older program wrote it, with the defaults of what came later. */
export const completePlan = (plan: HallPlan): HallPlan => planShape.safeParse(plan).data ?? plan;

export type Business = Readonly<z.infer<typeof businessSchema>>;
export type HallPlan = Readonly<z.infer<typeof hallPlanSchema>>;
