import type { Catalogue } from "../../shared/domain/catalogue/catalogue.ts";
import type { HallDatabase } from "./db.ts";
import type { Environment } from "./environment.ts";
import { liveValue } from "./live.ts";
import type { Live } from "./terminal.ts";
import type { Writer } from "./writer.ts";
import { reasonOf } from "./reason-of.ts";

const FETCH_AGAIN_MS = 30_000;

const readCatalogue = (text: string): Catalogue | null => {
  try {
    const value = JSON.parse(text) as Partial<Catalogue> | null;
    // The node has validated it; this only tells a catalogue from a proxy's page.
    return typeof value?.version === "string" && Array.isArray(value.items) ? (value as Catalogue) : null;
  } catch {
    return null;
  }
};

/** The hall's catalogue: kept locally, fetched when the node has another version. Costs nothing until a screen asks. */
export class CatalogueShelf implements Live<Catalogue | null> {
  private readonly live = liveValue<Catalogue | null>(null);
  private wanted: string | null = null;
  private asked = false;
  private loaded = false;
  private fetching = false;
  private stop: () => void = () => undefined;
  private closed = false;

  constructor(
    private readonly nodeUrl: string,
    private readonly db: HallDatabase,
    private readonly writer: Writer,
    private readonly environment: Environment,
    /** Only the window that leads fetches; the others read what it has stored. */
    private readonly leads: () => boolean,
    private readonly stored: () => void,
  ) {}

  get(): Catalogue | null {
    this.ask();
    return this.live.get();
  }

  subscribe(listener: () => void): () => void {
    this.ask();
    return this.live.subscribe(listener);
  }

  /** The node has this version. */
  want(version: string): void {
    this.wanted = version;
    this.check();
  }

  /** Another window has stored a newer one. */
  reload(): void {
    if (this.asked) void this.load();
  }

  close(): void {
    this.closed = true;
    this.stop();
  }

  private ask(): void {
    if (this.asked) return;
    this.asked = true;
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      const row = await this.db.catalogue.toCollection().last();
      const catalogue = row ? readCatalogue(row.text) : null;
      if (catalogue) this.live.set(catalogue);
    } catch (error) {
      this.environment.log("store.fault", { name: "catalogue", message: reasonOf(error) });
    }
    this.loaded = true;
    this.check();
  }

  private check(): void {
    if (this.closed || !this.loaded || this.fetching || this.wanted === null || !this.leads()) return;
    if (this.live.get()?.version !== this.wanted) void this.fetch();
  }

  private async fetch(): Promise<void> {
    this.fetching = true;
    this.stop();
    let catalogue: Catalogue | null = null;
    try {
      const response = await this.environment.fetch(new URL("/api/catalogue", this.nodeUrl).href);
      const text = response.ok ? await response.text() : "";
      catalogue = readCatalogue(text);
      if (catalogue) {
        const row = { version: catalogue.version, text };
        this.live.set(catalogue);
        await this.writer.write(async (db) => {
          await db.catalogue.clear();
          await db.catalogue.put(row);
        });
        this.stored();
      }
    } catch (error) {
      this.environment.log("store.fault", { name: "catalogue", message: reasonOf(error) });
    }
    this.fetching = false;
    if (this.closed) return;
    if (catalogue === null || catalogue.version !== this.wanted)
      this.stop = this.environment.after(FETCH_AGAIN_MS, () => this.check());
  }
}
