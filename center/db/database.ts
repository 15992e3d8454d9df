import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "../logger.ts";
import { EmbeddedDatabase } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { commitReplicated } from "./replicated.ts";
import { APP_ROLE } from "./roles.ts";

// Counters and instants fit 2^53; the driver's default for bigint is text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const NOTIFY_CHANNEL = "service_hall";

/** Most halls that commit at the same instant; the others wait their turn, a few milliseconds. */
const WRITERS = 16;

export type NoticeListener = (payload: string) => void;

/** Tells every process of the center; within a transaction: when it is committed, and only then. */
export const notifyIn = async (db: Pick<Database, "query">, payload: string): Promise<void> => {
  await db.query("SELECT pg_notify($1, $2)", [NOTIFY_CHANNEL, payload]);
};

/** The center's way to PostgreSQL: a pool for reads, a pool that the writers of all halls share, one connection that listens. */
export class Database {
  private readonly config: pg.ClientConfig;
  private readonly pool: pg.Pool;
  private readonly writers: pg.Pool;
  private readonly listeners = new Set<NoticeListener>();
  private readonly reconnectListeners = new Set<() => void>();
  private listening: Promise<void> | undefined;
  private listenClient: pg.Client | undefined;
  private closed = false;

  private constructor(
    private readonly owner: pg.ClientConfig,
    isUnderRole: boolean,
    private readonly log: Logger,
    private readonly embedded: EmbeddedDatabase | undefined,
  ) {
    // From its start on: no statement of the program runs as the owner, who could change the log.
    this.config = isUnderRole ? { ...owner, options: `${owner.options ?? ""} -c role=${APP_ROLE}`.trim() } : owner;
    this.pool = new pg.Pool({
      ...this.config,
      max: 6,
      statement_timeout: 20_000,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
    });
    // The types do not know `pipeline` yet: statements go out at once, one round trip for a whole transaction.
    const writing: pg.PoolConfig & { pipeline: boolean } = {
      ...this.config,
      pipeline: true,
      max: WRITERS,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      // A writer that hangs (stopped process, dead disk) must give up the hall's lock and its caller the wait.
      statement_timeout: 20_000,
      lock_timeout: 15_000,
      idle_in_transaction_session_timeout: 30_000,
      query_timeout: 25_000,
    };
    this.writers = new pg.Pool(writing);
    for (const pool of [this.pool, this.writers]) {
      // One that breaks while it is lent out tells its borrower through the statement; here it only must not end the process.
      pool.on("connect", (client) => client.on("error", () => undefined));
      // A broken idle connection is replaced by the pool; without a listener it would end the process.
      pool.on("error", (error) => {
        if (!this.closed) log.warn({ event: "database.connection_lost", err: error }, "connection lost");
      });
    }
  }

  /**
   * Opens the given database, or starts the embedded one, and migrates it.
   * @param url `DATABASE_URL`; undefined: embedded under `dataDir`
   */
  static async open(options: {
    readonly url: string | undefined;
    readonly dataDir: string;
    readonly log: Logger;
    readonly postgresFlags?: readonly string[];
  }): Promise<Database> {
    const { url, dataDir, log } = options;
    const embedded = url === undefined ? new EmbeddedDatabase(dataDir, log, options.postgresFlags ?? []) : undefined;
    const config = embedded ? await embedded.start() : { connectionString: url };
    try {
      const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 });
      client.on("error", () => undefined);
      await client.connect();
      try {
        return new Database(config, await migrate(client, log), log, embedded);
      } finally {
        await client.end();
      }
    } catch (error) {
      await embedded?.stop();
      throw error;
    }
  }

  /** The owner's way to this database as a `DATABASE_URL`, for a second center or a command on the same one. */
  get url(): string {
    return this.embedded?.url ?? this.owner.connectionString ?? "";
  }

  /** One statement on any connection. */
  async query<R extends pg.QueryResultRow>(
    query: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<R>> {
    return this.pool.query<R>(query, values);
  }

  /** Several statements in one transaction. */
  async transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query("BEGIN");
      const result = await work(client);
      await commitReplicated(client, () => client.query("COMMIT"));
      return result;
    } catch (error) {
      broken = error as Error;
      await client.query("ROLLBACK").catch(() => undefined);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** A connection for as long as a hall writes. The caller releases it, with `true` when it must not be used again. */
  async writer(): Promise<pg.PoolClient> {
    return this.writers.connect();
  }

  /** Calls `listener` for each notice of any center process on this database; `reconnected` after a gap in listening. */
  async listen(listener: NoticeListener, reconnected: () => void): Promise<void> {
    this.listeners.add(listener);
    this.reconnectListeners.add(reconnected);
    this.listening ??= this.openListener();
    await this.listening;
  }

  async notify(payload: string): Promise<void> {
    await notifyIn(this, payload);
  }

  private async openListener(): Promise<void> {
    const client = new pg.Client({ ...this.config, keepAlive: true, connectionTimeoutMillis: 5_000 });
    client.on("error", () => undefined);
    client.on("notification", ({ payload }) => {
      for (const listener of this.listeners) listener(payload ?? "");
    });
    client.on("end", () => {
      if (!this.closed && this.listenClient === client) void this.reopenListener();
    });
    await client.connect();
    await client.query(`LISTEN ${NOTIFY_CHANNEL}`);
    this.listenClient = client;
  }

  private async reopenListener(): Promise<void> {
    for (let attempt = 0; !this.closed; attempt += 1) {
      await sleep(Math.min(100 * 2 ** attempt, 5_000), undefined, { ref: false });
      try {
        await this.openListener();
        for (const reconnected of this.reconnectListeners) reconnected();
        return;
      } catch {
        // Health reports the outage; this only waits for its end.
      }
    }
  }

  /** Null when the database answers, else the reason in a sentence. */
  async fault(): Promise<string | null> {
    if (this.embedded?.fault) return this.embedded.fault;
    try {
      await this.pool.query("SELECT 1");
      return null;
    } catch (error) {
      return (error as Error).message || "the database does not answer";
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.listenClient?.end().catch(() => undefined);
    await this.pool.end().catch(() => undefined);
    await this.writers.end().catch(() => undefined);
    await this.embedded?.stop();
  }
}

export { NOTIFY_CHANNEL };
