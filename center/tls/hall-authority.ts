import { X509Certificate } from "node:crypto";
import { authorityLetters } from "../../shared/contract/enrol-code.ts";
import type { Database } from "../db/database.ts";
import type { PersonalBox } from "../identity/personal.ts";
import type { Queryable } from "../log/store.ts";
import { fingerprintOf, makeAuthority, vouchForSuccessor, type Certified } from "./certificate.ts";

/** `vouched`: the word of the authority before it, for terminals that still believe that one; null: there was none. */
export interface HallAuthority extends Certified {
  readonly vouched: string | null;
}

/** Where the sealed key belongs: it opens nowhere else. */
const PLACE = "key of the authority";

/** The installation's own authority; made when it is asked for the first time. Its key never leaves the database unsealed. */
export const loadAuthority = async (database: Database, box: PersonalBox, now: number): Promise<HallAuthority> =>
  database.transaction(async (client) => {
    const held = await readAuthority(client, box);
    if (held !== null) return held;
    const made = makeAuthority(`service-hall ${new Date(now).toISOString().slice(0, 10)}`, now);
    return keepAuthority(client, box, { ...made, vouched: null });
  });

/** Locks it until the transaction ends. */
const readAuthority = async (client: Queryable, box: PersonalBox): Promise<HallAuthority | null> => {
  await client.query("INSERT INTO authority DEFAULT VALUES ON CONFLICT DO NOTHING");
  const { rows } = await client.query<{ cert: string | null; sealed_key: Buffer | null; vouched: string | null }>(
    "SELECT cert, sealed_key, vouched FROM authority FOR UPDATE",
  );
  const { cert = null, sealed_key: sealedKey = null, vouched = null } = rows[0] ?? {};
  if (cert === null || sealedKey === null) return null;
  return { cert, key: box.openBytes(PLACE, sealedKey).toString("utf8"), vouched };
};

const keepAuthority = async (
  client: Queryable,
  box: PersonalBox,
  { cert, key, vouched }: HallAuthority,
): Promise<HallAuthority> => {
  await client.query("UPDATE authority SET cert = $1, sealed_key = $2, vouched = $3", [
    cert,
    box.sealBytes(PLACE, Buffer.from(key)),
    vouched,
  ]);
  return { cert, key, vouched };
};

/** Why the authority stays as it is. */
export type NoChange =
  | { readonly reason: "none" }
  /** Terminals may still believe the one before it, whose key is gone: nobody could tell them of a third. */
  | { readonly reason: "underWay"; readonly until: Date }
  /** Terminals are told to believe another one: this one's word would reach nobody. */
  | { readonly reason: "notServed" };

/**
 * Puts a new authority in the place of the one that there is; a center serves with it from its next start on. The former
 * one vouches for it for so many days, and its key is gone: terminals that are heard from in that time go over by themselves.
 */
export const changeAuthority = async (
  database: Database,
  box: PersonalBox,
  days: number,
  now: number,
): Promise<HallAuthority | NoChange> =>
  database.transaction(async (client) => {
    const former = await readAuthority(client, box);
    if (former === null) return { reason: "none" };
    const until = former.vouched === null ? null : new Date(new X509Certificate(former.vouched).validTo);
    if (until !== null && until.getTime() > now) return { reason: "underWay", until };
    const { rows } = await client.query<{ announced: string | null }>("SELECT announced FROM authority");
    if (rows[0]?.announced !== former.cert) return { reason: "notServed" };
    const made = makeAuthority(`service-hall ${new Date(now).toISOString().slice(0, 19)}`, now);
    return keepAuthority(client, box, { ...made, vouched: vouchForSuccessor(former, made, days, now) });
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
