import { beforeEach, describe, expect, it } from "vitest";
import { TestMachine } from "../../tests/helpers/test-environment.ts";
import { DATA_KEY } from "../../tests/helpers/test-terminal.ts";
import { ClerkDesk } from "./clerk-desk.ts";
import { SessionKeeper } from "./session-keeper.ts";
import type { LoginStep } from "../../shared/contract/api.ts";
import type { Environment } from "./environment.ts";
import { makeSealer } from "./seal.ts";
import type { Writer } from "./writer.ts";

/** A screen that locks itself, at a terminal whose node may be away. */

const SESSION = { clerkId: "c1", clerkNo: "1001", name: "李明", duty: "clerk" } as const;
let machine: TestMachine;
let kept: unknown;
let isNodeThere: boolean;
/** What the node wants besides the password. */
let nextStep: LoginStep | null;

const answer: Environment["fetch"] = (_url, init) => {
  if (!isNodeThere) return Promise.reject(new Error("no network"));
  const { password, code } = JSON.parse(init?.body as string) as { password?: string; code?: string };
  if (password === "right" && nextStep !== null && code !== "123456")
    return Promise.resolve(
      code === undefined
        ? new Response(JSON.stringify(nextStep), { status: 200 })
        : new Response(JSON.stringify({ error: { code: "code_wrong", message: "", params: {} } }), { status: 401 }),
    );
  const isRight = password === "right";
  const body = isRight ? SESSION : { error: { code: "login_failed", message: "", params: {} } };
  return Promise.resolve(new Response(JSON.stringify(body), { status: isRight ? 200 : 401 }));
};

const newDesk = (): ClerkDesk => {
  const environment = { ...machine.environment(), fetch: answer };
  return new ClerkDesk({
    nodeUrl: "http://node.test",
    deviceId: "window-1",
    session: new SessionKeeper({ deviceId: "window-1", secret: "s" }, environment),
    environment,
    sealer: makeSealer(DATA_KEY, globalThis.crypto),
    // Only the one row that it keeps.
    writer: {
      write: async (act: (db: unknown) => unknown) => {
        await act({ meta: { put: ({ value }: { value: unknown }) => (kept = value) } });
      },
    } as unknown as Writer,
    now: () => 1_000,
  });
};

beforeEach(() => {
  machine = new TestMachine();
  kept = undefined;
  isNodeThere = true;
  nextStep = null;
});

const signedIn = async (): Promise<ClerkDesk> => {
  const desk = newDesk();
  expect((await desk.login("1001", "right")).ok).toBe(true);
  return desk;
};

describe("a locked screen", () => {
  it("opens with the password, also without the node, and the session is the same", async () => {
    const desk = await signedIn();
    desk.lock();
    expect(desk.locked.get()).toBe(true);
    isNodeThere = false;
    expect(await desk.unlock("wrong")).toEqual({ kind: "wrong", triesLeft: 4 });
    expect(desk.locked.get()).toBe(true);
    expect(await desk.unlock("right")).toEqual({ kind: "open" });
    expect([desk.locked.get(), desk.live.get()]).toEqual([false, SESSION]);
  });

  it("is still locked when the program was ended and started again", async () => {
    (await signedIn()).lock();
    isNodeThere = false;
    const again = newDesk();
    await again.load(kept);
    expect([again.locked.get(), again.live.get()]).toEqual([true, SESSION]);
    expect(await again.unlock("right")).toEqual({ kind: "open" });
    const third = newDesk();
    await third.load(kept);
    expect(third.locked.get()).toBe(false);
  });

  it("signs the clerk out after five wrong passwords, however often it is locked meanwhile", async () => {
    const desk = await signedIn();
    desk.lock();
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await desk.unlock("wrong")).toEqual({ kind: "wrong", triesLeft });
      desk.lock();
    }
    expect(await desk.unlock("wrong")).toEqual({ kind: "ended" });
    expect([desk.live.get(), desk.locked.get()]).toEqual([null, false]);
    expect(await desk.unlock("right")).toEqual({ kind: "ended" });
  });

  it("locks for somebody who is signed in only, and keeps no password that could be read", async () => {
    const desk = newDesk();
    desk.lock();
    expect(desk.locked.get()).toBe(false);
    await desk.login("1001", "right");
    const text = JSON.stringify(await makeSealer(DATA_KEY, globalThis.crypto).open(kept as never));
    expect(text).toContain("600000");
    expect(text).not.toContain("right");
  });

  it("asks the node where a session was kept before there were locks", async () => {
    const desk = newDesk();
    await desk.load(await makeSealer(DATA_KEY, globalThis.crypto).seal({ session: SESSION, at: 900 }));
    desk.lock();
    isNodeThere = false;
    expect(await desk.unlock("right")).toEqual({ kind: "unavailable" });
    isNodeThere = true;
    expect(await desk.unlock("wrong")).toEqual({ kind: "wrong", triesLeft: 4 });
    expect(await desk.unlock("right")).toEqual({ kind: "open" });
  });
});

describe("a second factor", () => {
  it("is asked for at signing in: nobody is signed in before, and the app to set up is handed on", async () => {
    const desk = newDesk();
    nextStep = { next: "enrol", secret: "ABCD", uri: "otpauth://totp/x", recoveryCodes: ["0-AAAAA-BBBBB"] };
    expect(await desk.login("1001", "right")).toEqual({
      ok: false,
      error: { code: "factor_enrol", enrolment: nextStep },
    });
    expect([desk.live.get(), kept]).toEqual([null, undefined]);
    nextStep = { next: "code" };
    expect(await desk.login("1001", "right")).toMatchObject({ ok: false, error: { code: "code_needed" } });
    expect(await desk.login("1001", "right", "000000")).toMatchObject({ ok: false, error: { code: "code_wrong" } });
    expect((await desk.login("1001", "right", "123456")).ok).toBe(true);
    expect(desk.live.get()).toEqual(SESSION);
  });

  it("is not asked for at a locked screen, which opens without the node", async () => {
    nextStep = { next: "code" };
    const desk = newDesk();
    await desk.login("1001", "right", "123456");
    desk.lock();
    isNodeThere = false;
    expect(await desk.unlock("right")).toEqual({ kind: "open" });
  });
});
