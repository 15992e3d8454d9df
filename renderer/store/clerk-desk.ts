import { loginResponseSchema, loginStepSchema, type LoginStep } from "../../shared/contract/api.ts";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import type { Environment } from "./environment.ts";
import { askNode, type HttpError } from "./http.ts";
import { liveValue, type Source } from "./live.ts";
import type { Sealed, Sealer } from "./seal.ts";
import { isPasswordOf, markPassword, type PasswordMark } from "./password-mark.ts";
import type { ClerkSession, LoginFault, UnlockOutcome } from "./terminal.ts";
import type { Writer } from "./writer.ts";
import { reasonOf } from "./reason-of.ts";
import type { SessionKeeper } from "./session-keeper.ts";

/** A session survives a restart of the program, not the night. */
const KEPT_MS = 14 * 3_600_000;
const LOCKED = "locked";

/** Wrong passwords at a locked screen before the clerk is signed out. */
const TRIES = 5;

interface KeptSession {
  readonly session: ClerkSession;
  readonly at: number;
  /** Absent in what was kept before screens locked themselves. */
  readonly password?: PasswordMark;
}

export interface ClerkDeskSetting {
  readonly nodeUrl: string;
  readonly deviceId: string;
  readonly session: Pick<SessionKeeper, "present">;
  readonly environment: Environment;
  readonly sealer: Sealer;
  readonly writer: Writer;
  readonly now: () => number;
}

const faultOf = (step: LoginStep): LoginFault =>
  step.next === "code" ? { code: "code_needed" } : { code: "factor_enrol", enrolment: step };

/** Who is signed in at this terminal. */
export class ClerkDesk {
  readonly live: Source<ClerkSession | null> = liveValue<ClerkSession | null>(null);
  readonly locked: Source<boolean> = liveValue(false);
  private password: PasswordMark | undefined;
  private triesLeft = TRIES;

  constructor(private readonly setting: ClerkDeskSetting) {}

  /** Takes up the session of before the restart. */
  async load(sealed: unknown): Promise<void> {
    if (sealed === undefined || sealed === null) return this.live.set(null);
    try {
      const kept = (await this.setting.sealer.open(sealed as Sealed)) as KeptSession;
      const isFresh = kept.at > this.setting.now() - KEPT_MS;
      this.password = kept.password;
      // A program that is ended and started again does not open a locked screen.
      this.locked.set(isFresh && this.setting.environment.marks.read(this.lockMark) === LOCKED);
      this.live.set(isFresh ? loginResponseSchema.parse(kept.session) : null);
    } catch {
      this.live.set(null); // signs in again
    }
  }

  async login(clerkNo: string, password: string, code?: string): Promise<Result<ClerkSession, LoginFault>> {
    const answer = await this.ask("/api/login", { clerkNo, password, code });
    if (!answer.ok) return err(answer.error);
    const step = loginStepSchema.safeParse(answer.value);
    if (step.success) return err(faultOf(step.data));
    const session = loginResponseSchema.safeParse(answer.value);
    if (!session.success) return err({ code: "unavailable" });
    this.setLocked(false);
    await this.keep(session.data, await markPassword(this.setting.environment.crypto, password));
    return ok(session.data);
  }

  lock(): void {
    if (this.live.get() !== null) this.setLocked(true);
  }

  /** Opens a locked screen again, with or without the node. */
  async unlock(password: string): Promise<UnlockOutcome> {
    const session = this.live.get();
    if (session === null) return { kind: "ended" };
    const isRight = await this.isPassword(session, password);
    if (isRight === null) return { kind: "unavailable" };
    if (isRight) {
      this.setLocked(false);
      return { kind: "open" };
    }
    this.triesLeft -= 1;
    if (this.triesLeft > 0) return { kind: "wrong", triesLeft: this.triesLeft };
    await this.logout();
    return { kind: "ended" };
  }

  /** null: only the node knows, and it did not say. */
  private async isPassword(session: ClerkSession, password: string): Promise<boolean | null> {
    if (this.password !== undefined) return isPasswordOf(this.setting.environment.crypto, password, this.password);
    const outcome = await this.login(session.clerkNo, password);
    if (outcome.ok) return true;
    if (outcome.error.code === "code_needed") return true; // the lock wants the password alone
    return outcome.error.code === "login_failed" ? false : null;
  }

  private get lockMark(): string {
    return `service-hall-lock-${this.setting.deviceId}`;
  }

  private setLocked(locked: boolean): void {
    if (this.locked.get() === locked) return;
    this.triesLeft = TRIES;
    this.setting.environment.marks.write(this.lockMark, locked ? LOCKED : "");
    this.locked.set(locked);
  }

  async logout(): Promise<void> {
    this.setLocked(false);
    await this.keep(null);
    // What waits in the outbox keeps the name of who did it; the node need only know that nobody goes on under it.
    void this.ask("/api/logout");
  }

  private ask(path: string, body: object = {}): Promise<Result<unknown, HttpError>> {
    const { nodeUrl, session, environment } = this.setting;
    const url = new URL(path, nodeUrl).href;
    return session.present((credentials) => askNode(environment, url, { ...credentials, ...body }));
  }

  private async keep(session: ClerkSession | null, password?: PasswordMark): Promise<void> {
    const { sealer, writer, now, environment } = this.setting;
    this.live.set(session);
    this.password = password;
    try {
      const kept: KeptSession | null =
        session === null ? null : { session, at: now(), ...(password === undefined ? {} : { password }) };
      const value = kept === null ? null : await sealer.seal(kept);
      await writer.write((db) => db.meta.put({ key: "clerk", value }));
    } catch (error) {
      environment.log("store.fault", { name: "clerk", message: reasonOf(error) });
    }
  }
}
