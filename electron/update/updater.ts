import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Result } from "../../shared/basics/result.ts";
import type { ReleaseAsk } from "../../shared/contract/releases.ts";
import { parseManifest, type Manifest, type Release } from "../../shared/domain/releases/manifest.ts";
import { compareVersions } from "../../shared/domain/releases/version.ts";
import type { Logger } from "../logging/logger.ts";
import { checkRelease } from "./check-release.ts";
import { fetchPackage, PACKAGE, type GetFrom } from "./fetch-package.ts";
import { failedVersions, installedVersions, type Installation, type Spool } from "./installation.ts";

const INSTALL_MS = 10 * 60_000;

export interface UpdaterDeps {
  readonly installation: Installation;
  /** The version of this program. */
  readonly running: string;
  /** Where the launcher keeps what came of each version. */
  readonly stateFolder: string;
  readonly spool: Spool;
  readonly log: Pick<Logger, "write">;
  /** Asks the node for the next version; an error when it cannot be asked now. */
  ask(ask: ReleaseAsk): Promise<Result<Release | null, unknown>>;
  getPackage(version: string): GetFrom;
}

export interface Updater {
  /** Asks, fetches, checks and has installed what is offered. Repeated for ever; never throws for what the other side does. */
  step(): Promise<void>;
  /** The version that the launcher would start now instead of this one; null: this is it. */
  waiting(): string | null;
}

/** Brings releases beside the running version. Nothing here touches what runs: whatever fails, the old version starts again. */
export const createUpdater = (deps: UpdaterDeps): Updater => {
  const { installation, running, log } = deps;
  const { folder: spool, isOwn } = deps.spool;
  /** What root's service was given and has not told of. */
  let handed: string | null = null;
  /** The last release that this terminal would not take. */
  let refused: string | null = null;
  /** What the installer found good for nothing; it is not fetched a second time. */
  let hopeless: string | null = null;

  const refuse = (version: string | null, reason: string): void => {
    refused = version;
    log.write("update.refused", { version: version ?? "", reason });
  };

  const refuseToInstall = (version: string, reason: string): void => {
    if (!existsSync(join(spool, PACKAGE))) hopeless = version;
    refuse(version, reason);
  };

  const stateNow = () => {
    const failed = failedVersions(deps.stateFolder);
    const newest = installedVersions(installation)[0] ?? running;
    return { failed, newest };
  };

  const standsNow = ({ failed, newest }: ReturnType<typeof stateNow>): ReleaseAsk["stands"] => {
    if (refused !== null) return { version: refused, state: "refused" };
    if (failed.includes(newest)) return { version: newest, state: "failed" };
    return { version: newest, state: newest === running ? "running" : "fetched" };
  };

  /** Root's service takes its mark away in any case; what it says of a release that is not there then is why. */
  const hearOfHanded = ({ newest }: ReturnType<typeof stateNow>): void => {
    if (handed === null || existsSync(join(spool, "ready"))) return;
    if (newest === handed) {
      refused = null;
      log.write("update.installed", { version: handed });
    } else refuseToInstall(handed, readFileSync(join(installation.folder, "last-update"), "utf8").trim());
    handed = null;
  };

  /** What another user of this computer has left there only root can take away, and does after every try. */
  const clearSpool = async (error: unknown): Promise<void> => {
    const { code } = error as NodeJS.ErrnoException;
    if (!isOwn && (code === "EACCES" || code === "EPERM")) await writeFile(join(spool, "ready"), "");
  };

  const install = async ({ version }: Manifest, { manifest, signature }: Release): Promise<void> => {
    await writeFile(join(spool, "manifest"), manifest);
    await writeFile(join(spool, "manifest.sig"), Buffer.from(signature, "base64"));
    await writeFile(join(spool, "running"), running);
    // Last: it is what root's service waits for.
    await writeFile(join(spool, "ready"), version);
    log.write("update.fetched", { version });
    if (!isOwn) {
      handed = version;
      return;
    }
    try {
      await promisify(execFile)(installation.installer, [spool], { timeout: INSTALL_MS });
      refused = null;
      log.write("update.installed", { version });
    } catch (error) {
      const { stderr } = error as { readonly stderr?: string };
      refuseToInstall(version, (stderr ?? String(error)).trim());
    }
  };

  return {
    async step() {
      const now = stateNow();
      hearOfHanded(now);
      const answer = await deps.ask({ version: running, stands: standsNow(now), failed: [...now.failed].slice(0, 20) });
      if (!answer.ok || answer.value === null) return;
      const checked = checkRelease(answer.value, installation.releaseKey, now.newest);
      if (!checked.ok) {
        // Fetched before and waiting for its start: no news.
        if (checked.error !== "not_newer") refuse(parseManifest(answer.value.manifest)?.version ?? null, checked.error);
        return;
      }
      const { version } = checked.value;
      if (version === hopeless) return;
      try {
        await mkdir(spool, { recursive: true });
        const fetched = await fetchPackage(checked.value, spool, deps.getPackage(version));
        if (fetched.ok) await install(checked.value, answer.value);
        else if (fetched.error === "tampered") refuse(version, "tampered");
        else log.write("update.notFetched", { version, reason: fetched.error });
      } catch (error) {
        log.write("update.notFetched", { version, reason: String(error) });
        await clearSpool(error);
      }
    },
    waiting() {
      const { failed, newest } = stateNow();
      return compareVersions(newest, running) > 0 && !failed.includes(newest) ? newest : null;
    },
  };
};
