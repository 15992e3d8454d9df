import { accessSync, constants, existsSync, readdirSync, readFileSync, type Dirent } from "node:fs";
import { basename, dirname, join } from "node:path";
import { compareVersions, versionSchema } from "../../shared/domain/releases/version.ts";

/** Where what was fetched is laid down. */
export interface Spool {
  readonly folder: string;
  /** The program's folder is this user's own, who installs it then; else root's service takes it from here. */
  readonly isOwn: boolean;
}

/** An installation whose versions lie side by side (packaging/install). */
export interface Installation {
  readonly folder: string;
  /** The public half of the maker's release key, PEM. */
  readonly releaseKey: string;
  /** Puts a fetched release beside the others. */
  readonly installer: string;
}

/**
 * The installation that this program runs from: `<folder>/versions/<version>/service-hall`.
 * @returns null where it was started otherwise, or the installation has no release key: then nothing is ever updated by itself
 */
export const findInstallation = (executable: string): Installation | null => {
  const versions = dirname(dirname(executable));
  const folder = dirname(versions);
  const keyFile = join(folder, "release-key.pem");
  if (basename(versions) !== "versions" || !existsSync(keyFile)) return null;
  return { folder, releaseKey: readFileSync(keyFile, "utf8"), installer: join(folder, "install-update") };
};

/** Where root's service waits for a release (packaging/linux/service-hall-update.path). */
const SHARED_SPOOL = "/var/lib/service-hall-terminal";

/** @param ownFolder for what is fetched where the program's folder is this user's own */
export const spoolOf = ({ folder }: Installation, ownFolder: string): Spool => {
  try {
    accessSync(join(folder, "versions"), constants.W_OK);
    return { folder: ownFolder, isOwn: true };
  } catch {
    return { folder: SHARED_SPOOL, isOwn: false };
  }
};

/** The versions that lie there, newest first. */
export const installedVersions = ({ folder }: Installation): readonly string[] =>
  readdirSync(join(folder, "versions"), { withFileTypes: true })
    .filter((entry: Dirent) => entry.isDirectory() && versionSchema.safeParse(entry.name).success)
    .map(({ name }) => name)
    .sort((a, b) => compareVersions(b, a));

/** The versions that the launcher has found not to come up, from its state folder. */
export const failedVersions = (stateFolder: string): readonly string[] => {
  if (!existsSync(stateFolder)) return [];
  return readdirSync(stateFolder).flatMap((name) => {
    const [, version] = /^failed-(.+)$/.exec(name) ?? [];
    return version !== undefined && versionSchema.safeParse(version).success ? [version] : [];
  });
};
