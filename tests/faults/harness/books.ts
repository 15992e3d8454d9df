import pg from "pg";
import type { CommandResult } from "../../../shared/contract/api.ts";
import { GENESIS_HASH, hashOf } from "../../../shared/contract/log-record.ts";
import type { DomainEvent } from "../../../shared/domain/hall/events.ts";
import { fold } from "../../../shared/domain/hall/evolve.ts";
import { emptyHallState, type HallState } from "../../../shared/domain/hall/state.ts";
import { readEvent } from "../../../shared/domain/hall/upcast.ts";

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** What the node's database holds in the end, read without the node. */
export interface Books {
  readonly head: number;
  readonly events: readonly (DomainEvent & { readonly commandId: string })[];
  /** Head after each accepted command, null for a refused one. */
  readonly answers: ReadonlyMap<string, { readonly seq: number | null; readonly refusal: string | null }>;
  readonly state: HallState;
  /** Whatever does not add up in the log itself. */
  readonly faults: readonly string[];
}

interface EventRow {
  readonly seq: number;
  readonly type: string;
  readonly v: number;
  readonly at: number;
  readonly recorded_at: number;
  readonly command_id: string;
  readonly actor: string;
  readonly data: string;
  readonly prev_hash: string;
  readonly hash: string;
}

/** Reads the log and checks what must hold of it by itself: order, hashes, numbers, counters. */
export const readBooks = async (databaseUrl: string, hallId: string): Promise<Books> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const hall = await client.query<{ head: number }>("SELECT head FROM halls WHERE hall_id = $1", [hallId]);
    const rows = await client.query<EventRow>("SELECT * FROM events WHERE hall_id = $1 ORDER BY seq", [hallId]);
    const commands = await client.query<{ command_id: string; seq: number | null; refusal: string | null }>(
      `SELECT command_id, max(seq) AS seq, NULL AS refusal FROM events WHERE hall_id = $1 GROUP BY command_id
       UNION ALL SELECT command_id::text, seq, refusal FROM commands WHERE hall_id = $1`,
      [hallId],
    );
    const faults: string[] = [];
    const head = hall.rows[0]?.head ?? -1;
    if (head !== rows.rows.length)
      faults.push(`head is ${String(head)}, the log has ${String(rows.rows.length)} events`);
    let prevHash = GENESIS_HASH;
    const numbers = new Set<string>();
    const events: (DomainEvent & { commandId: string })[] = [];
    let state = emptyHallState;
    rows.rows.forEach((row, index) => {
      if (row.seq !== index + 1) faults.push(`seq ${String(row.seq)} at place ${String(index + 1)}`);
      const data = JSON.parse(row.data) as unknown;
      const hash = hashOf({
        hallId,
        seq: row.seq,
        type: row.type,
        v: row.v,
        at: row.at,
        recordedAt: row.recorded_at,
        commandId: row.command_id,
        actor: JSON.parse(row.actor) as never,
        data,
        prevHash: row.prev_hash,
      });
      if (row.prev_hash !== prevHash || row.hash !== hash) faults.push(`the chain breaks at ${String(row.seq)}`);
      prevHash = row.hash;
      const event = readEvent({ type: row.type, v: row.v, at: row.at, data });
      if (!event) {
        faults.push(`unknown event ${row.type} at ${String(row.seq)}`);
        return;
      }
      events.push({ ...event, commandId: row.command_id });
      state = fold(state, [event]);
      if (event.type === "TicketTaken") {
        const key = `${event.data.day}/${event.data.number}`;
        if (numbers.has(key)) faults.push(`number given twice: ${key}`);
        numbers.add(key);
      }
      const held = [...state.counters.values()].flatMap((counter) => counter.ticketId ?? []);
      if (new Set(held).size !== held.length) faults.push(`a ticket is at two counters at ${String(row.seq)}`);
    });
    return {
      head,
      events,
      answers: new Map(commands.rows.map(({ command_id, seq, refusal }) => [command_id, { seq, refusal }])),
      state,
      faults,
    };
  } finally {
    await client.end();
  }
};

/** What a terminal was told must be what the books say: every acknowledged act once (I1, I2). */
export const compareAnswers = (books: Books, told: ReadonlyMap<string, CommandResult>): readonly string[] => {
  const faults: string[] = [];
  for (const [commandId, result] of told) {
    const kept = books.answers.get(commandId);
    if (!kept) faults.push(`acknowledged and lost: ${commandId} (${result.status})`);
    else if (result.status === "accepted" && kept.seq !== result.seq)
      faults.push(`told ${String(result.seq)}, kept ${String(kept.seq)}: ${commandId}`);
    else if (result.status === "refused" && kept.seq !== null) faults.push(`told refused, kept accepted: ${commandId}`);
  }
  return faults;
};
