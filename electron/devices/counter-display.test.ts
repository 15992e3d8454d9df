import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { CounterScreen } from "../../shared/domain/queue/counter-screen.ts";
import {
  startCounterDisplaySimulator,
  type CounterDisplaySimulator,
} from "../../tests/helpers/counter-display-simulator.ts";
import { openCounterDisplay, type CounterDisplay } from "./counter-display.ts";
import { cellsOf, centred, counterDisplayText } from "./counter-display-text.ts";

const screen = (state: CounterScreen["state"], number: string | null = null): CounterScreen => ({
  counterId: "3",
  counterNumber: 3,
  state,
  number,
  review: null,
  applicant: null,
});

describe("the text of a string of LEDs", () => {
  it.each([
    [screen("called", "A012"), 8, "请A012号"],
    [screen("called", "A012"), 12, "请A012号办理"],
    [screen("called", "YB103"), 8, "请YB103"],
    [screen("called", "YB103"), 12, "请YB103号"],
    [screen("called", "A981+1"), 8, "请A981+1"],
    [screen("serving", "A012"), 8, "A012办理"],
    [screen("serving", "A012"), 12, "A012号办理中"],
    [screen("serving", "VA003"), 8, "VA003"],
    [screen("paused"), 8, "暂停服务"],
    [screen("paused"), 12, "窗口暂停服务"],
    [screen("closed"), 8, "暂未开放"],
    [screen("free"), 8, "欢迎办理"],
  ])("%j on %i cells is %s", (what, cells, text) => {
    expect(counterDisplayText(what, cells)).toBe(text);
  });

  it("fits whatever is called, and never loses a part of the number", () => {
    const number = fc.stringMatching(/^[VY]?[A-T]\d{3}(\+\d)?$/);
    const state = fc.constantFrom("called", "serving" as const);
    fc.assert(
      fc.property(number, state, fc.constantFrom(8, 12), (ticket, what, cells) => {
        const text = counterDisplayText(screen(what, ticket), cells);
        expect(text).toContain(ticket);
        expect(cellsOf(centred(text, cells))).toBe(cells);
      }),
    );
  });
});

describe("a display over TCP", () => {
  let simulator: CounterDisplaySimulator;
  let display: CounterDisplay;
  afterEach(async () => {
    display.close();
    await simulator.stop();
  });
  const start = async (cells: 8 | 12): Promise<void> => {
    simulator = await startCounterDisplaySimulator(cells);
    display = openCounterDisplay(() => ({ kind: "tcp", host: "127.0.0.1", port: simulator.port, cells }));
  };
  const shows = (text: string): Promise<void> =>
    vi.waitFor(() => expect(simulator.shown().trim()).toBe(text), { timeout: 10_000, interval: 10 });

  it("follows the counter, and says nothing that the display would not understand", async () => {
    await start(8);
    display.show(screen("called", "A012"));
    await shows("请A012号");
    display.show(screen("serving", "A012"));
    await shows("A012办理");
    display.show(screen("free"));
    await shows("欢迎办理");
    expect(simulator.connections()).toBe(1);
    expect(simulator.faults).toEqual([]);
  });

  it("shows the newest text again when the display was away", async () => {
    await start(12);
    display.show(screen("called", "A012"));
    await shows("请A012号办理");
    simulator.cut();
    await expect.poll(() => simulator.connections()).toBe(1);
    display.show(screen("paused"));
    await shows("窗口暂停服务");
    expect(simulator.connections()).toBe(2);
    expect(simulator.faults).toEqual([]);
  });

  it("goes dark when the program ends: no number stays lit over an empty counter", async () => {
    await start(8);
    display.show(screen("called", "A012"));
    await shows("请A012号");
    display.close();
    await shows("");
    expect(simulator.faults).toEqual([]);
  });

  it("tells the technician whether it can be reached", async () => {
    await start(8);
    expect(await display.test("测试12")).toEqual({ ok: true, value: null });
    await shows("测试12");
    await simulator.stop();
    expect(await display.test("测试12")).toEqual({ ok: false, error: { code: "offline" } });
    const none = openCounterDisplay(() => ({ kind: "none", host: "", port: 1, cells: 8 }));
    expect(await none.test("测试12")).toEqual({ ok: false, error: { code: "none" } });
  });
});
