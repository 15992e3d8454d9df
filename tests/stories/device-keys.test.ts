import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createEnrolCode, revokeDevice } from "../../center/identity/devices.ts";
import { enrolAt, type Wire } from "../../electron/node/node-client.ts";
import { newSession, type DeviceProof } from "../../electron/node/session-tokens.ts";
import { newDeviceKey, publicKeyOf, signWith } from "../../electron/security/device-key.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import {
  challengeResponseSchema,
  DEVICE_CHALLENGE_PATH,
  DEVICE_KEY_PATH,
  DEVICE_TOKEN_PATH,
  proofText,
} from "../../shared/contract/device-token.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { awakeDuring } from "../helpers/awake.ts";
import { post, startCenter, type TestCenter } from "../helpers/center.ts";
import { fetchWire } from "../helpers/fetch-wire.ts";
import { TestMachine } from "../helpers/test-environment.ts";
import { eventually, startTerminal } from "../helpers/test-terminal.ts";

/*
 * A terminal proves itself by a key that it made, and presents tokens that end. The main process's own code runs here against a
 * real center on a real PostgreSQL; what is missing is the window around it.
 */

let center: TestCenter;
let now = Date.now();
const opened: OpenTerminal[] = [];
beforeAll(async () => {
  center = await startCenter({ clock: () => now });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((terminal) => terminal.close()));
});
afterAll(() => center.stop());

const enrolWithKey = async (): Promise<{ proof: DeviceProof; secret: string }> => {
  const { database, clock } = center.context;
  const wish = { hallId: center.hallId ?? "", role: "kiosk", counterId: null } as const;
  const code = await createEnrolCode(database, wish, clock());
  const key = newDeviceKey();
  const enrolled = await enrolAt(fetchWire, center.url, { code, name: "Kiosk", publicKey: publicKeyOf(key) });
  if (!enrolled.ok) throw new Error(enrolled.error);
  const { deviceId, secret, expiresInMs } = enrolled.value.response;
  expect(expiresInMs).toBe(15 * 60_000);
  return { proof: { deviceId, key, secret: null }, secret };
};

const session = (proof: DeviceProof) => newSession(fetchWire, center.url, proof);

const isTaken = async (deviceId: string, secret: string): Promise<boolean> =>
  (await post(`${center.url}/api/logout`, { deviceId, secret })).status === 204;

const endTokens = (deviceId: string) =>
  center.context.database.query("UPDATE device_tokens SET expires_at = now() WHERE device_id = $1", [deviceId]);

/** A terminal with a machine of its own, as Electron's main process would serve it. */
const open = async (proof: () => DeviceProof, secret: string, isCut: () => boolean = () => false) => {
  const machine = new TestMachine();
  const real = machine.environment().openSocket;
  const asked: string[] = [];
  const terminal = await startTerminal({
    machine,
    role: "kiosk",
    deviceId: proof().deviceId,
    secret,
    nodeUrl: center.url,
    openSocket: (url, handlers) => {
      if (isCut()) throw new Error("no network");
      return real(url, handlers);
    },
    environment: {
      newSession: async () => {
        if (isCut()) return { ok: false, error: "unavailable" };
        const outcome = await session(proof());
        asked.push(outcome.ok ? "token" : outcome.error);
        return outcome;
      },
    },
  });
  opened.push(terminal);
  return { terminal, machine, asked };
};

const linkIs = (terminal: OpenTerminal, link: string): Promise<void> =>
  eventually(() => terminal.connection.get().link === link, link, 20_000);

describe("a terminal's proof", () => {
  it("gets a token that is good for this device and no other, and ends", async () => {
    const { proof, secret } = await enrolWithKey();
    const other = await enrolWithKey();
    expect(await isTaken(proof.deviceId, secret), "the first token came with the enrolment").toBe(true);
    const outcome = await session(proof);
    if (!outcome.ok) throw new Error(outcome.error);
    expect(await isTaken(proof.deviceId, outcome.value.secret)).toBe(true);
    expect(await isTaken(other.proof.deviceId, outcome.value.secret)).toBe(false);
    await endTokens(proof.deviceId);
    expect(await isTaken(proof.deviceId, outcome.value.secret)).toBe(false);
    const { rows } = await center.context.database.query("SELECT secret_hash FROM devices WHERE device_id = $1", [
      proof.deviceId,
    ]);
    expect(rows).toEqual([{ secret_hash: null }]);
  });

  it("is nobody else's: another key, another device, another text, an old or invented challenge are refused", async () => {
    const { proof } = await enrolWithKey();
    const other = await enrolWithKey();
    const { deviceId, key } = proof;
    const challengeFor = async (id: string): Promise<string> =>
      challengeResponseSchema.parse((await post(center.url + DEVICE_CHALLENGE_PATH, { deviceId: id })).body).challenge;
    const tokenFor = async (challenge: string, signature: string): Promise<number> =>
      (await post(center.url + DEVICE_TOKEN_PATH, { deviceId, challenge, signature })).status;
    const challenge = await challengeFor(deviceId);
    const right = signWith(key, proofText(deviceId, challenge));
    expect(await tokenFor(challenge, signWith(other.proof.key, proofText(deviceId, challenge)))).toBe(401);
    expect(await tokenFor(challenge, signWith(key, challenge))).toBe(401);
    expect(await tokenFor(challenge, "AAAA")).toBe(401);
    const theirs = await challengeFor(other.proof.deviceId);
    expect(await tokenFor(theirs, signWith(key, proofText(deviceId, theirs)))).toBe(401);
    const later = challenge.replace(/^\d+/, String(now + 3_600_000));
    expect(await tokenFor(later, signWith(key, proofText(deviceId, later)))).toBe(401);
    expect(await tokenFor(challenge, right)).toBe(200);
    now += 60_001;
    expect(await tokenFor(challenge, right), "a minute later").toBe(401);
  });

  it("takes keys of one kind only", async () => {
    const { deviceId, secret } = await center.enrol("kiosk");
    const publicKey = Buffer.alloc(91, 1).toString("base64");
    expect((await post(center.url + DEVICE_KEY_PATH, { deviceId, secret, publicKey })).status).toBe(400);
    expect(await isTaken(deviceId, secret)).toBe(true);
  });
});

describe("a terminal that was enrolled with a secret", () => {
  it("gives its key by itself, and the secret is worth nothing from then on, also when the answer got lost", async () => {
    const { deviceId, secret } = await center.enrol("kiosk");
    const key = newDeviceKey();
    let loses = true;
    // The node has taken the key, and the terminal does not hear of it.
    const losing: Wire = async (url, asked) => {
      const response = await fetchWire(url, asked);
      if (loses && url.endsWith(DEVICE_KEY_PATH)) throw new Error("line cut");
      return response;
    };
    const ask = () => newSession(losing, center.url, { deviceId, key, secret });
    expect(await ask()).toEqual({ ok: false, error: "unavailable" });
    loses = false;
    expect(await ask()).toMatchObject({ ok: true, value: { expiresInMs: 15 * 60_000 } });
    expect(await isTaken(deviceId, secret)).toBe(false);
    const thief = newDeviceKey();
    const stolen = { deviceId, secret, publicKey: publicKeyOf(thief) };
    expect((await post(center.url + DEVICE_KEY_PATH, stolen)).status).toBe(401);
    // A node that is put back to yesterday knows the secret again, and the terminal gives its key again.
    await center.context.database.query(
      "UPDATE devices SET public_key = NULL, secret_hash = sha256($2::bytea) WHERE device_id = $1",
      [deviceId, Buffer.from(secret)],
    );
    expect(await ask()).toMatchObject({ ok: true, value: { expiresInMs: 15 * 60_000 } });
    expect(await isTaken(deviceId, secret)).toBe(false);
  });

  it("goes on with it at a node of before there were keys", async () => {
    const before: Wire = () =>
      Promise.resolve({ status: 404, text: JSON.stringify({ error: "no such page" }), date: null });
    const proof = { deviceId: "d", key: newDeviceKey(), secret: "for ever" };
    expect(await newSession(before, center.url, proof)).toEqual({
      ok: true,
      value: { secret: "for ever", expiresInMs: null },
    });
  });
});

describe("a terminal at work", () => {
  it("brings everything home although its token ended while it was offline (F35)", async () => {
    const { proof, secret } = await enrolWithKey();
    let cut = false;
    const { terminal, machine } = await open(
      () => proof,
      secret,
      () => cut,
    );
    await linkIs(terminal, "online");
    cut = true;
    center.context.lines.find(proof.deviceId)?.close(4005, "the network is gone");
    await linkIs(terminal, "offline");
    const [first, second] = ["offline-1", "offline-2"];
    for (const ticketId of [first, second])
      expect(await terminal.send("TakeTicket", ticketWish(ticketId), { mode: "record" })).toMatchObject({
        status: "kept",
      });
    await endTokens(proof.deviceId);
    cut = false;
    machine.cameOnline();
    await linkIs(terminal, "online");
    await eventually(() => terminal.connection.get().outbox === 0, "the outbox is empty", 20_000);
    const { hall } = center.context.halls.open[0] ?? {};
    for (const ticketId of [first, second]) expect(hall?.state.tickets.has(ticketId)).toBe(true);
    expect(terminal.notices.get()).toEqual([]);
    expect(machine.logged.map(({ code }) => code)).not.toContain("sync.rejected");
  }, 60_000);

  it("gets another token when the node does not know the one it holds any more", async () => {
    const { proof, secret } = await enrolWithKey();
    const { terminal, machine, asked } = await open(() => proof, secret);
    await linkIs(terminal, "online");
    await endTokens(proof.deviceId);
    center.context.lines.find(proof.deviceId)?.close(4005, "restart");
    await linkIs(terminal, "offline");
    await linkIs(terminal, "online");
    expect(asked).toEqual(["token", "token"]);
    expect(machine.logged.map(({ code }) => code)).not.toContain("sync.rejected");
  }, 60_000);

  it("renews its token while it is online, long before it ends", async () => {
    const { proof, secret } = await enrolWithKey();
    const { terminal, machine, asked } = await open(() => proof, secret);
    await linkIs(terminal, "online");
    expect(asked).toEqual(["token"]);
    const first = terminal.info.credentials?.secret ?? "";
    // Half of a quarter of an hour in less than a second.
    machine.speed = 1_000;
    await eventually(() => asked.length > 1, "renewed", 10_000);
    machine.speed = 1;
    expect(terminal.info.credentials?.secret).not.toBe(first);
    expect(await isTaken(proof.deviceId, terminal.info.credentials?.secret ?? "")).toBe(true);
  }, 60_000);

  it("is cut off the moment it is revoked, with a good token in its hand, and keeps what it has not sent", async () => {
    const { proof, secret } = await enrolWithKey();
    const { terminal } = await open(() => proof, secret);
    await linkIs(terminal, "online");
    const token = terminal.info.credentials?.secret ?? "";
    const took = await awakeDuring(async () => {
      expect(await revokeDevice(center.context.database, proof.deviceId, Date.now())).toBe(center.hallId);
      await linkIs(terminal, "rejected");
    });
    expect(took).toBeLessThan(2_000);
    expect(await isTaken(proof.deviceId, token)).toBe(false);
    expect(await session(proof)).toEqual({ ok: false, error: "unauthorised" });
    expect(await terminal.send("TakeTicket", ticketWish("kept"), { mode: "record" })).toMatchObject({ status: "kept" });
    expect(terminal.connection.get().outbox).toBe(1);
  }, 60_000);
});
