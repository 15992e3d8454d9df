import type { Readable } from "node:stream";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import type { HallStands, HandedReleases, ReleaseAsk, Stands } from "../../shared/contract/releases.ts";
import { standsSchema } from "../../shared/contract/releases.ts";
import { parseManifest, type Manifest, type Release } from "../../shared/domain/releases/manifest.ts";
import {
  haltsRelease,
  handedDown,
  offerFor,
  reachInHall,
  reachSchema,
  widen,
  worthKeeping,
  type Reach,
  type StagedRelease,
  type TakerState,
} from "../../shared/domain/releases/stage.ts";
import { compareVersions } from "../../shared/domain/releases/version.ts";
import type { Database } from "../db/database.ts";
import type { Logger } from "../logger.ts";
import type { ReleaseFiles } from "./release-files.ts";

/** Why a release is not given to more: there is none, a city has staged it, or its reach would name too many. */
export type StageFault = "unknown" | "of_city" | "too_many";

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

interface Taker {
  readonly hallId: string;
  readonly deviceId: string;
}

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

  /** Gives a release to more. @returns the reach that it has now */
  async stage(version: string, to: Reach): Promise<Result<Reach, StageFault>> {
    return this.database.transaction(async (client) => {
      const { rows } = await client.query<Pick<Row, "reach" | "from_city">>(
        "SELECT reach, from_city FROM releases WHERE version = $1 FOR UPDATE",
        [version],
      );
      const row = rows[0];
      if (!row) return err("unknown");
      if (row.from_city) return err("of_city");
      const reach = reachSchema.safeParse(widen(reachSchema.parse(JSON.parse(row.reach)), to));
      if (!reach.success) return err("too_many");
      await client.query("UPDATE releases SET reach = $2 WHERE version = $1", [version, JSON.stringify(reach.data)]);
      return ok(reach.data);
    });
  }

  /** Keeps a release's file and makes room for it. @throws when it is not the one of the manifest */
  async keepFile(file: Manifest, content: Readable): Promise<void> {
    await this.files.put(file, content);
    await this.files.keepOnly([file.version, ...worthKeeping(await this.list()).map(({ version }) => version)]);
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
  async offer(taker: Taker, ask: ReleaseAsk): Promise<KeptRelease | undefined> {
    await this.forgetPassed(taker, ask);
    if (ask.stands) await this.note(taker, ask.stands.version, ask.stands.state);
    const here: KeptRelease[] = [];
    for (const release of await this.list()) if (await this.files.has(release.file)) here.push(release);
    return offerFor(here, { ...taker, version: ask.version, failed: ask.failed });
  }

  /** A terminal runs one version and has fetched one; what it said so of before is past. */
  private async forgetPassed({ hallId, deviceId }: Taker, { version, stands }: ReleaseAsk): Promise<void> {
    await this.database.query(
      `DELETE FROM release_takers
       WHERE hall_id = $1 AND device_id = $2 AND state IN ('running', 'fetched') AND NOT version = ANY($3::text[])`,
      [hallId, deviceId, [version, ...(stands ? [stands.version] : [])]],
    );
  }

  private async note({ hallId, deviceId }: Taker, version: string, state: TakerState): Promise<void> {
    const { rowCount } = await this.database.query(
      `INSERT INTO release_takers (hall_id, device_id, version, state, told_at)
       SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT 1 FROM releases WHERE version = $3)
       ON CONFLICT (hall_id, device_id, version) DO UPDATE SET state = excluded.state, told_at = excluded.told_at
       WHERE release_takers.state <> excluded.state`,
      [hallId, deviceId, version, state, this.clock()],
    );
    if (rowCount === 0 || state !== "failed") return;
    this.log.error({ event: "release.failed", hall: hallId, device: deviceId, version }, "a release did not come up");
    await this.haltFailing(version, await this.terminalsOf(hallId));
  }

  private async terminalsOf(hallId: string): Promise<number> {
    const { rows } = await this.database.query<{ count: number }>(
      "SELECT count(*)::integer AS count FROM devices WHERE hall_id = $1 AND revoked_at IS NULL",
      [hallId],
    );
    return rows[0]?.count ?? 0;
  }

  /** @param everybody how many terminals there are, as far as this center is concerned */
  private async haltFailing(version: string, everybody: number): Promise<void> {
    const release = await this.find(version);
    if (!release) return;
    const failed = (await this.stands()).get(version)?.failed ?? 0;
    const staged = release.reach.kind === "terminals" ? release.reach.deviceIds.length : everybody;
    if (!haltsRelease({ failed, staged })) return;
    await this.halt(version, true);
    this.log.error({ event: "release.halted", version, failed }, "a release that does not come up is halted");
  }

  /** How many terminals stand how to each release: those of this hall, at a city as its halls have told. */
  async stands(): Promise<ReadonlyMap<string, Stands>> {
    const { rows } = await this.database.query<{ version: string; state: TakerState; count: number }>(
      `SELECT version, state, count(*) AS count FROM release_takers JOIN devices USING (hall_id, device_id)
       WHERE revoked_at IS NULL GROUP BY version, state
       UNION ALL SELECT version, e.key, sum(e.value::integer) FROM release_halls, json_each_text(states::json) e GROUP BY version, e.key`,
    );
    const found = new Map<string, Stands>();
    for (const { version, state, count } of rows) {
      const stands = found.get(version) ?? {};
      found.set(version, { ...stands, [state]: (stands[state] ?? 0) + Number(count) });
    }
    return found;
  }

  /** At a city: what a hall tells of its terminals, all of it each time. */
  async noteHall(hallId: string, told: HallStands): Promise<void> {
    const failing = await this.database.transaction(async (client) => {
      const { rows } = await client.query<{ version: string; states: string }>(
        "DELETE FROM release_halls WHERE hall_id = $1 RETURNING version, states",
        [hallId],
      );
      const failedBefore = new Map(
        rows.map(({ version, states }) => [version, standsSchema.parse(JSON.parse(states)).failed ?? 0]),
      );
      for (const { version, states } of told)
        await client.query(
          `INSERT INTO release_halls (hall_id, version, states, told_at)
           SELECT $1, $2, $3, $4 WHERE EXISTS (SELECT 1 FROM releases WHERE version = $2)
           ON CONFLICT (hall_id, version) DO UPDATE SET states = excluded.states`,
          [hallId, version, JSON.stringify(states), this.clock()],
        );
      return told.filter(({ version, states }) => (states.failed ?? 0) > (failedBefore.get(version) ?? 0));
    });
    for (const { version } of failing) {
      this.log.error({ event: "release.failed", hall: hallId, version }, "a release did not come up in a hall");
      await this.haltFailing(version, Number.POSITIVE_INFINITY);
    }
  }

  /** At a city: what a hall is to hear of. */
  async forHall(hallId: string): Promise<HandedReleases["releases"]> {
    return handedDown(await this.list()).map(({ manifest, signature, reach, isHalted }) => ({
      manifest,
      signature,
      reach: reachInHall(reach, hallId),
      isHalted,
    }));
  }

  /** At a hall: what the city has handed down. What was halted here stays so; what never reached this hall is not its concern. */
  async takeOver(handed: HandedReleases["releases"]): Promise<void> {
    for (const { manifest, signature, reach, isHalted } of handed) {
      const file = parseManifest(manifest);
      if (!file) continue;
      const { rowCount } = await this.database.query(
        `UPDATE releases SET reach = $3, is_halted_above = $4 WHERE version = $1 AND from_city AND manifest = $2`,
        [file.version, manifest, JSON.stringify(reach), isHalted],
      );
      if (rowCount !== 0 || reach.kind === "nobody") continue;
      await this.database.query(
        `INSERT INTO releases (version, manifest, signature, reach, is_halted_above, from_city, added_at)
         VALUES ($1, $2, $3, $4, $5, true, $6) ON CONFLICT DO NOTHING`,
        [file.version, manifest, signature, JSON.stringify(reach), isHalted, this.clock()],
      );
    }
  }
}
