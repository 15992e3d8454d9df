import { existsSync, readdirSync, readFileSync, type Dirent } from "node:fs";
import { basename, dirname, join } from "node:path";
import { compareVersions, versionSchema } from "../../shared/domain/releases/version.ts";

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
