import { apiErrorSchema } from "../../../shared/contract/api.ts";
import { FILES_PATH, fileStateSchema, type FileOffer, type FileState } from "../../../shared/contract/files.ts";
import { err, ok, type Result } from "../../../shared/basics/result.ts";
import { BLOCK_BYTES } from "../../../shared/domain/files/file.ts";
import type { Environment } from "../environment.ts";
import type { Credentials, SessionKeeper } from "../session-keeper.ts";

/** The center ends a request that takes longer. */
const TIMEOUT_MS = 30_000;

export interface CenterFilesSetting {
  readonly nodeUrl: string;
  readonly session: Pick<SessionKeeper, "present">;
  readonly environment: Pick<Environment, "fetch" | "after">;
}

/** Why the center did not do it: its code, or `unavailable` when it did not answer. */
export interface CenterFault {
  readonly code: string;
}

interface Ask {
  readonly method?: "POST";
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The center's side of files, as requests (shared/contract/files.ts). */
export class CenterFiles {
  constructor(private readonly setting: CenterFilesSetting) {}

  offer(offer: FileOffer): Promise<Result<FileState, CenterFault>> {
    return this.askState("", { body: JSON.stringify(offer), headers: { "content-type": "application/json" } });
  }

  complete(hash: string): Promise<Result<FileState, CenterFault>> {
    return this.askState(`/${hash}/complete`, {});
  }

  /** @param block the first of the blocks in `bytes` */
  async send(
    hash: string,
    block: number,
    bytes: Uint8Array<ArrayBuffer>,
    sum: string,
  ): Promise<Result<null, CenterFault>> {
    const headers = {
      "content-type": "application/octet-stream",
      "x-offset": String(block * BLOCK_BYTES),
      "x-sha256": sum,
    };
    return this.ask(`/${hash}/part`, { method: "POST", body: bytes, headers }, () => Promise.resolve(null));
  }

  /** Some bytes of a file, and how long the whole is. */
  fetch(
    hash: string,
    from: number,
    to: number,
  ): Promise<Result<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly size: number }, CenterFault>> {
    const headers = { range: `bytes=${String(from)}-${String(to - 1)}` };
    return this.ask(`/${hash}`, { headers }, async (response) => {
      const bytes = new Uint8Array(await response.arrayBuffer());
      const whole = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1];
      return { bytes, size: whole === undefined ? bytes.length : Number(whole) };
    });
  }

  private askState(path: string, init: Ask): Promise<Result<FileState, CenterFault>> {
    return this.ask(path, { method: "POST", ...init }, async (response) =>
      fileStateSchema.parse((await response.json()) as unknown),
    );
  }

  private ask<T>(path: string, init: Ask, read: (response: Response) => Promise<T>): Promise<Result<T, CenterFault>> {
    return this.setting.session.present((credentials) => this.askAs(credentials, path, init, read));
  }

  private async askAs<T>(
    { deviceId, secret }: Credentials,
    path: string,
    init: Ask,
    read: (response: Response) => Promise<T>,
  ): Promise<Result<T, CenterFault>> {
    const { nodeUrl, environment } = this.setting;
    const abort = new AbortController();
    const stop = environment.after(TIMEOUT_MS, () => abort.abort());
    try {
      const response = await environment.fetch(new URL(`${FILES_PATH}${path}`, nodeUrl).href, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${deviceId}:${secret}` },
        signal: abort.signal,
        cache: "no-store",
      });
      if (response.ok) return ok(await read(response));
      const told = apiErrorSchema.safeParse((await response.json()) as unknown);
      return err({ code: told.success ? told.data.error.code : "unavailable" });
    } catch {
      return err({ code: "unavailable" });
    } finally {
      stop();
    }
  }
}
