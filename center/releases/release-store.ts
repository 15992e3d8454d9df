import type { HandedReleases, ReleaseAsk, Stands } from "../../shared/contract/releases.ts";
import { standsSchema } from "../../shared/contract/releases.ts";
import { parseManifest, type Manifest, type Release } from "../../shared/domain/releases/manifest.ts";
import {
  haltsRelease,
  offerFor,
  reachInHall,
  reachSchema,
  widen,
  type Reach,
  type StagedRelease,
  type TakerState,
} from "../../shared/domain/releases/stage.ts";
import { compareVersions } from "../../shared/domain/releases/version.ts";
import type { Database } from "../db/database.ts";
import type { Logger } from "../logger.ts";
import type { ReleaseFiles } from "./release-files.ts";

/** A release as this center keeps it. */
export interface KeptRelease extends StagedRelease, Release {
  readonly file: Manifest;
  readonly isHaltedHere: boolean;
  readonly isHaltedAbove: boolean;
  readonly addedAt: number;
  readonly fromCity: boolean;
}

interface Row {
  readonly manifest: string;
  readonly signature: string;
  readonly reach: string;
  readonly is_halted: boolean;
  readonly is_halted_above: boolean;
  readonly from_city: boolean;
  readonly added_at: number;
}

const keptOf = (row: Row): KeptRelease => {
  const file = parseManifest(row.manifest);
  if (!file) throw new Error("a release of the database has no manifest");
  return {
    version: file.version,
    file,
    manifest: row.manifest,
    signature: row.signature,
    reach: reachSchema.parse(JSON.parse(row.reach)),
    isHalted: row.is_halted || row.is_halted_above,
    isHaltedHere: row.is_halted,
    isHaltedAbove: row.is_halted_above,
    addedAt: row.added_at,
    fromCity: row.from_city,
  };
};

const sum = (stands: Stands): number => Object.values(stands).reduce((total, count) => total + count, 0);

/** The releases of a center: their stages, and how terminals and halls stand to them. */
export class ReleaseStore {
  constructor(
    private readonly database: Database,
    readonly files: ReleaseFiles,
    private readonly log: Logger,
    private readonly clock: () => number,
  ) {}

  /** Newest first. */
  async list(): Promise<readonly KeptRelease[]> {
    const { rows } = await this.database.query<Row>(
      "SELECT manifest, signature, reach, is_halted, is_halted_above, from_city, added_at FROM releases",
    );
    return rows.map(keptOf).sort((a, b) => compareVersions(b.version, a.version));
  }

  async find(version: string): Promise<KeptRelease | undefined> {
    return (await this.list()).find((release) => release.version === version);
  }

  /** Makes a release known; nobody gets it before it is given a stage. @returns false when the version is known already */
  async add({ manifest, signature }: Release): Promise<boolean> {
    const file = parseManifest(manifest);
    if (!file) throw new Error("this is no manifest of a release");
    const { rowCount } = await this.database.query(
      `INSERT INTO releases (version, manifest, signature, reach, from_city, added_at) VALUES ($1, $2, $3, $4, false, $5)
       ON CONFLICT DO NOTHING`,
      [file.version, manifest, signature, JSON.stringify({ kind: "nobody" } satisfies Reach), this.clock()],
    );
    return rowCount === 1;
  }

  /** Gives a release to more. @returns the reach that it has now; undefined when there is no such release */
  async stage(version: string, to: Reach): Promise<Reach | undefined> {
    return this.database.transaction(async (client) => {
      const { rows } = await client.query<Pick<Row, "reach">>(
        "SELECT reach FROM releases WHERE version = $1 FOR UPDATE",
        [version],
      );
      const row = rows[0];
      if (!row) return undefined;
      const reach = widen(reachSchema.parse(JSON.parse(row.reach)), to);
      await client.query("UPDATE releases SET reach = $2 WHERE version = $1", [version, JSON.stringify(reach)]);
      return reach;
    });
  }

  /** Stops a release from spreading, or lets it go on. @returns false when there is no such release */
  async halt(version: string, isHalted: boolean): Promise<boolean> {
    const { rowCount } = await this.database.query("UPDATE releases SET is_halted = $2 WHERE version = $1", [
      version,
      isHalted,
    ]);
    return rowCount === 1;
  }

  /** What a terminal is to have next, of what is here to the last byte; keeps what it told of itself. */
  async offer(
    taker: { readonly hallId: string; readonly deviceId: string },
    ask: ReleaseAsk,
  ): Promise<KeptRelease | undefined> {
    if (ask.stands) await this.note(taker, ask.stands.version, ask.stands.state);
    const here: KeptRelease[] = [];
    for (const release of await this.list()) if (await this.files.has(release.file)) here.push(release);
    return offerFor(here, { ...taker, version: ask.version, failed: ask.failed });
  }

  private async note(
    { hallId, deviceId }: { readonly hallId: string; readonly deviceId: string },
    version: string,
    state: TakerState,
  ): Promise<void> {
    const { rowCount } = await this.database.query(
      `INSERT INTO release_takers (hall_id, device_id, version, state, told_at)
       SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT 1 FROM releases WHERE version = $3)
       ON CONFLICT (hall_id, device_id, version) DO UPDATE SET state = excluded.state, told_at = excluded.told_at
       WHERE release_takers.state <> excluded.state`,
      [hallId, deviceId, version, state, this.clock()],
    );
    if (rowCount === 0 || !haltsRelease(state)) return;
    await this.halt(version, true);
    this.log.error({ event: "release.halted", hall: hallId, device: deviceId, version }, "a release did not come up");
  }

  /** How many terminals stand how to each release: those of this hall, at a city as its halls have told. */
  async stands(): Promise<ReadonlyMap<string, Stands>> {
    const { rows } = await this.database.query<{ version: string; state: TakerState; count: number }>(
      `SELECT version, state, count(*) AS count FROM release_takers GROUP BY version, state
       UNION ALL SELECT version, e.key, sum(e.value::integer) FROM release_halls, json_each_text(states::json) e GROUP BY version, e.key`,
    );
    const found = new Map<string, Stands>();
    for (const { version, state, count } of rows) {
      const stands = found.get(version) ?? {};
      found.set(version, { ...stands, [state]: (stands[state] ?? 0) + Number(count) });
    }
    return found;
  }

  /** At a city: what a hall tells of its terminals. The first that failed halts the release for all halls. */
  async noteHall(hallId: string, version: string, states: Stands): Promise<void> {
    const { rows } = await this.database.query<{ states: string }>(
      "SELECT states FROM release_halls WHERE hall_id = $1 AND version = $2",
      [hallId, version],
    );
    const before = rows[0] ? standsSchema.parse(JSON.parse(rows[0].states)) : {};
    await this.database.query(
      `INSERT INTO release_halls (hall_id, version, states, told_at)
       SELECT $1, $2, $3, $4 WHERE EXISTS (SELECT 1 FROM releases WHERE version = $2)
       ON CONFLICT (hall_id, version) DO UPDATE SET states = excluded.states, told_at = excluded.told_at`,
      [hallId, version, JSON.stringify(states), this.clock()],
    );
    if ((states.failed ?? 0) <= (before.failed ?? 0)) return;
    await this.halt(version, true);
    this.log.error(
      { event: "release.halted", hall: hallId, version, terminals: sum(states) },
      "a release did not come up",
    );
  }

  /** At a city: what a hall is to have. */
  async forHall(hallId: string): Promise<HandedReleases["releases"]> {
    const releases = await this.list();
    return releases.flatMap(({ manifest, signature, reach, isHalted }) => {
      const own = reachInHall(reach, hallId);
      return own ? [{ manifest, signature, reach: own, isHalted }] : [];
    });
  }

  /** At a hall: what the city has handed down. What was halted here stays so. */
  async takeOver(handed: HandedReleases["releases"]): Promise<void> {
    for (const { manifest, signature, reach, isHalted } of handed) {
      const file = parseManifest(manifest);
      if (!file) continue;
      await this.database.query(
        `INSERT INTO releases (version, manifest, signature, reach, is_halted_above, from_city, added_at)
         VALUES ($1, $2, $3, $4, $5, true, $6)
         ON CONFLICT (version) DO UPDATE SET reach = excluded.reach, is_halted_above = excluded.is_halted_above
         WHERE releases.from_city AND releases.manifest = excluded.manifest`,
        [file.version, manifest, signature, JSON.stringify(reach), isHalted, this.clock()],
      );
    }
  }
}
