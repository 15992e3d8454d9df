import { instantAt, weekdayOf, type Day } from "../basics/time.ts";
import type { HallPlan } from "../domain/hall/plan.ts";
import type { Span } from "../domain/hours/hours.ts";
import type { TicketClass } from "../domain/queue/ticket.ts";
import type { SeededRandom } from "./random.ts";

const MINUTE = 60_000;

/** Somebody who comes to the hall. */
export interface Arrival {
  readonly at: number;
  readonly businessId: string;
  readonly class: TicketClass;
  /** A second service of the same visit. */
  readonly stop: string | null;
  /** An appointment for this slot, made before. */
  readonly slot: string | null;
}

/**
 * How a hall's day is spread: nobody much at opening, a peak from half past nine to half past ten, few before lunch, a
 * lower peak in the afternoon. Weights per half hour from 08:00 on, after the counts that halls publish.
 */
const HALF_HOURS = [3, 5, 9, 13, 14, 12, 9, 6, 4, 3, 4, 6, 9, 11, 10, 8, 6, 4, 2, 2, 1, 1, 1, 1];
const FIRST_HALF_HOUR = 16;

/** Monday is the busiest day, Wednesday the quietest. Sunday first. */
const WEEKDAYS = [0.8, 1.15, 1.0, 0.92, 0.98, 1.05, 0.8];

/** Share of the places that are booked, and of the bookings that are kept. */
const BOOKED = 0.6;
const KEPT = 0.875;

const weightAt = (halfHour: number): number => HALF_HOURS[halfHour - FIRST_HALF_HOUR] ?? 1;

/** Share of classes among those who take a number without an appointment. */
const classOf = (random: SeededRandom, pickups: boolean): TicketClass => {
  const drawn = random.next();
  if (drawn < 0.03) return "green";
  if (drawn < 0.12) return "priority";
  if (pickups && drawn < 0.18) return "pickup";
  return "ordinary";
};

/** What there is to do on a day, in counter minutes that the open counters could just do, is shared by the businesses. */
export const arrivalsOf = (
  plan: HallPlan,
  day: Day,
  spans: readonly Span[],
  random: SeededRandom,
  options: { readonly load: number; readonly pace: ReadonlyMap<string, number> },
): readonly Arrival[] => {
  const first = spans[0];
  const last = spans.at(-1);
  if (!first || !last) return [];
  const offset = plan.utcOffsetMinutes;
  const opens = instantAt(day, first.from, offset);
  const closes = instantAt(day, last.to, offset) - 20 * MINUTE;
  const served = spans.reduce(
    (sum, { from, to }) => sum + instantAt(day, to, offset) - instantAt(day, from, offset),
    0,
  );
  const today = options.load * (WEEKDAYS[weekdayOf(day)] ?? 1) * random.between(0.88, 1.12);
  const arrivals: Arrival[] = [];
  for (const business of plan.businesses) {
    const serving = plan.counters.filter((counter) => counter.businesses.includes(business.id));
    const share = serving.reduce((sum, counter) => sum + 1 / counter.businesses.length, 0);
    const minutes = options.pace.get(business.id) ?? business.typicalServiceMinutes;
    const booked = slotsWithin(plan, spans).length * business.appointmentsPerSlot * BOOKED * KEPT;
    const whole = (today * share * served) / MINUTE / minutes;
    const expected = Math.max(whole / 5, whole - booked);
    const halfHours: number[] = [];
    for (let at = opens - 15 * MINUTE; at < closes; at += 30 * MINUTE)
      halfHours.push(weightAt(Math.floor((at - instantAt(day, "00:00", offset)) / (30 * MINUTE))));
    const total = halfHours.reduce((sum, weight) => sum + weight, 0);
    let at = opens - 10 * MINUTE;
    halfHours.forEach((weight, index) => {
      const from = opens - 15 * MINUTE + index * 30 * MINUTE;
      const mean = (30 * MINUTE * total) / (expected * weight);
      at = Math.max(from, opens);
      for (at += random.exponential(mean); at < Math.min(from + 30 * MINUTE, closes); at += random.exponential(mean)) {
        const other = plan.businesses.find(
          ({ id }) => id !== business.id && serving.some((c) => c.businesses.includes(id)),
        );
        const stop = other !== undefined && random.chance(0.04) ? other.id : null;
        arrivals.push({
          at: Math.round(at),
          businessId: business.id,
          class: classOf(random, plan.settings.kiosk?.resultBusiness === business.id),
          stop,
          slot: null,
        });
      }
    });
    for (const slot of slotsWithin(plan, spans)) {
      for (let place = 0; place < business.appointmentsPerSlot; place += 1) {
        if (!random.chance(BOOKED)) continue;
        const shift = random.between(-20, 6) * MINUTE;
        const at = Math.round(Math.max(opens, instantAt(day, slot, offset) + shift));
        arrivals.push({
          at: random.chance(KEPT) ? at : Infinity,
          businessId: business.id,
          class: "appointment",
          stop: null,
          slot,
        });
      }
    }
  }
  return arrivals.sort((left, right) => left.at - right.at);
};

const slotsWithin = (plan: HallPlan, spans: readonly Span[]): readonly string[] => {
  const step = plan.settings.appointments.slotMinutes;
  const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  return spans.flatMap(({ from, to }) => {
    const slots: string[] = [];
    for (let at = minutesOf(from); at + step <= minutesOf(to); at += step)
      slots.push(`${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`);
    // The first slot of the day cannot be booked on the day itself.
    return slots.slice(1);
  });
};
