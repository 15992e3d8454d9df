import { beforeEach, describe, expect, it } from "vitest";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import type { SessionOutcome } from "../../shared/contract/ipc.ts";
import { SessionKeeper, type Credentials } from "./session-keeper.ts";

const MINUTES_15 = 900_000;

let now: number;
/** What the main process says when a token is asked for; each good one is another. */
let isNodeThere: boolean;
let isKnown: boolean;
let given: number;
/** What the node takes. */
let good: string;
let presented: string[];

const newSession = (): Promise<SessionOutcome> => {
  if (!isNodeThere) return Promise.resolve(err("unavailable"));
  if (!isKnown) return Promise.resolve(err("unauthorised"));
  given += 1;
  good = `token ${String(given)}`;
  return Promise.resolve(ok({ secret: good, expiresInMs: MINUTES_15 }));
};

const ask = ({ secret }: Credentials): Promise<Result<string, { readonly code: string }>> => {
  presented.push(secret);
  return Promise.resolve(secret === good ? ok("answered") : err({ code: "unauthorised" }));
};

const newKeeper = (asks: (() => Promise<SessionOutcome>) | null = newSession): SessionKeeper =>
  new SessionKeeper(
    { deviceId: "window-1", secret: "of before the restart" },
    { newSession: asks, monotonicNow: () => now },
  );

beforeEach(() => {
  now = 0;
  isNodeThere = true;
  isKnown = true;
  given = 0;
  good = "";
  presented = [];
});

describe("asking the node as this terminal", () => {
  it("waits for the first token of a program that has just started", async () => {
    const keeper = newKeeper();
    keeper.look();
    expect(await keeper.present(ask)).toEqual(ok("answered"));
    expect(presented).toEqual(["token 1"]);
    expect(given).toBe(1);
  });

  it("asks again with a new token when the node does not take the one it gave, e.g. after a sleep", async () => {
    const keeper = newKeeper();
    await keeper.present(ask);
    now = 60_000;
    good = "another";
    expect(await keeper.present(ask)).toEqual(ok("answered"));
    expect(presented).toEqual(["token 1", "token 1", "token 2"]);
  });

  it("takes a refusal of a brand-new token for what it is", async () => {
    const keeper = newKeeper();
    await keeper.present(ask);
    good = "another";
    expect(await keeper.present(ask)).toEqual(err({ code: "unauthorised" }));
    expect(given).toBe(1);
  });

  it("presents the new one once more when it came while the node refused the old one", async () => {
    const keeper = newKeeper();
    await keeper.present(ask);
    now = MINUTES_15 - 1;
    const late = async (credentials: Credentials): ReturnType<typeof ask> => {
      if (credentials.secret !== "token 1") return ask(credentials);
      keeper.look();
      await expect.poll(() => good, { timeout: 10_000 }).toBe("token 2");
      return err({ code: "unauthorised" });
    };
    expect(await keeper.present(late)).toEqual(ok("answered"));
  });

  it("says that the node is out of reach, or does not know it, without showing it an old token", async () => {
    isNodeThere = false;
    expect(await newKeeper().present(ask)).toMatchObject(err({ code: "unavailable" }));
    isNodeThere = true;
    isKnown = false;
    expect(await newKeeper().present(ask)).toMatchObject(err({ code: "unauthorised" }));
    expect(presented).toEqual([]);
  });

  it("presents its secret as it is where there are no tokens", async () => {
    good = "of before the restart";
    expect(await newKeeper(null).present(ask)).toEqual(ok("answered"));
  });
});
