import { authorityLetters } from "../../shared/contract/enrol-code.ts";
import type { Database } from "../db/database.ts";
import type { PersonalBox } from "../identity/personal.ts";
import { fingerprintOf, makeAuthority, type Certified } from "./certificate.ts";

/** Where the sealed key belongs: it opens nowhere else. */
const PLACE = "key of the authority";

/** The installation's own authority; made when it is asked for the first time. Its key never leaves the database unsealed. */
export const loadAuthority = async (database: Database, box: PersonalBox, now: number): Promise<Certified> =>
  database.transaction(async (client) => {
    await client.query("INSERT INTO authority DEFAULT VALUES ON CONFLICT DO NOTHING");
    const { rows } = await client.query<{ cert: string | null; sealed_key: Buffer | null }>(
      "SELECT cert, sealed_key FROM authority FOR UPDATE",
    );
    const { cert = null, sealed_key: sealedKey = null } = rows[0] ?? {};
    if (cert !== null && sealedKey !== null) return { cert, key: box.openBytes(PLACE, sealedKey).toString("utf8") };
    const made = makeAuthority(`service-hall ${new Date(now).toISOString().slice(0, 10)}`, now);
    await client.query("UPDATE authority SET cert = $1, sealed_key = $2", [
      made.cert,
      box.sealBytes(PLACE, Buffer.from(made.key)),
    ]);
    return made;
  });

/**
 * Whom terminals enrolled from now on are told to believe; null: whomever their system believes.
 * @returns how many terminals are enrolled that were told otherwise the last time
 */
export const announceAuthority = async (database: Database, cert: string | null): Promise<number> =>
  database.transaction(async (client) => {
    await client.query("INSERT INTO authority DEFAULT VALUES ON CONFLICT DO NOTHING");
    const { rowCount } = await client.query("UPDATE authority SET announced = $1 WHERE announced IS DISTINCT FROM $1", [
      cert,
    ]);
    if (rowCount === 0) return 0;
    const { rows } = await client.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM devices WHERE revoked_at IS NULL",
    );
    return rows[0]?.n ?? 0;
  });

/** The letters that go behind an enrolment code, or null. */
export const announcedLetters = async (database: Database): Promise<string | null> => {
  const { rows } = await database.query<{ announced: string | null }>("SELECT announced FROM authority");
  const announced = rows[0]?.announced ?? null;
  return announced === null ? null : authorityLetters(fingerprintOf(announced));
};
