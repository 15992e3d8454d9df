import { createPrivateKey, sign } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { MANIFEST_MAX, manifestText, parseManifest, signatureSchema } from "../../shared/domain/releases/manifest.ts";
import { reachSchema, type Reach } from "../../shared/domain/releases/stage.ts";
import { versionSchema } from "../../shared/domain/releases/version.ts";
import type { Database } from "../db/database.ts";
import { createLogger } from "../logger.ts";
import { ReleaseFiles, sha512Of } from "../releases/release-files.ts";
import { ReleaseStore, type StageFault } from "../releases/release-store.ts";
import { dataDirOf, type DatabaseCommand } from "./halls.ts";
import type { Values } from "./options.ts";
import { say, UsageError } from "./usage.ts";

const MANIFEST = "manifest";
const SIGNATURE = "manifest.sig";
const PACKAGE = "package.tar.gz";

/**
 * Signs a package of the terminal (npm run pack -- tar.gz) with the maker's key and lays the release down in `--out`, a folder for
 * `add-release`. Needs no database: it is done where the key is kept.
 */
export const signRelease = async (values: Values, file: string | undefined): Promise<number> => {
  if (file === undefined || values.key === undefined || values.out === undefined)
    throw new UsageError("sign-release needs the tar.gz of a terminal, --key FILE and --out FOLDER");
  const [, version] = /^service-hall-([\d.]+)-linux-\w+\.tar\.gz$/.exec(basename(file)) ?? [];
  if (version === undefined || !versionSchema.safeParse(version).success)
    throw new UsageError(`${basename(file)} is no package of a terminal: service-hall-1.2.3-linux-x64.tar.gz`);
  const key = createPrivateKey(await readFile(values.key));
  if (key.asymmetricKeyType !== "ed25519")
    throw new UsageError("--key is an Ed25519 key: openssl genpkey -algorithm ed25519");
  const { size } = await stat(file);
  const text = manifestText({ version, platform: "linux", size, sha512: await sha512Of(createReadStream(file)) });
  const folder = resolve(values.out);
  await mkdir(folder, { recursive: true });
  await copyFile(file, join(folder, PACKAGE));
  await writeFile(join(folder, MANIFEST), text);
  await writeFile(join(folder, SIGNATURE), sign(null, Buffer.from(text), key));
  say(`Release ${version} lies in ${folder}.`);
  return 0;
};

const storeOf = (database: Database, values: Values): ReleaseStore => {
  const log = createLogger(process.env["SERVICE_HALL_LOG"] ?? "warn");
  return new ReleaseStore(database, new ReleaseFiles(dataDirOf(values)), log, Date.now);
};

const versionOf = (name: string, version: string | undefined): string => {
  if (version === undefined || !versionSchema.safeParse(version).success)
    throw new UsageError(`${name} needs a version`);
  return version;
};

/** @throws UsageError when it is not said to whom */
const reachOf = ({ device, hall, all }: Values): Reach => {
  const given = [device, hall, all ? "all" : undefined].filter((each) => each !== undefined);
  if (given.length !== 1) throw new UsageError("stage-release wants one of --device ID,…, --hall ID,… and --all");
  const reach = reachSchema.safeParse(
    device !== undefined
      ? { kind: "terminals", deviceIds: device.split(",") }
      : hall !== undefined
        ? { kind: "halls", hallIds: hall.split(",") }
        : { kind: "all" },
  );
  if (!reach.success) throw new UsageError("--device and --hall want ids with commas between them, at most 2000");
  return reach.data;
};

const describeReach = (reach: Reach): string => {
  if (reach.kind === "terminals") return reach.deviceIds.join(", ");
  return reach.kind === "halls" ? reach.hallIds.join(", ") : reach.kind;
};

const STAGE_FAULTS: Readonly<Record<StageFault, string>> = {
  unknown: "there is no such release",
  of_city: "the city has handed it down and says who gets it; here it can be halted",
  too_many: "more than 2000 cannot be named one by one; give it to halls, or to all",
};

/** Versions of the terminal's program: taken in, given out in stages, halted. */
export const releaseCommands: Readonly<Record<string, DatabaseCommand>> = {
  "add-release": async (database, values, folder) => {
    if (folder === undefined) throw new UsageError("add-release needs the folder of a signed release");
    const manifest = await readFile(join(folder, MANIFEST), "utf8");
    const file = manifest.length > MANIFEST_MAX ? undefined : parseManifest(manifest);
    const signature = (await readFile(join(folder, SIGNATURE))).toString("base64");
    if (!file || !signatureSchema.safeParse(signature).success)
      throw new UsageError(`${folder} holds no signed release`);
    const store = storeOf(database, values);
    const known = await store.find(file.version);
    if (known && known.manifest !== manifest)
      throw new UsageError(`release ${file.version} is here with another file; a version stands for one file for ever`);
    await store.keepFile(file, createReadStream(join(folder, PACKAGE)));
    const isNew = await store.add({ manifest, signature });
    say(isNew ? `Release ${file.version} is here; nobody gets it yet.` : `Release ${file.version} was here before.`);
    return 0;
  },
  "list-releases": async (database, values) => {
    const store = storeOf(database, values);
    const [stands, releases] = [await store.stands(), await store.list()];
    if (releases.length === 0) say("There is no release.");
    for (const { version, reach, isHalted, fromCity, file } of releases) {
      const words = [describeReach(reach)];
      if (isHalted) words.push("HALTED");
      if (fromCity) words.push("from the city");
      if (!(await store.files.has(file))) words.push("file not here");
      for (const [state, count] of Object.entries(stands.get(version) ?? {})) words.push(`${state} ${String(count)}`);
      say(`${version}  ${words.join("; ")}`);
    }
    return 0;
  },
  "stage-release": async (database, values, given) => {
    const version = versionOf("stage-release", given);
    const staged = await storeOf(database, values).stage(version, reachOf(values));
    if (!staged.ok) throw new UsageError(`${version}: ${STAGE_FAULTS[staged.error]}`);
    say(`Release ${version} goes to: ${describeReach(staged.value)}.`);
    return 0;
  },
  "halt-release": async (database, values, given) => {
    const version = versionOf("halt-release", given);
    const isDone = await storeOf(database, values).halt(version, true);
    say(isDone ? `Nobody else gets ${version}.` : `There is no release ${version}.`);
    return isDone ? 0 : 1;
  },
  "resume-release": async (database, values, given) => {
    const version = versionOf("resume-release", given);
    const isDone = await storeOf(database, values).halt(version, false);
    say(isDone ? `${version} is given out again.` : `There is no release ${version}.`);
    return isDone ? 0 : 1;
  },
};
