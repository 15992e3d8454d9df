import type { Command, CommandData, CommandMode, CommandType } from "../domain/hall/commands.ts";
import { decide } from "../domain/hall/decide.ts";
import type { Decision } from "../domain/hall/decision.ts";
import type { DomainEvent } from "../domain/hall/events.ts";
import { fold } from "../domain/hall/evolve.ts";
import { hallPlanSchema, type HallPlan } from "../domain/hall/plan.ts";
import { emptyHallState, type HallState } from "../domain/hall/state.ts";
import type { TicketClass } from "../domain/queue/ticket.ts";
import type { Actor } from "../domain/identity/roles.ts";

/** 2026-11-23 09:00 in the hall (UTC+8), a Monday. */
export const MONDAY_NINE = Date.UTC(2026, 10, 23, 1, 0, 0);

/** What a kiosk asks for when somebody takes a number of business A. */
export const ticketWish = (
  ticketId: string,
  change: Partial<CommandData<"TakeTicket">> = {},
): CommandData<"TakeTicket"> => ({
  ticketId,
  businessId: "A",
  class: "ordinary",
  itemCode: null,
  itemName: null,
  personKey: null,
  ...change,
});

/** A hall of two businesses and three counters, for specs. */
export const testPlan = (settings: Partial<HallPlan["settings"]> = {}): HallPlan =>
  hallPlanSchema.parse({
    hallId: "test-hall",
    name: "测试大厅",
    nameEn: "Test hall",
    sample: true,
    businesses: [
      { id: "A", name: "企业", nameEn: "Companies", dailyCap: 400, typicalServiceMinutes: 10 },
      { id: "B", name: "个人", nameEn: "Persons", dailyCap: 400, typicalServiceMinutes: 6 },
    ],
    counters: [
      { id: "1", number: 1, name: "一号窗口", nameEn: "Counter 1", zone: "东", businesses: ["A", "B"] },
      { id: "2", number: 2, name: "二号窗口", nameEn: "Counter 2", zone: "东", businesses: ["A", "B"] },
      { id: "3", number: 3, name: "三号窗口", nameEn: "Counter 3", zone: "西", businesses: ["B"] },
    ],
    settings: { leaseSize: 5, leaseDaysAhead: 1, ...settings },
  });

export const nodeActor: Actor = { role: "node", deviceId: null, clerkId: null, counterId: null };
export const kiosk = (deviceId = "kiosk-1"): Actor => ({ role: "kiosk", deviceId, clerkId: null, counterId: null });
export const clerk = (clerkId: string, deviceId = `window-${clerkId}`): Actor => ({
  role: "window",
  deviceId,
  clerkId,
  counterId: null,
});
export const reviewScreen = (counterId: string): Actor => ({
  role: "review",
  deviceId: `review-${counterId}`,
  clerkId: null,
  counterId,
});

export const desk = (clerkId: string): Actor => ({ role: "desk", deviceId: "desk-1", clerkId, counterId: null });
/** A page that the node serves to a person's phone. */
export const page: Actor = { role: "page", deviceId: null, clerkId: null, counterId: null };

/** A UUID that is the same in every run. */
export const testId = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

/** A hall under test: gives commands one after the other, keeps the log and the clock. */
export class TestHall {
  state: HallState = emptyHallState;
  readonly log: DomainEvent[] = [];
  now = MONDAY_NINE;
  private nextId = 1;

  constructor(plan: HallPlan = testPlan(), day = "2026-11-23") {
    this.give(nodeActor, "SetHallPlan", { plan });
    this.give(nodeActor, "OpenDay", { day });
  }

  command<T extends CommandType>(
    type: T,
    data: CommandData<T>,
    options: { mode?: CommandMode; at?: number; id?: string } = {},
  ): Command {
    this.nextId += 1;
    return {
      id: options.id ?? testId(this.nextId),
      type,
      mode: options.mode ?? "claim",
      at: options.at ?? this.now,
      data,
    } as unknown as Command;
  }

  /** Decides and, unless refused, folds. */
  apply(actor: Actor, command: Command): Decision {
    const decision = decide(this.state, command, { now: this.now, actor });
    if (decision.ok) {
      this.log.push(...decision.value);
      this.state = fold(this.state, decision.value);
    }
    return decision;
  }

  give<T extends CommandType>(
    actor: Actor,
    type: T,
    data: CommandData<T>,
    options: { mode?: CommandMode; at?: number; id?: string } = {},
  ): Decision {
    return this.apply(actor, this.command(type, data, options));
  }

  /** Takes a number at a kiosk, a second later than the one before. */
  take(ticketId: string, businessId = "A", ticketClass: TicketClass = "ordinary"): string {
    this.now += 1000;
    const wish = { ticketId, businessId, class: ticketClass, itemCode: null, itemName: null, personKey: null };
    this.give(kiosk(), "TakeTicket", wish);
    return this.state.tickets.get(ticketId)?.number ?? "none";
  }
}

/** The types of the events of a decision, or the refusal's code. */
export const outcome = (decision: Decision): readonly string[] | string =>
  decision.ok ? decision.value.map((event) => event.type) : decision.error.code;
