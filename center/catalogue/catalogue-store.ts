import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { catalogueSchema, type Catalogue, type ServiceItem } from "../../shared/domain/catalogue/catalogue.ts";
import type { Database } from "../db/database.ts";

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** The one catalogue of all halls of this center. */
const EVERY_HALL = "*";

/** What the center itself needs of an item; the rest stays packed. */
export type KnownItem = Pick<ServiceItem, "code" | "name" | "department" | "kind" | "promisedLimit">;

/** The catalogue as it lies in the database, kept in memory ready to be sent. */
export class CatalogueStore {
  private current: { readonly version: string; readonly gzip: Buffer; readonly source: string } | undefined;
  private items: ReadonlyMap<string, KnownItem> = new Map();

  constructor(private readonly database: Database) {}

  /** Null: none imported yet. */
  get version(): string | null {
    return this.current?.version ?? null;
  }

  /** Fingerprint of what the catalogue was built from, or null. */
  get source(): string | null {
    return this.current?.source ?? null;
  }

  /** The JSON, gzip; undefined when there is none. */
  get body(): Buffer | undefined {
    return this.current?.gzip;
  }

  /** The item by its code, as far as a decision or a report needs it. */
  findItem(code: string): KnownItem | undefined {
    return this.items.get(code);
  }

  /** Reads it again. @returns whether it is another one now */
  async load(): Promise<boolean> {
    const { rows } = await this.database.query<{ version: string; body: Buffer; source: string }>(
      "SELECT version, body, source FROM catalogues WHERE hall_id = $1",
      [EVERY_HALL],
    );
    const row = rows[0];
    const changed = row?.version !== this.current?.version;
    this.current = row && { version: row.version, gzip: row.body, source: row.source };
    if (changed) this.index(row && (JSON.parse((await unzip(row.body)).toString("utf8")) as Catalogue));
    return changed;
  }

  /** Keeps a catalogue and tells every center process of this database. */
  async put(catalogue: Catalogue, source: string, now: number): Promise<void> {
    const body = await zip(JSON.stringify(catalogue));
    await this.database.query(
      `INSERT INTO catalogues (hall_id, version, body, source, imported_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (hall_id) DO UPDATE SET version = excluded.version, body = excluded.body, source = excluded.source, imported_at = excluded.imported_at`,
      [EVERY_HALL, catalogue.version, body, source, now],
    );
    this.current = { version: catalogue.version, gzip: body, source };
    this.index(catalogue);
    await this.database.notify(`catalogue ${catalogue.version}`);
  }

  /** The catalogue itself, or undefined. */
  async read(): Promise<Catalogue | undefined> {
    const { current } = this;
    if (!current) return undefined;
    return catalogueSchema.parse(JSON.parse((await unzip(current.gzip)).toString("utf8")));
  }

  private index(catalogue: Catalogue | undefined): void {
    this.items = new Map(
      (catalogue?.items ?? []).map(({ code, name, department, kind, promisedLimit }) => [
        code,
        { code, name, department, kind, promisedLimit },
      ]),
    );
  }
}
