import { loginResponseSchema } from "../../shared/contract/api.ts";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import type { Environment } from "./environment.ts";
import { askNode } from "./http.ts";
import { liveValue, type Source } from "./live.ts";
import type { Sealed, Sealer } from "./seal.ts";
import type { ClerkSession } from "./terminal.ts";
import type { Writer } from "./writer.ts";
import { reasonOf } from "./reason-of.ts";

/** A session survives a restart of the program, not the night. */
const KEPT_MS = 14 * 3_600_000;

interface KeptSession {
  readonly session: ClerkSession;
  readonly at: number;
}

export interface ClerkDeskSetting {
  readonly nodeUrl: string;
  readonly credentials: { readonly deviceId: string; readonly secret: string };
  readonly environment: Environment;
  readonly sealer: Sealer;
  readonly writer: Writer;
  readonly now: () => number;
}

/** Who is signed in at this terminal. */
export class ClerkDesk {
  readonly live: Source<ClerkSession | null> = liveValue<ClerkSession | null>(null);

  constructor(private readonly setting: ClerkDeskSetting) {}

  /** Takes up the session of before the restart. */
  async load(sealed: unknown): Promise<void> {
    if (sealed === undefined || sealed === null) return this.live.set(null);
    try {
      const kept = (await this.setting.sealer.open(sealed as Sealed)) as KeptSession;
      const isFresh = kept.at > this.setting.now() - KEPT_MS;
      this.live.set(isFresh ? loginResponseSchema.parse(kept.session) : null);
    } catch {
      this.live.set(null); // signs in again
    }
  }

  async login(clerkNo: string, password: string): Promise<Result<ClerkSession, { readonly code: string }>> {
    const { nodeUrl, credentials, environment } = this.setting;
    const url = new URL("/api/login", nodeUrl).href;
    const answer = await askNode(environment, url, { ...credentials, clerkNo, password });
    if (!answer.ok) return err(answer.error);
    const session = loginResponseSchema.safeParse(answer.value);
    if (!session.success) return err({ code: "unavailable" });
    await this.keep(session.data);
    return ok(session.data);
  }

  async logout(): Promise<void> {
    const { nodeUrl, credentials, environment } = this.setting;
    await this.keep(null);
    // What waits in the outbox keeps the name of who did it; the node need only know that nobody goes on under it.
    void askNode(environment, new URL("/api/logout", nodeUrl).href, credentials);
  }

  private async keep(session: ClerkSession | null): Promise<void> {
    const { sealer, writer, now, environment } = this.setting;
    this.live.set(session);
    try {
      const kept: KeptSession | null = session === null ? null : { session, at: now() };
      const value = kept === null ? null : await sealer.seal(kept);
      await writer.write((db) => db.meta.put({ key: "clerk", value }));
    } catch (error) {
      environment.log("store.fault", { name: "clerk", message: reasonOf(error) });
    }
  }
}
