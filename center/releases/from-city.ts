import { setTimeout as sleep } from "node:timers/promises";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { handedReleasesSchema } from "../../shared/contract/releases.ts";
import type { Logger } from "../logger.ts";
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
  private isReached = true;

  constructor(private readonly deps: Deps) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.aborter.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.aborter;
    while (!signal.aborted) {
      try {
        await this.step();
        this.isReached = true;
      } catch (error) {
        if (signal.aborted) return;
        if (this.isReached)
          this.deps.log.warn({ event: "release.city_down", err: error }, "no releases from the city; trying on");
        this.isReached = false;
      }
      await sleep(ASK_EVERY_MS, undefined, { ref: false, signal }).catch(() => undefined);
    }
  }

  /** One exchange, and the files that are missing afterwards. */
  async step(): Promise<void> {
    const { releases } = this.deps;
    const stands = [...(await releases.stands())].map(([version, states]) => ({ version, states }));
    const answer = await this.ask("", ANSWER_MS, { method: "POST", body: JSON.stringify({ stands }) });
    await releases.takeOver(handedReleasesSchema.parse(await answer.json()).releases);
    for (const release of await releases.list())
      if (release.fromCity && !release.isHalted && !(await releases.files.has(release.file)))
        await this.fetchFile(release);
  }

  private async fetchFile({ version, file }: KeptRelease): Promise<void> {
    const { releases, log, hallId } = this.deps;
    const answer = await this.ask(`/${version}`, FILE_MS, { method: "GET" });
    if (!answer.body) throw new Error(`the city sent nothing of ${version}`);
    await releases.files.put(file, Readable.fromWeb(answer.body as ReadableStream));
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
