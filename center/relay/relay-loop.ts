import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { relayResponseSchema, type LogRecord } from "../../shared/contract/log-record.ts";
import { catalogueSchema } from "../../shared/domain/catalogue/catalogue.ts";
import { hallPlanSchema, type HallPlan } from "../../shared/domain/hall/plan.ts";
import type { CatalogueStore } from "../catalogue/catalogue-store.ts";
import type { Database } from "../db/database.ts";
import type { OpenHall } from "../hall-registry.ts";
import { readRecords } from "../log/store.ts";
import type { Logger } from "../logger.ts";
import type { Metrics } from "../metrics.ts";
import type { HeadSealer } from "./head-seal.ts";
import { lastCommon } from "./last-common.ts";
import { askCity, type City } from "./ask-city.ts";
import { putHandedPlan, readHandedPlan } from "./handed-plan.ts";

export interface RelayDeps {
  readonly open: OpenHall;
  readonly database: Database;
  readonly catalogues: CatalogueStore;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock: () => number;
  /** Signs what the city is told of the log's end. */
  readonly sealer: HeadSealer;
  readonly city: City;
  readonly setPlan: (plan: HallPlan) => Promise<void>;
}

const MAX_RECORDS = 1_000;
const MIN_RECORDS = 50;
const REQUEST_MS = 15_000;
const CEILING_MS = 30_000;
/** Without new events the city is asked this often: is it there, does it hand something down. */
const IDLE_MS = 10_000;

const headSchema = relayResponseSchema.extend({ epoch: z.string(), hashAt: z.string().nullable() });
const handedSchema = z.object({
  plan: z.object({ version: z.int(), plan: hallPlanSchema }).nullable(),
  catalogue: catalogueSchema.nullable(),
});

/**
 * Brings a hall's log to its city: reads what the city holds and sends what follows, in batches, for ever. Nothing is
 * remembered here, so both ends may be killed at any moment.
 */
export class RelayLoop {
  private stopped = false;
  private wakeUp: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private readonly aborter = new AbortController();
  private limit = MAX_RECORDS;
  /** Up to where the city holds the log; undefined: to be asked. */
  private held: number | undefined;
  private lastHeld = 0;
  private seenPlan: number | null = null;
  private seenCatalogue: string | null = null;

  constructor(private readonly deps: RelayDeps) {}

  start(): void {
    const { hall, feed } = this.deps.open;
    feed.setCity({ state: "down", behind: hall.head.seq });
    hall.listen({
      onBatch: () => this.wakeUp?.(),
      onReset: () => {
        this.held = undefined;
        this.wakeUp?.();
      },
    });
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.aborter.abort();
    this.wakeUp?.();
    await this.running;
  }

  private async run(): Promise<void> {
    for (let attempt = 0; !this.stopped;) {
      try {
        await this.step();
        attempt = 0;
      } catch (error) {
        if (this.stopped) return;
        const { open, log } = this.deps;
        this.held = undefined;
        this.limit = Math.max(MIN_RECORDS, Math.floor(this.limit / 2));
        if (open.feed.cityLink.state === "up" || attempt === 0)
          log.warn({ event: "relay.down", hall: open.hall.hallId, err: error }, "the city is not reached; trying on");
        this.report("down");
        const pause = Math.min(500 * 2 ** attempt, CEILING_MS) * (0.5 + Math.random() / 2);
        attempt += 1;
        await this.pause(pause, false);
      }
    }
  }

  /** One exchange, or a rest when the city has everything. */
  private async step(): Promise<void> {
    const { open, database, metrics } = this.deps;
    const { hall } = open;
    this.held ??= await this.findCommon();
    if (this.held >= hall.head.seq) {
      this.report("up");
      await this.pause(IDLE_MS, true);
      if (this.held >= hall.head.seq) this.held = undefined;
      return;
    }
    const records = await readRecords(database, hall.hallId, this.held, this.limit);
    if (records.length === 0) return;
    await this.sendBatch(records);
    metrics.count("relayed", records.length);
    this.limit = Math.min(MAX_RECORDS, this.limit * 2);
    this.report("up");
  }

  private async sendBatch(records: readonly LogRecord[]): Promise<void> {
    const { epoch } = this.deps.open.hall.head;
    const newest = records.at(-1);
    const { hallId } = this.deps.open.hall;
    const seal = newest && this.deps.sealer.seal({ hallId, epoch, seq: newest.seq, hash: newest.hash });
    const answer = relayResponseSchema.parse(await this.ask("", { epoch, records, seal }));
    this.held = answer.head;
    await this.takeHandedDown(answer);
  }

  private report(state: "up" | "down"): void {
    const { feed, hall } = this.deps.open;
    this.lastHeld = this.held ?? this.lastHeld;
    const behind = Math.max(0, hall.head.seq - this.lastHeld);
    // While it runs, a few events are always on their way: not worth a message to each terminal.
    feed.setCity({ state, behind: state === "up" && behind < MAX_RECORDS ? 0 : behind });
  }

  private async pause(ms: number, wakeable: boolean): Promise<void> {
    await Promise.race([
      sleep(ms, undefined, { ref: false, signal: this.aborter.signal }).catch(() => undefined),
      new Promise<void>((resolve) => {
        if (wakeable) this.wakeUp = resolve;
      }),
    ]);
    this.wakeUp = undefined;
  }

  /** The last event that hall and city have in common: from there on it is sent. */
  private async findCommon(): Promise<number> {
    const { hall } = this.deps.open;
    const head = headSchema.parse(await this.ask("/head"));
    await this.takeHandedDown(head);
    if (head.head === 0) return 0;
    if (head.head <= hall.head.seq && (await this.hashAt(head.head)) === head.headHash) return head.head;
    if (head.epoch === hall.head.epoch) {
      // The city holds more, or other, than this log under the same name: this database was put back from a backup.
      // A log of the same length that differs was changed here: the city is shown it all the same, and refuses.
      if (head.head > hall.head.seq) await hall.changeEpoch();
    }
    return lastCommon(
      Math.min(head.head, hall.head.seq),
      async (seq) => headSchema.parse(await this.ask(`/head?seq=${String(seq)}`)).hashAt,
      (seq) => this.hashAt(seq),
    );
  }

  private async hashAt(seq: number): Promise<string | undefined> {
    const [record] = await readRecords(this.deps.database, this.deps.open.hall.hallId, seq - 1, 1);
    return record?.hash;
  }

  private async takeHandedDown(answer: {
    readonly catalogueVersion: string | null;
    readonly planVersion: number | null;
  }): Promise<void> {
    const { catalogues, database, open, clock, log } = this.deps;
    const { hallId } = open.hall;
    const own = this.seenPlan ?? (await readHandedPlan(database, hallId))?.version ?? 0;
    const newPlan = answer.planVersion !== null && answer.planVersion > own;
    const { catalogueVersion } = answer;
    const newCatalogue =
      catalogueVersion !== null && catalogueVersion !== catalogues.version && catalogueVersion !== this.seenCatalogue;
    if (!newPlan && !newCatalogue) return;
    const query = catalogues.version === null ? "" : `?catalogue=${catalogues.version}`;
    const handed = handedSchema.parse(await this.ask(`/handed-down${query}`));
    if (handed.catalogue) await catalogues.put(handed.catalogue, "", clock());
    this.seenCatalogue = catalogueVersion;
    if (handed.plan && handed.plan.version > own && handed.plan.plan.hallId === hallId) {
      await this.deps.setPlan(handed.plan.plan);
      await putHandedPlan(database, handed.plan.plan, handed.plan.version);
      this.seenPlan = handed.plan.version;
    }
    log.info({ event: "relay.handed_down", hall: hallId, newPlan, newCatalogue }, "the city handed something down");
  }

  private ask(path: string, body?: unknown): Promise<unknown> {
    const signal = AbortSignal.any([this.aborter.signal, AbortSignal.timeout(REQUEST_MS)]);
    return askCity(this.deps.city, this.deps.open.hall.hallId, path, signal, body);
  }
}
