import { describe, expect, it, onTestFinished, vi } from "vitest";
import { ANSWER_PATH, ATTEND_PATH } from "../../shared/contract/fleet.ts";
import type { TerminalAnswer } from "../../shared/contract/fleet-orders.ts";
import type { RemoteSettings } from "../../shared/contract/remote-settings.ts";
import { plainScreen } from "../../shared/contract/screen-settings.ts";
import type { Answered, Wire } from "../node/node-client.ts";
import type { Terminal } from "../terminal.ts";
import { attend } from "./attend.ts";

/*
 * A terminal that changes its settings as ordered, while the line to its node breaks:
 * 1. The answer is lost: it asks again, finds the order still there, and answers that it is done. Nothing is called refused.
 * 2. It is asked twice at once: one after the other.
 * 3. Somebody at the terminal was quicker: left as it is.
 * 4. An older desk knows no settings of the screen: they stay. Where they are changed, the screens are opened anew once nobody is there.
 *    An applicant's screen beside a clerk's has none, and those of the first stay.
 * 5. Another use for its screen is answered when nobody has touched it for two minutes, and not before.
 * 6. An order of a newer node is answered as unknown, the others are done.
 */
const before: RemoteSettings = {
  printer: { kind: "tcp", host: "10.0.0.9", port: 9100, device: "/dev/usb/lp0", queue: "" },
  documentPrinter: { kind: "system", name: "" },
  idReader: { port: null },
  counterDisplay: { kind: "none", host: "127.0.0.1", port: 4001, cells: 8 },
};
const settings: RemoteSettings = { ...before, printer: { ...before.printer, host: "10.0.0.10" } };
const orderId = "01932b7e-0000-7000-8000-000000000001";

/** A node with one order until it takes an answer, and a terminal before it; `lost`: so many answers do not arrive. */
const setUp = (
  held: RemoteSettings,
  lost: number,
  ordered: readonly object[] = [{ what: "applySettings", before, settings }],
) => {
  const taken: TerminalAnswer[] = [];
  let restarts = 0;
  let [current, toLose, writes, asking, most, idle] = [held, lost, 0, 0, 0, 0];
  const answered = (status: number, body: object | null): Answered => ({
    status,
    text: body === null ? "" : JSON.stringify(body),
    date: null,
  });
  const wire: Wire = async (url, { body = "" }) => {
    asking += 1;
    most = Math.max(most, asking);
    await new Promise((resolve) => setImmediate(resolve));
    asking -= 1;
    if (url.endsWith(ATTEND_PATH)) {
      const orders = ordered.slice(taken.length).map((order) => ({ orderId, order }));
      return answered(200, { name: "取号机", role: "kiosk", counterId: null, orders });
    }
    expect(url.endsWith(ANSWER_PATH)).toBe(true);
    if (toLose > 0) {
      toLose -= 1;
      throw new TypeError("the line broke");
    }
    taken.push((JSON.parse(body) as { answer: TerminalAnswer }).answer);
    return answered(204, null);
  };
  const terminal = {
    wire,
    nodeUrl: () => "https://node.test",
    idleSeconds: () => idle,
    isTouched: () => true,
    restart: () => {
      restarts += 1;
    },
    log: { write: () => undefined },
    identity: {
      credentials: () => ({ deviceId: "d", secret: "s" }),
      enrolment: () => ({ role: "kiosk", terminalName: "取号机", counterId: null }),
      settings: {
        get: () => current,
        update: (change: RemoteSettings) => {
          writes += 1;
          current = { ...current, ...change };
        },
      },
    },
  } as unknown as Terminal;
  const leaveAlone = (seconds: number): void => {
    idle = seconds;
  };
  return {
    terminal,
    taken,
    leaveAlone,
    restarts: () => restarts,
    writes: () => writes,
    most: () => most,
    current: () => current,
  };
};

describe("settings from afar", () => {
  it("are told as done though the first answer was lost, and written once", async () => {
    const { terminal, taken, writes, current } = setUp(before, 1);
    expect(await attend(terminal, "main")).toBe(false);
    expect(taken).toEqual([]);
    expect(await attend(terminal, "main")).toBe(true);
    expect(taken).toEqual([{ kind: "settings", settings }]);
    expect(writes()).toBe(1);
    expect(current()).toEqual(settings);
  });

  it("are attended to by one at a time", async () => {
    const { terminal, taken, writes, most } = setUp(before, 0);
    expect(await Promise.all([attend(terminal, "main"), attend(terminal, "second")])).toEqual([true, true]);
    expect(most()).toBe(1);
    expect(taken).toEqual([{ kind: "settings", settings }]);
    expect(writes()).toBe(1);
  });

  it("are left alone when somebody was quicker", async () => {
    const other = { ...before, idReader: { port: "COM3" } };
    const { terminal, taken, writes } = setUp(other, 0);
    expect(await attend(terminal, "main")).toBe(true);
    expect(taken).toEqual([{ kind: "refused", code: "settings_changed" }]);
    expect(writes()).toBe(0);
  });
});

describe("settings of the screen", () => {
  const held = { ...before, screen: plainScreen };

  it("stay as they are where an older desk does not know them", async () => {
    const { terminal, taken, current } = setUp(held, 0);
    expect(await attend(terminal, "main")).toBe(true);
    expect(current()).toEqual({ ...settings, screen: plainScreen });
    expect(taken).toEqual([{ kind: "settings", settings: { ...settings, screen: plainScreen } }]);
  });

  it("are no matter of an applicant's screen beside a clerk's", async () => {
    const turned = { ...held, screen: { ...plainScreen, turn: 90 } };
    const wishes = [{ what: "readSettings" }, { what: "applySettings", before: held, settings: turned }];
    const { terminal, taken, current } = setUp(held, 0, wishes);
    expect(await attend(terminal, "second")).toBe(true);
    expect(taken).toEqual([
      { kind: "settings", settings: before },
      { kind: "refused", code: "settings_changed" },
    ]);
    expect(current()).toEqual(held);
  });

  it("come into force when nobody is at it", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const turned = { ...held, screen: { ...plainScreen, turn: 90 } };
    const order = { what: "applySettings", before: held, settings: turned };
    const { terminal, leaveAlone, restarts, current } = setUp(held, 0, [order]);
    expect(await attend(terminal, "main")).toBe(true);
    expect(current()).toEqual(turned);
    leaveAlone(119);
    vi.advanceTimersByTime(60_000);
    expect(restarts()).toBe(0);
    leaveAlone(120);
    vi.advanceTimersByTime(60_000);
    expect(restarts()).toBe(1);
  });
});

describe("what is ordered", () => {
  it("waits until nobody is at the screen, where it makes another one of it", async () => {
    const toBoard = { what: "role", role: "display", counterId: null };
    const { terminal, taken, leaveAlone } = setUp(before, 0, [toBoard]);
    leaveAlone(119);
    expect(await attend(terminal, "main"), "asked again").toBe(false);
    expect(taken).toEqual([]);
    leaveAlone(120);
    expect(await attend(terminal, "main")).toBe(true);
    expect(taken).toEqual([{ kind: "alone" }]);
  });

  it("is answered as unknown where it is, and keeps nothing else from being done", async () => {
    const { terminal, taken } = setUp(before, 0, [{ what: "dance", tempo: 3 }, { what: "readSettings" }]);
    expect(await attend(terminal, "main")).toBe(true);
    expect(taken).toEqual([
      { kind: "refused", code: "terminal_too_old" },
      { kind: "settings", settings: before },
    ]);
  });
});
