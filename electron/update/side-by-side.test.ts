import { execFileSync, spawn } from "node:child_process";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ok } from "../../shared/basics/result.ts";
import { manifestText, type Release } from "../../shared/domain/releases/manifest.ts";
import type { ReleaseAsk } from "../../shared/contract/releases.ts";
import { partOf } from "./fetch-package.ts";
import { findInstallation, installedVersions } from "./installation.ts";
import { createUpdater, type Updater } from "./updater.ts";

/*
 * S69 on the real scripts of the installation: whatever comes instead of a good release, the old version stays and starts. Programs
 * here are shell scripts; the real one is updated in tests/e2e/security-package.spec.ts.
 */
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const PACKAGING = join(import.meta.dirname, "../../packaging/install");

/** Says which version it is, says that it is up, and ends well. */
const SOUND = 'echo "$(basename "$(dirname "$0")")${1:+ $*}" >>"$TRACE"; echo up >"$SERVICE_HALL_UP_FILE"';
const CRASHES = 'echo "crash" >>"$TRACE"; exit 1';
/** Does not end by itself and never says that it is up. */
const HANGS = 'echo "hangs" >>"$TRACE"; exec sleep 60';

let folder: string;
let home: string;
let spool: string;

const putProgram = (root: string, version: string, script: string): void => {
  const place = join(root, "versions", version);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "service-hall"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "service-hall-update-"));
  home = join(folder, "installed");
  spool = join(folder, "spool");
  putProgram(home, "0.1.0", SOUND);
  cpSync(PACKAGING, home, { recursive: true });
  writeFileSync(join(home, "release-key.pem"), publicKey.export({ type: "spki", format: "pem" }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Made {
  readonly release: Release;
  readonly bytes: Buffer;
}

const signedOf = (text: string, key = privateKey): Release => ({
  manifest: text,
  signature: sign(null, Buffer.from(text), key).toString("base64"),
});

/** A release as `npm run pack -- tar.gz` and `sign-release` make it. */
const makeRelease = (version: string, script = SOUND, key = privateKey): Made => {
  const root = join(folder, `made-${version}`, `service-hall-${version}`);
  putProgram(root, version, script);
  // So that half of it is more than one block.
  writeFileSync(join(root, "versions", version, "bulk"), Buffer.alloc(300_000, version));
  const file = join(folder, `${version}.tar.gz`);
  execFileSync("tar", ["-czf", file, "-C", join(root, ".."), `service-hall-${version}`]);
  const bytes = readFileSync(file);
  const sha512 = createHash("sha512").update(bytes).digest("base64");
  return { release: signedOf(manifestText({ version, platform: "linux", size: bytes.length, sha512 }), key), bytes };
};

const logged: string[] = [];

/** A terminal whose node offers `offer` and sends what `send` makes of the range that was asked for. */
const updaterOf = (
  offer: Release | null,
  send: (from: number) => Response,
  running = "0.1.0",
  asks: ReleaseAsk[] = [],
  isOwn = true,
): Updater => {
  const installation = findInstallation(join(home, "versions", running, "service-hall"));
  if (!installation) throw new Error("no installation");
  logged.length = 0;
  return createUpdater({
    installation,
    running,
    stateFolder: join(folder, "state/service-hall"),
    spool: { folder: spool, isOwn },
    log: { write: (code, fields) => void logged.push([code, ...Object.values(fields ?? {})].join(" ")) },
    ask: (body) => {
      asks.push(body);
      return Promise.resolve(ok(offer));
    },
    getPackage: () => (from) => Promise.resolve(send(from)),
  });
};

const versions = (): readonly string[] => readdirSync(join(home, "versions")).sort();
const whole = (bytes: Buffer) => (from: number) =>
  new Response(new Uint8Array(bytes.subarray(from)), { status: from > 0 ? 206 : 200 });

/** Starts the launcher and waits for its end. @returns what the programs that it started have said */
const launch = async (env: Readonly<Record<string, string>> = {}, ...args: string[]): Promise<string[]> => {
  const trace = join(folder, "trace");
  rmSync(trace, { force: true });
  const child = spawn(join(home, "launcher"), args, {
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, XDG_STATE_HOME: join(folder, "state"), TRACE: trace, ...env },
    stdio: "ignore",
  });
  await once(child, "exit");
  return existsSync(trace) ? readFileSync(trace, "utf8").trim().split("\n") : [];
};

const stillStartsOld = async (): Promise<void> => {
  expect(versions()).toEqual(["0.1.0"]);
  expect(await launch({}, "--role", "kiosk")).toEqual(["0.1.0 --role kiosk"]);
};

describe("a good release", () => {
  it("is put beside the running version and starts the next time", async () => {
    const { release, bytes } = makeRelease("0.2.0");
    const updater = updaterOf(release, whole(bytes));
    await updater.step();
    expect(logged).toEqual(["update.fetched 0.2.0", "update.installed 0.2.0"]);
    expect(updater.waiting()).toBe("0.2.0");
    expect(await launch()).toEqual(["0.2.0"]);
    expect(readdirSync(spool).filter((name) => name === "ready")).toEqual([]);
  });

  it("is gone on with where the line was cut, over as many tries as it takes", async () => {
    const { release, bytes } = makeRelease("0.2.0");
    const half = Math.floor(bytes.length / 2);
    const asked: number[] = [];
    const send = (from: number): Response => {
      asked.push(from);
      return new Response(new Uint8Array(bytes.subarray(from, from === 0 ? half : undefined)), {
        status: from ? 206 : 200,
      });
    };
    const updater = updaterOf(release, send);
    await updater.step();
    expect(logged).toEqual(["update.notFetched 0.2.0 cut_off"]);
    await stillStartsOld();
    await updater.step();
    expect(asked).toEqual([0, half]);
    expect(await launch()).toEqual(["0.2.0"]);
  });

  it("keeps the version before and the one that runs, and no older ones", async () => {
    for (const version of ["0.2.0", "0.3.0", "0.4.0"]) {
      const { release, bytes } = makeRelease(version);
      await updaterOf(release, whole(bytes)).step();
    }
    expect(versions()).toEqual(["0.1.0", "0.3.0", "0.4.0"]);
    expect(installedVersions({ folder: home, releaseKey: "", installer: "" })).toEqual(["0.4.0", "0.3.0", "0.1.0"]);
  });
});

describe("S69 the old version stays and starts", () => {
  it("when the file is another than the signed one", async () => {
    const { release, bytes } = makeRelease("0.2.0");
    const other = Buffer.from(bytes);
    other[100_000 % bytes.length] = (other[100_000 % bytes.length] ?? 0) ^ 1;
    const asks: ReleaseAsk[] = [];
    const updater = updaterOf(release, whole(other), "0.1.0", asks);
    await updater.step();
    expect(logged).toEqual(["update.refused 0.2.0 tampered"]);
    await stillStartsOld();
    // The node hears of it; and what was wrong is not kept for the next try.
    await updater.step();
    expect(asks[1]?.stands).toEqual({ version: "0.2.0", state: "refused" });
    expect(readdirSync(spool)).toEqual([]);
  });

  it("when more comes than was signed", async () => {
    const { release, bytes } = makeRelease("0.2.0");
    await updaterOf(release, whole(Buffer.concat([bytes, Buffer.alloc(1)]))).step();
    expect(logged).toEqual(["update.refused 0.2.0 tampered"]);
    await stillStartsOld();
  });

  it("when somebody else signed it, or its text was changed after", async () => {
    const stranger = generateKeyPairSync("ed25519").privateKey;
    const foreign = makeRelease("0.2.0", SOUND, stranger);
    await updaterOf(foreign.release, whole(foreign.bytes)).step();
    expect(logged).toEqual(["update.refused 0.2.0 unsigned"]);
    const own = makeRelease("0.3.0");
    const manifest = own.release.manifest.replace("0.3.0", "0.9.0");
    await updaterOf({ ...own.release, manifest }, whole(own.bytes)).step();
    expect(logged).toEqual(["update.refused 0.9.0 unsigned"]);
    await stillStartsOld();
  });

  it("when the release is older, or the same again, although it is signed", async () => {
    for (const version of ["0.0.9", "0.1.0"]) {
      const { release, bytes } = makeRelease(version);
      await updaterOf(release, whole(bytes)).step();
      expect(logged).toEqual([]);
    }
    await stillStartsOld();
  });

  it("when the disk is full", async () => {
    const { release, bytes } = makeRelease("0.2.0");
    const sha512 = /sha512: (.+)/.exec(release.manifest)?.[1] ?? "";
    mkdirSync(spool);
    symlinkSync("/dev/full", join(spool, partOf(sha512)));
    await updaterOf(release, whole(bytes)).step();
    expect(logged).toEqual(["update.notFetched 0.2.0 disk"]);
    await stillStartsOld();
  });

  it("when the node is not reached, or answers something else", async () => {
    const { release } = makeRelease("0.2.0");
    for (const send of [() => new Response("no", { status: 503 }), () => Promise.reject(new Error("reset")) as never]) {
      await updaterOf(release, send).step();
      expect(logged).toEqual(["update.notFetched 0.2.0 unreachable"]);
    }
    await stillStartsOld();
  });
});

describe("the installer believes nobody but the key", () => {
  const putIntoSpool = ({ release, bytes }: Made): void => {
    mkdirSync(spool, { recursive: true });
    writeFileSync(join(spool, "manifest"), release.manifest);
    writeFileSync(join(spool, "manifest.sig"), Buffer.from(release.signature, "base64"));
    writeFileSync(join(spool, "package.tar.gz"), bytes);
    writeFileSync(join(spool, "running"), "0.1.0");
    writeFileSync(join(spool, "ready"), "");
  };
  const install = (env: Readonly<Record<string, string>> = {}): string => {
    try {
      execFileSync(join(home, "install-update"), [spool], {
        stdio: "pipe",
        env: { ...process.env, ...env },
        timeout: 60_000,
      });
      return "installed";
    } catch (error) {
      return (error as { readonly stderr: Buffer }).stderr.toString().trim();
    }
  };

  it("whatever the terminal's user lays down", () => {
    const good = makeRelease("0.2.0");
    putIntoSpool({ ...good, bytes: Buffer.concat([good.bytes, Buffer.alloc(1)]) });
    expect(install()).toBe("the file of 0.2.0 is not the one that was signed");
    putIntoSpool(makeRelease("0.2.1", SOUND, generateKeyPairSync("ed25519").privateKey));
    expect(install()).toBe("the release is not signed by the key of this installation");
    putIntoSpool(makeRelease("0.0.1"));
    expect(install()).toBe("0.0.1 is not newer than 0.1.0");
    putIntoSpool({ ...good, release: signedOf("version: ../../etc\nplatform: linux\n") });
    expect(install()).toBe("the release names no version");
    putIntoSpool(good);
    rmSync(join(spool, "package.tar.gz"));
    symlinkSync("/etc/passwd", join(spool, "package.tar.gz"));
    expect(install()).toBe("there is no file package.tar.gz");
    expect(versions()).toEqual(["0.1.0"]);
    // Each time the mark is gone, so that root's service does not run in circles, and nothing half done is left.
    expect(existsSync(join(spool, "ready"))).toBe(false);
    expect(readdirSync(home).filter((name) => name.startsWith(".update-"))).toEqual([]);
  });

  it("and waits for nothing that is no file", () => {
    for (const name of ["running", "manifest", "manifest.sig", "package.tar.gz"]) {
      putIntoSpool(makeRelease("0.2.0"));
      rmSync(join(spool, name));
      execFileSync("mkfifo", [join(spool, name)]);
      expect(install()).toBe(`there is no file ${name}`);
    }
    expect(readdirSync(spool)).toEqual([]);
  });

  it("and leaves nothing that the next user of the folder could not write over, whatever came of it", () => {
    putIntoSpool(makeRelease("0.2.0", SOUND, generateKeyPairSync("ed25519").privateKey));
    install();
    expect(readdirSync(spool)).toEqual([]);
    putIntoSpool(makeRelease("0.2.0"));
    expect(install()).toBe("installed");
    expect(readdirSync(spool)).toEqual([]);
  });

  /** Programs that are found before the system's. */
  const shadow = (name: string, script: string): Readonly<Record<string, string>> => {
    const bin = join(folder, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { PATH: `${bin}:${process.env["PATH"] ?? ""}` };
  };

  it("and takes the mark away on a full disk too; the package stays for the next try", () => {
    putIntoSpool(makeRelease("0.2.0"));
    const full = shadow("mktemp", 'echo "mktemp: No space left on device" >&2; exit 1');
    expect(install(full)).toContain("the disk may be full");
    expect(readdirSync(spool)).toEqual(["package.tar.gz"]);
  });

  it("and says when it is openssl that cannot verify, not the release that is wrong", () => {
    putIntoSpool(makeRelease("0.2.0"));
    const old = shadow("openssl", 'echo "pkeyutl: Unrecognized flag rawin" >&2; exit 1');
    expect(install(old)).toBe(
      "openssl cannot verify a release here (it takes 3.0 or newer): pkeyutl: Unrecognized flag rawin",
    );
    expect(readdirSync(spool)).toEqual(["package.tar.gz"]);
    expect(versions()).toEqual(["0.1.0"]);
  });

  it("and takes a version whose package holds another one for none", () => {
    const other = makeRelease("0.3.0");
    const sha512 = createHash("sha512").update(other.bytes).digest("base64");
    const release = signedOf(manifestText({ version: "0.2.0", platform: "linux", size: other.bytes.length, sha512 }));
    putIntoSpool({ release, bytes: other.bytes });
    expect(install()).toContain("0.2.0 cannot be unpacked");
    expect(versions()).toEqual(["0.1.0"]);
  });
});

/** As service-hall-update.service does, once its path unit has seen the mark. */
const asRoot = (): void => {
  try {
    execFileSync(join(home, "install-update"), [spool], { stdio: "pipe" });
  } catch {
    // What it refuses it says in last-update.
  }
};

describe("where root installs", () => {
  it("the terminal lays down, hears what came of it, and does not fetch again what lies there", async () => {
    const { release, bytes } = makeRelease("0.2.0");
    const asked: number[] = [];
    const send = (from: number): Response => {
      asked.push(from);
      return whole(bytes)(from);
    };
    const updater = updaterOf(release, send, "0.1.0", [], false);
    await updater.step();
    expect(versions()).toEqual(["0.1.0"]);
    // Not there yet: laid down again, not fetched again.
    await updater.step();
    expect(asked).toEqual([0]);
    asRoot();
    expect(existsSync(join(spool, "package.tar.gz"))).toBe(false);
    await updater.step();
    expect(logged).toEqual(["update.fetched 0.2.0", "update.fetched 0.2.0", "update.installed 0.2.0"]);
    expect(await launch()).toEqual(["0.2.0"]);
  });

  it("the terminal tells the node what root would not take", async () => {
    const { release, bytes } = makeRelease("0.2.0");
    const asks: ReleaseAsk[] = [];
    const updater = updaterOf(release, whole(bytes), "0.1.0", asks, false);
    await updater.step();
    writeFileSync(join(spool, "package.tar.gz"), "something else");
    asRoot();
    await updater.step();
    expect(logged[1]).toBe("update.refused 0.2.0 the file of 0.2.0 is not the one that was signed");
    expect(asks[1]?.stands).toEqual({ version: "0.2.0", state: "refused" });
    // A hundred megabytes are not sent again for a release that was found good for nothing.
    expect(readdirSync(spool)).toEqual([]);
  });
});

/** As another user, who shares the folder as the package of the terminal has made it. */
const asNobody = async (work: () => Promise<void>): Promise<void> => {
  process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
};

it.skipIf(process.getuid?.() !== 0)("what one user has left half laid down does not stop the next one", async () => {
  const { release, bytes } = makeRelease("0.2.0");
  chmodSync(folder, 0o755);
  mkdirSync(spool);
  chmodSync(spool, 0o1777);
  for (const name of ["manifest", "package.tar.gz"]) writeFileSync(join(spool, name), "of root, and old");
  const updater = updaterOf(release, whole(bytes), "0.1.0", [], false);
  await asNobody(() => updater.step());
  expect(logged[0]).toContain("update.notFetched 0.2.0");
  // The mark that root's service waits for: it finds no release, and takes everything away.
  expect(existsSync(join(spool, "ready"))).toBe(true);
  asRoot();
  await asNobody(() => updater.step());
  expect(logged[1]).toBe("update.fetched 0.2.0");
  asRoot();
  expect(await launch()).toEqual(["0.2.0"]);
});

describe("a version that does not come up", () => {
  it.each([
    ["ends with an error", CRASHES, "crash"],
    ["says nothing in time", HANGS, "hangs"],
  ])("because it %s gives way to the one before, and is not started again", async (_how, script, said) => {
    expect(await launch()).toEqual(["0.1.0"]);
    putProgram(home, "0.2.0", script);
    expect(await launch({ SERVICE_HALL_UP_WITHIN: "1" })).toEqual([said, said, "0.1.0"]);
    expect(await launch()).toEqual(["0.1.0"]);
    const asks: ReleaseAsk[] = [];
    const updater = updaterOf(null, () => new Response(), "0.1.0", asks);
    await updater.step();
    expect(asks[0]).toEqual({ version: "0.1.0", stands: { version: "0.2.0", state: "failed" }, failed: ["0.2.0"] });
    expect(updater.waiting()).toBeNull();
  });

  it("makes room for the next one, which is tried in its turn", async () => {
    putProgram(home, "0.2.0", CRASHES);
    await launch();
    putProgram(home, "0.3.0", SOUND);
    expect(await launch()).toEqual(["0.3.0"]);
  });

  it("is none when the second try succeeds: the first may have been the computer's fault", async () => {
    putProgram(home, "0.2.0", `[ -e "$HOME/again" ] || { touch "$HOME/again"; kill -KILL $$; }; ${SOUND}`);
    expect(await launch()).toEqual(["0.2.0"]);
    expect(await launch()).toEqual(["0.2.0"]);
  });

  it("is none where it came up once: a crash later on is no reason to go back", async () => {
    putProgram(home, "0.2.0", `${SOUND}; exit 1`);
    expect(await launch()).toEqual(["0.2.0"]);
    expect(await launch()).toEqual(["0.2.0"]);
  });

  it("is none when somebody ended it before it was up", async () => {
    putProgram(home, "0.2.0", "kill -TERM $$");
    await launch();
    putProgram(home, "0.2.0", SOUND);
    expect(await launch()).toEqual(["0.2.0"]);
  });
});

it("a program that wants to be started again is, in the newest version", async () => {
  putProgram(home, "0.2.0", `${SOUND}; cp -r "$HOME/next" "${home}/versions/0.3.0"; exit 75`);
  putProgram(folder, "next", SOUND);
  cpSync(join(folder, "versions/next"), join(folder, "next"), { recursive: true });
  expect(await launch({}, "--windowed")).toEqual(["0.2.0 --windowed", "0.3.0 --windowed"]);
});

it("a program that is started again is told so: what its command line asked to be set up is done", async () => {
  putProgram(
    home,
    "0.1.0",
    `${SOUND}; echo "again: \${SERVICE_HALL_AGAIN:-}" >>"$TRACE"; [ -n "\${SERVICE_HALL_AGAIN:-}" ] || exit 75`,
  );
  expect(await launch({}, "--role", "setup")).toEqual([
    "0.1.0 --role setup",
    "again: ",
    "0.1.0 --role setup",
    "again: 1",
  ]);
});

it("without a release key, or started otherwise, an installation updates nothing", () => {
  expect(findInstallation("/usr/lib/electron/electron")).toBeNull();
  rmSync(join(home, "release-key.pem"));
  expect(findInstallation(join(home, "versions/0.1.0/service-hall"))).toBeNull();
});
