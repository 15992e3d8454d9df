import { createHash, generateKeyPairSync, verify } from "node:crypto";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { makeDataDir, post, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { releaseOfferSchema, RELEASES_PATH, type ReleaseAsk } from "../../shared/contract/releases.ts";
import { parseManifest } from "../../shared/domain/releases/manifest.ts";
import {
  DESK_RELEASES_PATH,
  deskReleasesResponseSchema,
  type DeskReleases,
} from "../../shared/contract/desk-releases.ts";
import { setDuty } from "../identity/clerks.ts";
import { runCli } from "../cli/run-cli.ts";
import { createLogger } from "../logger.ts";
import { putRelayHall } from "../relay/receive.ts";
import { ReleasesFromCity } from "./from-city.ts";
import { ReleaseFiles } from "./release-files.ts";

/*
 * A release on its way: signed at the maker's, taken in by command, given to one terminal, one hall, all; over the wire, with a city.
 */
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
/** Not a program: only its bytes matter here. */
const content = Buffer.from("x".repeat(100_000));

let folder: string;
let cityDir: string;
let city: TestCenter;
let hall: TestCenter;
let said = "";
let key = "";
let one: Pick<EnrolResponse, "deviceId" | "secret">;
let other: EnrolResponse;
let third: EnrolResponse;

const cli = async (center: TestCenter, ...args: string[]): Promise<number> => {
  vi.stubEnv("DATABASE_URL", center.databaseUrl);
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean((said += String(text))));
  try {
    return await runCli([...args, "--data", center.dataDir]);
  } finally {
    write.mockRestore();
    vi.unstubAllEnvs();
  }
};

/** Signs the package of a version. @returns the folder for add-release */
const signed = async (version: string, bytes = content): Promise<string> => {
  const file = join(folder, `service-hall-${version}-linux-x64.tar.gz`);
  await writeFile(file, bytes);
  const out = join(folder, version);
  await cli(hall, "sign-release", file, "--key", join(folder, "release.key"), "--out", out);
  return out;
};

const bearer = ({ deviceId, secret }: typeof one) => ({ authorization: `Bearer ${deviceId}:${secret}` });

const ask = async (device: typeof one, body: Partial<ReleaseAsk> = {}) => {
  const response = await fetch(hall.url + RELEASES_PATH, {
    method: "POST",
    headers: { ...bearer(device), "content-type": "application/json" },
    body: JSON.stringify({ version: "0.1.0", stands: null, failed: [], ...body }),
  });
  if (response.status !== 200) return response.status;
  const { release } = releaseOfferSchema.parse(await response.json());
  return release && (parseManifest(release.manifest)?.version ?? "?");
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "service-hall-releases-"));
  await writeFile(join(folder, "release.key"), privateKey.export({ type: "pkcs8", format: "pem" }));
  cityDir = await makeDataDir();
  city = await startCenter({ mode: "city", dataDir: cityDir });
  key = await putRelayHall(city.context.database, testPlan.hallId, "测试大厅");
  hall = await startCenter();
  one = await hall.enrol("kiosk");
  other = await hall.enrol("window", "1");
  third = await hall.enrol("window", "2");
});
afterAll(async () => {
  await hall.stop();
  await city.stop();
  await rm(cityDir, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  said = "";
});

const fromCity = (url = city.url) =>
  new ReleasesFromCity({
    hallId: testPlan.hallId,
    city: { url, key },
    releases: hall.context.releases,
    log: createLogger("silent"),
  });

const takeFromCity = async () => {
  await fromCity().exchange();
  await fromCity().fetchFiles();
};

/** A command that is to be refused. @returns what it complains of */
const refused = async (center: TestCenter, ...args: string[]): Promise<string> => {
  let complaint = "";
  const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean((complaint += String(text))));
  expect(await cli(center, ...args)).not.toBe(0);
  write.mockRestore();
  return complaint;
};

const failedOf = (version: string): Partial<ReleaseAsk> => ({
  stands: { version, state: "failed" },
  failed: [version],
});

describe("a release of a hall", () => {
  it("is signed over every byte of its manifest", async () => {
    const release = await signed("0.2.0");
    const manifest = await readFile(join(release, "manifest"));
    expect(verify(null, manifest, publicKey, await readFile(join(release, "manifest.sig")))).toBe(true);
    expect(parseManifest(manifest.toString())).toEqual({
      version: "0.2.0",
      platform: "linux",
      size: content.length,
      sha512: createHash("sha512").update(content).digest("base64"),
    });
  });

  it("reaches nobody when it is taken in, one terminal when it is told so, then all; and never one that has it or a newer one", async () => {
    expect(await cli(hall, "add-release", join(folder, "0.2.0"))).toBe(0);
    expect([await ask(one), await ask(other)]).toEqual([null, null]);
    await cli(hall, "stage-release", "0.2.0", "--device", one.deviceId);
    expect([await ask(one), await ask(other)]).toEqual(["0.2.0", null]);
    await cli(hall, "stage-release", "0.2.0", "--all");
    expect([await ask(one), await ask(other)]).toEqual(["0.2.0", "0.2.0"]);
    expect(await ask(one, { version: "0.2.0" })).toBeNull();
    expect(await ask(one, { version: "0.10.0" })).toBeNull();
    expect(await ask(one, { failed: ["0.2.0"] })).toBeNull();
  });

  it("is sent whole, or what is missing of it, to terminals of the hall alone", async () => {
    const get = (headers: Record<string, string>, version = "0.2.0") =>
      fetch(`${hall.url}${RELEASES_PATH}/${version}`, { headers });
    const whole = await get(bearer(one));
    expect(whole.status).toBe(200);
    expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
    const rest = await get({ ...bearer(one), range: "bytes=99990-" });
    expect(rest.status).toBe(206);
    expect((await rest.arrayBuffer()).byteLength).toBe(10);
    expect((await get({})).status).toBe(401);
    expect(await ask({ deviceId: one.deviceId, secret: "wrong" })).toBe(401);
    expect((await get(bearer(one), "9.9.9")).status).toBe(404);
    expect((await get(bearer(one), "..%2f..%2fnode-key")).status).toBe(404);
    expect((await get({ ...bearer(one), range: "bytes=100000-" })).status).toBe(400);
  });

  it("is halted when it does not come up on two terminals, until a person says to go on", async () => {
    await ask(other, failedOf("0.2.0"));
    // One word alone does not keep it from all the others.
    expect(await ask(one)).toBe("0.2.0");
    await ask(third, failedOf("0.2.0"));
    expect(await ask(one)).toBeNull();
    await cli(hall, "list-releases");
    expect(said).toMatch(/0\.2\.0 {2}all; HALTED; failed 2/);
    await cli(hall, "resume-release", "0.2.0");
    expect(await ask(one)).toBe("0.2.0");
    // Told again, it is no news.
    await ask(other, failedOf("0.2.0"));
    expect(await ask(one)).toBe("0.2.0");
  });

  it("is halted by the only terminal of its trial", async () => {
    await cli(hall, "add-release", await signed("0.2.5"));
    await cli(hall, "stage-release", "0.2.5", "--device", one.deviceId);
    await ask(one, failedOf("0.2.5"));
    expect(await hall.context.releases.find("0.2.5")).toMatchObject({ isHaltedHere: true });
  });

  it("counts a terminal where it is now, and one that is no longer let in not at all", async () => {
    const stands = async () => Object.fromEntries(await hall.context.releases.stands());
    const gone = await hall.enrol("kiosk");
    await ask(gone, { version: "0.2.0", stands: { version: "0.2.0", state: "running" } });
    expect(await stands()).toMatchObject({ "0.2.0": { running: 1 } });
    await ask(gone, { version: "0.2.0", stands: { version: "0.2.5", state: "fetched" } });
    expect(await stands()).toMatchObject({ "0.2.0": { running: 1 }, "0.2.5": { fetched: 1, failed: 1 } });
    await ask(gone, { version: "0.2.5", stands: { version: "0.2.5", state: "running" } });
    expect((await stands())["0.2.0"]).toEqual({ failed: 2 });
    expect((await stands())["0.2.5"]).toEqual({ running: 1, failed: 1 });
    await cli(hall, "revoke", "--device", gone.deviceId);
    expect((await stands())["0.2.5"]).toEqual({ failed: 1 });
  });

  it("is staged for nobody that has no name, and not for more than can be named", async () => {
    const before = (await hall.context.releases.find("0.2.5"))?.reach;
    expect(await refused(hall, "stage-release", "0.2.5", "--device", "abc,")).toContain("ids with commas");
    const many = (from: number) => Array.from({ length: 1_500 }, (_, n) => `d${String(from + n)}`);
    await hall.context.releases.stage("0.2.5", { kind: "terminals", deviceIds: many(0) });
    expect(await hall.context.releases.stage("0.2.5", { kind: "terminals", deviceIds: many(1_500) })).toEqual({
      ok: false,
      error: "too_many",
    });
    // What is kept can still be read: the list, and with it every offer.
    expect((await hall.context.releases.find("0.2.5"))?.reach).toMatchObject({ kind: "terminals" });
    expect(before).toEqual({ kind: "terminals", deviceIds: [one.deviceId] });
    await cli(hall, "halt-release", "0.2.5");
  });

  it("stands for one file for ever: another one of the same version does not take its place", async () => {
    const { files } = hall.context.releases;
    const before = await readFile(files.pathOf("0.2.0"));
    const again = await signed("0.2.0", Buffer.from("y".repeat(100_000)));
    expect(await refused(hall, "add-release", again)).toContain("with another file");
    expect((await readFile(files.pathOf("0.2.0"))).equals(before)).toBe(true);
    await signed("0.2.0");
  });

  it("is fetched by two at once without one disturbing the other", async () => {
    const { files } = hall.context.releases;
    const release = await hall.context.releases.find("0.2.0");
    if (!release) throw new Error("no release");
    const put = () => files.put(release.file, Readable.from([content.subarray(0, 50_000), content.subarray(50_000)]));
    await Promise.all([put(), put(), put()]);
    expect((await readFile(files.pathOf("0.2.0"))).equals(content)).toBe(true);
    expect((await readdir(join(hall.dataDir, "releases"))).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it.skipIf(process.getuid?.() !== 0)("belongs to the center also when root took it in", async () => {
    const dataDir = join(folder, "of-the-center");
    await mkdir(dataDir);
    await chown(dataDir, 65_534, 65_534);
    const release = await hall.context.releases.find("0.2.0");
    if (!release) throw new Error("no release");
    const files = new ReleaseFiles(dataDir);
    await files.put(release.file, Readable.from([content]));
    for (const made of [join(dataDir, "releases"), files.pathOf("0.2.0")]) expect((await stat(made)).uid).toBe(65_534);
  });

  it("is not taken in when its file is another one", async () => {
    const release = await signed("0.3.0");
    const file = join(release, "package.tar.gz");
    await writeFile(file, Buffer.concat([content.subarray(1), Buffer.from("y")]));
    const complain = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    expect(await cli(hall, "add-release", release)).toBe(1);
    await writeFile(file, content.subarray(0, 50_000));
    expect(await cli(hall, "add-release", release)).toBe(1);
    complain.mockRestore();
    said = "";
    await cli(hall, "list-releases");
    expect(said).not.toContain("0.3.0");
  });

  it("is not offered where its file is not", async () => {
    await rm(hall.context.releases.files.pathOf("0.2.0"));
    expect(await ask(one)).toBeNull();
  });
});

describe("a release of the city", () => {
  it("comes down to the halls that it reaches, with its file, and is told about from there", async () => {
    await cli(city, "add-release", await signed("0.4.0"));
    await takeFromCity();
    expect(await ask(one)).toBeNull();
    await cli(city, "stage-release", "0.4.0", "--hall", "another-hall");
    await takeFromCity();
    expect(await ask(one)).toBeNull();
    expect(await hall.context.releases.find("0.4.0")).toBeUndefined();
    await cli(city, "stage-release", "0.4.0", "--hall", testPlan.hallId);
    await takeFromCity();
    expect(await ask(one, { stands: { version: "0.4.0", state: "running" } })).toBe("0.4.0");
    await takeFromCity();
    said = "";
    await cli(city, "list-releases");
    expect(said).toContain("0.4.0  another-hall, test-hall; running 1");
  });

  it("is staged by the city alone", async () => {
    expect(await refused(hall, "stage-release", "0.4.0", "--all")).toContain("the city has handed it down");
  });

  it("is halted for all halls when it does not come up on two terminals, in whichever halls", async () => {
    await ask(other, failedOf("0.4.0"));
    await takeFromCity();
    expect(await city.context.releases.find("0.4.0")).toMatchObject({ isHalted: false });
    await ask(third, failedOf("0.4.0"));
    await cli(hall, "resume-release", "0.4.0");
    await takeFromCity();
    expect(await city.context.releases.find("0.4.0")).toMatchObject({ isHalted: true });
    await takeFromCity();
    // What the hall let go on is still the city's to halt.
    expect(await ask(one)).toBeNull();
    await cli(city, "resume-release", "0.4.0");
    await takeFromCity();
    expect(await ask(one)).toBe("0.4.0");
  });

  it("leaves nothing half behind when the city's file is cut off or another one", async () => {
    await cli(city, "add-release", await signed("0.5.0"));
    await cli(city, "stage-release", "0.5.0", "--all");
    const file = city.context.releases.files.pathOf("0.5.0");
    await writeFile(file, Buffer.alloc(content.length, 1));
    await expect(takeFromCity()).rejects.toThrow("not the one that its manifest names");
    expect(await ask(one)).toBe("0.4.0");
    await writeFile(file, content);
    await takeFromCity();
    expect(await ask(one)).toBe("0.5.0");
  });
});

describe("the duty desk", () => {
  const askDesk = async (
    desk: typeof one,
    clerkId: string,
    path: "" | "/stage" | "/halt",
    body: object = {},
  ): Promise<DeskReleases | number> => {
    const { deviceId, secret } = desk;
    const answer = await post(hall.url + DESK_RELEASES_PATH + path, { deviceId, secret, clerkId, ...body });
    return answer.status === 200 ? deskReleasesResponseSchema.parse(answer.body) : answer.status;
  };

  it("shows any clerk there what goes where; only a manager gives out and halts, and it is noted", async () => {
    const desk = await hall.enrol("desk");
    const clerkId = await hall.addClerk("2001");
    const managerId = await hall.addClerk("2002");
    await setDuty(hall.context.database, testPlan.hallId, "2002", "manager");
    await hall.login(desk, "2001");
    expect(await askDesk(desk, clerkId, "")).toMatchObject({
      releases: [
        { version: "0.5.0", fromCity: true, isHere: true },
        { version: "0.4.0" },
        { version: "0.2.5" },
        { version: "0.2.0" },
      ],
      halls: [],
    });
    const halt = { version: "0.5.0", isHalted: true };
    expect(await askDesk(desk, clerkId, "/halt", halt)).toBe(401);
    await hall.login(desk, "2002");
    expect(await askDesk(desk, managerId, "/halt", halt)).toMatchObject({
      releases: [{ isHaltedHere: true }, {}, {}, {}],
    });
    // What the city has staged is the city's to stage.
    expect(await askDesk(desk, managerId, "/stage", { version: "0.5.0", reach: { kind: "all" } })).toBe(404);
    await cli(hall, "add-release", await signed("0.6.0"));
    const reach = { kind: "terminals", deviceIds: [one.deviceId] };
    expect(await askDesk(desk, managerId, "/stage", { version: "0.6.0", reach })).toMatchObject({
      releases: [{ version: "0.6.0", reach, isHere: true }, {}, {}, {}, {}],
    });
    expect(await ask(one)).toBe("0.6.0");
    expect(await ask(other)).not.toBe("0.6.0");
    const { rows } = await hall.context.database.query<{ act: string; detail: string }>(
      "SELECT act, detail FROM staff_audit WHERE act LIKE 'release.%' ORDER BY audit_id",
    );
    expect(rows).toEqual([
      { act: "release.halt", detail: "0.5.0" },
      { act: "release.stage", detail: `0.6.0 terminals ${one.deviceId}` },
    ]);
  });

  it("is not asked by a window, nor by somebody who is not signed in", async () => {
    const desk = await hall.enrol("desk");
    const clerkId = await hall.addClerk("2003");
    expect(await askDesk(desk, clerkId, "")).toBe(401);
    await hall.login(other, "2003");
    expect(await askDesk(other, clerkId, "")).toBe(401);
  });
});

describe("halts and many releases", () => {
  it("a hall hears of a halt while a file comes over a slow line, and also where the stage has gone on to other halls", async () => {
    const { releases } = city.context;
    await cli(city, "add-release", await signed("0.5.1"));
    await cli(city, "stage-release", "0.5.1", "--device", one.deviceId);
    const server = createServer((request, response) => {
      if (request.method === "GET") return void response.writeHead(200).write("x");
      request.resume();
      void releases.forHall(testPlan.hallId).then((handed) => response.end(JSON.stringify({ releases: handed })));
    });
    await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
    const slow = fromCity(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    slow.start();
    await once(server, "request");
    const [request] = (await once(server, "request")) as [IncomingMessage];
    expect(request.method).toBe("GET");
    // The stage goes on elsewhere, and it turns out to be wrong.
    await cli(city, "stage-release", "0.5.1", "--hall", "another-hall");
    await cli(city, "halt-release", "0.5.1");
    await slow.exchange();
    expect(await hall.context.releases.find("0.5.1")).toMatchObject({ isHaltedAbove: true, reach: { kind: "nobody" } });
    await slow.stop();
    server.closeAllConnections();
    server.close();
  });

  it("more releases than anybody counts: what is new still comes down, and old files make room", async () => {
    const newest = Array.from({ length: 24 }, (_, n) => `0.5.${String(n + 10)}`);
    const { manifest } = (await city.context.releases.find("0.5.0")) ?? { manifest: "" };
    // Only what their texts say matters; nobody asks here who signed them.
    for (const version of newest)
      await city.context.releases.add({
        manifest: manifest.replace("0.5.0", version),
        signature: `${"A".repeat(86)}==`,
      });
    for (const version of newest) await city.context.releases.stage(version, { kind: "all" });
    expect(await city.context.releases.forHall(testPlan.hallId)).toHaveLength(21);
    await cli(city, "add-release", await signed("0.5.90"));
    await cli(city, "stage-release", "0.5.90", "--all");
    await takeFromCity().catch(() => undefined);
    expect(await ask(other, { version: "0.5.80" })).toBe("0.5.90");
    const files = async ({ dataDir }: TestCenter) => readdir(join(dataDir, "releases"));
    // The newest for all, and the newest that only some halls were given.
    expect((await files(city)).sort()).toEqual(["0.4.0.tar.gz", "0.5.90.tar.gz"]);
    expect(await files(hall)).not.toContain("0.4.0.tar.gz");
  });
});
