import { z } from "zod";
import { readRecords, type Queryable } from "../log/store.ts";
import { lastCommon } from "./last-common.ts";

const headSchema = z.object({ head: z.int(), headHash: z.string(), hashAt: z.string().nullable() });

/** What the city says of this hall's log. */
export interface Comparison {
  /** How far the city holds it. */
  readonly cityHead: number;
  /** The last event that both hold alike. */
  readonly common: number;
}

/**
 * Compares the hall's own log, event hash by event hash, with what its city holds: whoever makes the whole chain anew after
 * a change is found by this alone.
 * @throws when the city does not answer, or does not know the hall
 */
export const compareWithCity = async (
  db: Queryable,
  hallId: string,
  city: { readonly url: string; readonly key: string },
): Promise<Comparison> => {
  const ask = async (seq: number): Promise<z.infer<typeof headSchema>> => {
    const response = await fetch(`${city.url.replace(/\/$/, "")}/api/relay/${hallId}/head?seq=${String(seq)}`, {
      headers: { authorization: `Bearer ${city.key}` },
      redirect: "error",
      signal: AbortSignal.timeout(15_000),
    });
    if (!response.ok) throw new Error(`The city answered ${String(response.status)}: is the key this hall's?`);
    return headSchema.parse(await response.json());
  };
  const { head: cityHead } = await ask(0);
  const common = await lastCommon(
    cityHead,
    async (seq) => (await ask(seq)).hashAt,
    async (seq) => (await readRecords(db, hallId, seq - 1, 1)).find((record) => record.seq === seq)?.hash,
  );
  return { cityHead, common };
};

/** A comparison in a sentence. */
export const describeComparison = ({ cityHead, common }: Comparison, ownHead: number): string =>
  common === cityHead
    ? `The city holds the same up to event ${String(cityHead)}.`
    : common === ownHead
      ? `The city holds ${String(cityHead - ownHead)} events after the end of this log: a backup was put back, or the end was cut off.`
      : `From event ${String(common + 1)} on this log is ANOTHER one than the city was sent: it was changed afterwards and made whole again.`;
