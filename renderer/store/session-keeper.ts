import type { TerminalInfo } from "../../shared/contract/ipc.ts";
import { err, type Result } from "../../shared/basics/result.ts";
import type { Environment } from "./environment.ts";
import type { HttpError } from "./http.ts";

/** When the node could not be asked; a token that is younger than this is not the reason of a refusal. */
const AGAIN_MS = 30_000;

export type Readiness = "ready" | "unauthorised" | "unavailable";
export type Credentials = NonNullable<TerminalInfo["credentials"]>;

/**
 * Keeps what this terminal presents good: a new token when half of the present one's time is over, before a line is opened
 * with one that has ended, and when the node does not take the one that is held. Whoever presents it asks
 * through `present`, or reads `credentials` anew.
 */
export class SessionKeeper {
  private since = Number.NEGATIVE_INFINITY;
  private goodUntil = Number.NEGATIVE_INFINITY;
  private renewAt = Number.NEGATIVE_INFINITY;
  /** The last line was opened with a token that had just been asked for. */
  private isNewest = false;
  private asking: Promise<Readiness> | null = null;

  constructor(
    private readonly credentials: Credentials,
    private readonly environment: Pick<Environment, "newSession" | "monotonicNow">,
  ) {}

  /** Makes sure of something good to present before a line is opened; null where a secret is good for ever. */
  get ready(): (() => Promise<Readiness>) | null {
    return this.environment.newSession === null ? null : () => this.makeReady();
  }

  /** The node did not take what was presented. @returns whether another token can be asked for */
  refused(): boolean {
    const mayAsk = this.environment.newSession !== null && !this.isNewest;
    this.goodUntil = Number.NEGATIVE_INFINITY;
    return mayAsk;
  }

  /**
   * Asks the node something as this terminal: with a new token when the held one has ended (or none has come yet since the program
   * started), and once more when the node does not take it, as after a sleep, of which this computer's own clock need not know.
   */
  async present<T, E extends Pick<HttpError, "code">>(
    ask: (credentials: Credentials) => Promise<Result<T, E>>,
  ): Promise<Result<T, E | HttpError>> {
    const { newSession, monotonicNow } = this.environment;
    if (newSession === null) return ask(this.credentials);
    if (monotonicNow() >= this.goodUntil) {
      const readiness = await this.renew();
      if (readiness !== "ready") return err({ code: readiness, params: {} });
    }
    const { secret } = this.credentials;
    const answer = await ask(this.credentials);
    if (answer.ok || answer.error.code !== "unauthorised") return answer;
    if (secret === this.credentials.secret) {
      const isNew = monotonicNow() < this.since + AGAIN_MS;
      if (isNew || (await this.renew()) !== "ready") return answer;
    }
    return ask(this.credentials);
  }

  /** Renews when it is time; to be called every second or so. */
  look(): void {
    if (this.environment.newSession !== null && this.environment.monotonicNow() >= this.renewAt) void this.renew();
  }

  private async makeReady(): Promise<Readiness> {
    this.isNewest = this.environment.monotonicNow() >= this.goodUntil;
    return this.isNewest ? this.renew() : "ready";
  }

  private renew(): Promise<Readiness> {
    this.asking ??= this.ask().finally(() => (this.asking = null));
    return this.asking;
  }

  private async ask(): Promise<Readiness> {
    const { newSession, monotonicNow } = this.environment;
    const at = monotonicNow();
    this.renewAt = at + AGAIN_MS;
    const outcome = await newSession?.().catch(() => null);
    if (outcome == null) return "unavailable";
    if (!outcome.ok) return outcome.error;
    this.since = at;
    this.credentials.secret = outcome.value.secret;
    const { expiresInMs } = outcome.value;
    this.goodUntil = expiresInMs === null ? Number.POSITIVE_INFINITY : at + expiresInMs;
    this.renewAt = expiresInMs === null ? Number.POSITIVE_INFINITY : at + expiresInMs / 2;
    return "ready";
  }
}
