import { setTimeout as sleep } from "node:timers/promises";
import {
  ENDED_BYTES_MAX,
  ENDED_MAX,
  relayOrdersSchema,
  TAKEN_MAX,
  type FleetBody,
  type RelayFleet,
} from "../../shared/contract/fleet.ts";
import { terminalLights } from "../../shared/domain/fleet/fleet.ts";
import { terminalAnswerSchema, type FleetRefusal, type ListedOrder } from "../../shared/contract/fleet-orders.ts";
import type { Database } from "../db/database.ts";
import type { HallLog } from "../log/hall-log.ts";
import type { Logger } from "../logger.ts";
import { askCity, type City } from "../relay/ask-city.ts";
import type { FleetCalls } from "./fleet-calls.ts";
import { placeOrder } from "./order-book.ts";
import { readFleet } from "./standing.ts";

/** Longer than the city waits for an order. */
const REQUEST_MS = 30_000;
const CEILING_MS = 60_000;
/** What only grows older is told this often. */
const TOLD_AGAIN_MS = 60_000;
/** Before a city is asked again that gave only what the hall has. */
const KNOWN_PAUSE_MS = 1_000;

export interface FleetRelayDeps {
  readonly hall: HallLog;
  readonly database: Database;
  readonly calls: FleetCalls;
  readonly nodeVersion: string;
  readonly log: Logger;
  readonly clock: () => number;
  readonly city: City;
}

const tooNew = (orderId: string): RelayFleet["ended"][number] => ({
  orderId,
  state: "refused",
  refusal: "hall_too_old",
  answer: null,
});

/** What the city should hear of at once: who is there, and what is wrong. */
const gistOf = ({ terminals, limits, nodeVersion }: FleetBody, now: number): string =>
  JSON.stringify(
    terminals.map((each) => [
      each.deviceId,
      each.name,
      each.role,
      each.counterId,
      each.lockedAt,
      each.revokedAt,
      each.report?.version,
      terminalLights(each, limits, nodeVersion, now).map(({ id }) => id),
    ]),
  );

/**
 * Tells the city how the hall's terminals stand, and does there what the city orders. One question at a time, which the city keeps open
 * until it has an order; only the latest is told, so that a city that was stopped is told as much as one that was there.
 */
export class FleetRelay {
  private readonly aborter = new AbortController();
  private running: Promise<void> | undefined;
  private gist = "";
  private toldAt = 0;
  /** Orders of a newer city that this hall does not know, until the city was told. */
  private readonly unknown = new Set<string>();

  constructor(private readonly deps: FleetRelayDeps) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.aborter.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.aborter;
    for (let attempt = 0; !signal.aborted;) {
      try {
        await this.exchange();
        attempt = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (attempt === 0)
          this.deps.log.warn({ event: "fleet.relay_down", err: error }, "the city is not told of the terminals");
        this.gist = "";
        const pause = Math.min(1_000 * 2 ** attempt, CEILING_MS) * (0.5 + Math.random() / 2);
        attempt += 1;
        await this.rest(pause);
      }
    }
  }

  private async rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { ref: false, signal: this.aborter.signal }).catch(() => undefined);
  }

  private async exchange(): Promise<void> {
    const { hall, database, calls, city, clock, nodeVersion, log } = this.deps;
    // Before anything is read: what happens from here on cuts the question short.
    const next = calls.next(hall.hallId);
    const hurry = new AbortController();
    void next.called.then(() => hurry.abort());
    try {
      const now = clock();
      const fleet = await readFleet(database, { hallId: hall.hallId, plan: hall.plan }, nodeVersion, now);
      const gist = gistOf(fleet, now);
      const isNews = gist !== this.gist || Math.abs(now - this.toldAt) > TOLD_AGAIN_MS;
      const { taken, ended } = await this.ofCity();
      const signal = AbortSignal.any([this.aborter.signal, hurry.signal, AbortSignal.timeout(REQUEST_MS)]);
      const body: RelayFleet = { fleet: isNews ? fleet : null, taken, ended };
      const answer = await askCity(city, hall.hallId, "/fleet", signal, body).catch((error: unknown) => {
        if (hurry.signal.aborted) return null;
        throw error;
      });
      if (answer === null) return;
      if (isNews) [this.gist, this.toldAt] = [gist, now];
      await this.cityKnows(ended);
      const { orders } = relayOrdersSchema.parse(answer);
      const by = { hallId: hall.hallId, deviceId: "city", clerkId: "city" };
      let isNothingNew = orders.length > 0;
      for (const { orderId, terminalId, askedBy, order, leftMs } of orders) {
        if (order === null) {
          this.unknown.add(orderId);
          log.warn(
            { event: "fleet.order_unknown", order: orderId },
            "the city ordered what this program does not know",
          );
          continue;
        }
        const placed = { orderId, hallId: hall.hallId, deviceId: terminalId, order, askedBy, isOfCity: true, leftMs };
        const { isNew } = await placeOrder(database, placed, by, hall.plan, clock());
        if (isNew) isNothingNew = false;
      }
      if (isNothingNew) await this.rest(KNOWN_PAUSE_MS);
    } finally {
      next.forget();
    }
  }

  /** The city's orders that it has not heard the end of: all that are here, and as many ends as one question holds. */
  private async ofCity(): Promise<Pick<RelayFleet, "taken" | "ended">> {
    const { hall, database } = this.deps;
    const { rows: held } = await database.query<{ order_id: string }>(
      `SELECT order_id FROM fleet_orders WHERE hall_id = $1 AND city_knows = false
       ORDER BY asked_at, order_id LIMIT ${String(TAKEN_MAX)}`,
      [hall.hallId],
    );
    const { rows } = await database.query<{
      order_id: string;
      state: ListedOrder["state"];
      refusal: FleetRefusal | null;
      answer: string | null;
    }>(
      `SELECT order_id, state, refusal, answer FROM (
         SELECT *, sum(octet_length(coalesce(answer, ''))) OVER (ORDER BY asked_at, order_id) AS bytes
         FROM fleet_orders WHERE hall_id = $1 AND city_knows = false AND state <> 'open') AS ends
       WHERE bytes <= $2 ORDER BY asked_at, order_id LIMIT ${String(ENDED_MAX)}`,
      [hall.hallId, ENDED_BYTES_MAX],
    );
    const ended: RelayFleet["ended"] = rows.map(({ order_id: orderId, state, refusal, answer }) => ({
      orderId,
      state,
      refusal,
      answer: answer === null ? null : terminalAnswerSchema.parse(JSON.parse(answer)),
    }));
    ended.push(...[...this.unknown].slice(0, ENDED_MAX - ended.length).map(tooNew));
    const told = new Set(ended.map(({ orderId }) => orderId));
    return { taken: held.map(({ order_id: orderId }) => orderId).filter((orderId) => !told.has(orderId)), ended };
  }

  private async cityKnows(ended: RelayFleet["ended"]): Promise<void> {
    for (const { orderId } of ended) this.unknown.delete(orderId);
    if (ended.length === 0) return;
    await this.deps.database.query(
      "UPDATE fleet_orders SET city_knows = true WHERE hall_id = $1 AND order_id = ANY ($2::uuid[])",
      [this.deps.hall.hallId, ended.map(({ orderId }) => orderId)],
    );
  }
}
