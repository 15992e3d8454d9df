import { setTimeout as sleep } from "node:timers/promises";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { handedReleasesSchema } from "../../shared/contract/releases.ts";
import type { Logger } from "../logger.ts";
import { MOST_HANDED, worthKeeping } from "../../shared/domain/releases/stage.ts";
import type { KeptRelease, ReleaseStore } from "./release-store.ts";

/** A release is no hurry: a stage that begins is known in the hall within this time. */
const ASK_EVERY_MS = 60_000;
const ANSWER_MS = 15_000;
/** The slowest line that a hall is to get a release over: a hundred megabytes at 0.5 Mbit/s. */
const FILE_MS = 30 * 60_000;

interface Deps {
  readonly hallId: string;
  readonly city: { readonly url: string; readonly key: string };
  readonly releases: ReleaseStore;
  readonly log: Logger;
}

/** Takes over what the city has staged for this hall, with its files, and tells how far the hall's terminals are; for ever. */
export class ReleasesFromCity {
  private readonly aborter = new AbortController();
  private running: Promise<void> | undefined;
  private fetching: Promise<void> | undefined;
  private readonly failing = new Set<string>();

  constructor(private readonly deps: Deps) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.aborter.abort();
    await this.running;
    await this.fetching;
  }

  private async run(): Promise<void> {
    const { signal } = this.aborter;
    while (!signal.aborted) {
      await this.attempt("ask", () => this.exchange());
      // Apart: a halt does not wait behind a file that comes over a slow line.
      this.fetching ??= this.attempt("fetch", () => this.fetchFiles()).finally(() => {
        this.fetching = undefined;
      });
      await sleep(ASK_EVERY_MS, undefined, { ref: false, signal }).catch(() => undefined);
    }
  }

  /** Says once that something fails, and tries on. */
  private async attempt(what: "ask" | "fetch", work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.failing.delete(what);
    } catch (error) {
      if (this.aborter.signal.aborted) return;
      if (!this.failing.has(what))
        this.deps.log.warn({ event: "release.city_down", what, err: error }, "no releases from the city; trying on");
      this.failing.add(what);
    }
  }

  /** Tells how far the hall's terminals are and hears what there is. */
  async exchange(): Promise<void> {
    const { releases } = this.deps;
    const stands = await releases.stands();
    const told = (await releases.list())
      .filter(({ fromCity }) => fromCity)
      .slice(0, MOST_HANDED)
      .map(({ version }) => ({ version, states: stands.get(version) ?? {} }));
    const answer = await this.ask("", ANSWER_MS, { method: "POST", body: JSON.stringify({ stands: told }) });
    await releases.takeOver(handedReleasesSchema.parse(await answer.json()).releases);
  }

  /** Fetches the files that are missing of what is given out here. */
  async fetchFiles(): Promise<void> {
    const { releases } = this.deps;
    for (const release of worthKeeping(await releases.list())) {
      const isWanted = release.fromCity && !release.isHalted && release.reach.kind !== "nobody";
      if (isWanted && !(await releases.files.has(release.file))) await this.fetchFile(release);
    }
  }

  private async fetchFile({ version, file }: KeptRelease): Promise<void> {
    const { releases, log, hallId } = this.deps;
    const answer = await this.ask(`/${version}`, FILE_MS, { method: "GET" });
    if (!answer.body) throw new Error(`the city sent nothing of ${version}`);
    await releases.keepFile(file, Readable.fromWeb(answer.body as ReadableStream));
    log.info({ event: "release.fetched", hall: hallId, version }, "a release of the city is here");
  }

  private async ask(path: string, withinMs: number, init: RequestInit): Promise<Response> {
    const { city, hallId } = this.deps;
    const response = await fetch(`${city.url.replace(/\/$/, "")}/api/relay/${hallId}/releases${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${city.key}`,
        ...(init.body == null ? {} : { "content-type": "application/json" }),
      },
      redirect: "error",
      signal: AbortSignal.any([this.aborter.signal, AbortSignal.timeout(withinMs)]),
    });
    if (!response.ok) throw new Error(`the city answered ${String(response.status)}`);
    return response;
  }
}
