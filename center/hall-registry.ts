import { Feed } from "./log/feed.ts";
import { HallLog, type HallLogDeps } from "./log/hall-log.ts";

/** A hall that terminals of this center are homed at. */
export interface OpenHall {
  readonly hall: HallLog;
  readonly feed: Feed;
}

/** What a hall has to have done by itself, as long as it is open here. */
export interface HallDuty {
  /** About once a second. */
  tick(): void;
  stop(): Promise<void>;
}

/** The halls that this process puts in order, opened when they are first asked for. */
export class HallRegistry {
  private readonly halls = new Map<string, Promise<OpenHall>>();
  private readonly opened = new Map<string, OpenHall>();
  private readonly duties: HallDuty[] = [];
  private stopped = false;

  /** @param dutiesOf what is begun for each hall as it is opened */
  constructor(
    private readonly deps: HallLogDeps,
    private readonly dutiesOf: (hall: HallLog) => readonly HallDuty[] = () => [],
  ) {}

  /** Halls that are open now. */
  get open(): readonly OpenHall[] {
    return [...this.opened.values()];
  }

  /** Ids of all halls homed at this center's database. */
  async homedIds(): Promise<readonly string[]> {
    const { rows } = await this.deps.database.query<{ hall_id: string }>(
      "SELECT hall_id FROM halls WHERE homed ORDER BY hall_id",
    );
    return rows.map((row) => row.hall_id);
  }

  /** The hall, loaded. @throws when it is not in the database */
  async get(hallId: string): Promise<OpenHall> {
    if (this.stopped) throw new Error("the center is stopping");
    const known = this.halls.get(hallId);
    if (known) return known;
    const opening = this.openHall(hallId);
    this.halls.set(hallId, opening);
    try {
      return await opening;
    } catch (error) {
      this.halls.delete(hallId);
      throw error;
    }
  }

  /** A notice of another process: `head <hall> <seq> <process>`. */
  onNotice(payload: string): void {
    const [kind, hallId, seq, sender] = payload.split(" ");
    if (kind !== "head" || sender === this.deps.processId || hallId === undefined) return;
    const open = this.opened.get(hallId);
    if (open && Number(seq) > open.hall.head.seq) open.hall.poke();
  }

  /** After a time without notices. */
  pokeAll(): void {
    for (const { hall } of this.opened.values()) hall.poke();
  }

  tick(): void {
    for (const { feed, hall } of this.opened.values()) {
      feed.tick();
      hall.checkDay();
    }
    for (const duty of this.duties) duty.tick();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    // A duty may wait for an answer that never comes, with the database away: its hall gives it up.
    const duties = this.duties.map((duty) => duty.stop());
    await Promise.allSettled([...this.halls.values()].map(async (opening) => (await opening).hall.stop()));
    await Promise.allSettled(duties);
  }

  private async openHall(hallId: string): Promise<OpenHall> {
    const hall = new HallLog(hallId, this.deps);
    const feed = new Feed(hall, this.deps.metrics, () => performance.now());
    await hall.start();
    const open = { hall, feed };
    this.duties.push(...this.dutiesOf(hall));
    this.opened.set(hallId, open);
    return open;
  }
}
