import { createHash, randomBytes } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { uuidv7 } from "uuidv7";
import type { Database } from "../db/database.ts";
import { apiError } from "../errors.ts";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Makes a platform known. @returns its key, told this once */
export const addPlatform = async (database: Database, name: string, now: number): Promise<string> => {
  const key = randomBytes(32).toString("base64url");
  await database.query("INSERT INTO platforms (platform_id, name, key_hash, created_at) VALUES ($1, $2, $3, $4)", [
    uuidv7(),
    name,
    digest(key),
    now,
  ]);
  return key;
};

/** The platform that sends `Authorization: Bearer <key>`; else 401. */
export const platformOf = async (database: Database, request: FastifyRequest): Promise<string> => {
  const match = /^Bearer ([\w-]{20,128})$/.exec(request.headers.authorization ?? "");
  // The key has 256 random bits: looking its hash up tells nothing by the time it takes.
  const { rows } = await database.query<{ platform_id: string }>(
    "SELECT platform_id FROM platforms WHERE key_hash = $1",
    [digest(match?.[1] ?? "")],
  );
  if (!match || !rows[0]) throw apiError("unauthorised");
  return rows[0].platform_id;
};
