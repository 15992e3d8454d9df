import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ok } from "../../../../shared/basics/result.ts";
import { paperOf } from "../../../../shared/testing/document-fixture.ts";
import { makeFakeTerminal } from "../../../../tests/preview/fake-terminal.ts";
import { saveOrderPaper } from "./order-api.ts";
import { usePaperActs, type PaperActs } from "../use-paper-acts.ts";

vi.mock("../ask-desk.ts", () => ({ askDesk: () => Promise.resolve(ok(paperOf())) }));

const what = { kind: "order", orderId: "order-1" } as const;
const terminal = makeFakeTerminal({ role: "desk" });
const withBridge = (save: () => Promise<boolean>) => {
  const called = vi.fn(save);
  vi.stubGlobal("terminal", { "document.save": called });
  return called;
};

afterEach(() => vi.unstubAllGlobals());

describe("keeping an order as PDF", () => {
  it("says so when it was kept, with the hall's offset for the file's name", async () => {
    const save = withBridge(() => Promise.resolve(true));
    expect(await saveOrderPaper(terminal, what)).toBe("orders:paper.kept");
    expect(save).toHaveBeenCalledWith(expect.objectContaining({ utcOffsetMinutes: 480 }));
  });

  it("says nothing when the person thought better of it", async () => {
    withBridge(() => Promise.resolve(false));
    expect(await saveOrderPaper(terminal, what)).toBeNull();
  });

  it("says that nothing was kept when the file could not be written", async () => {
    withBridge(() => Promise.reject(new Error("EACCES")));
    expect(await saveOrderPaper(terminal, what)).toBe("orders:paper.notSaved");
  });

  it("says nothing in a browser, whose print dialog does not tell what came of it", async () => {
    const print = vi.fn();
    vi.stubGlobal("window", { print });
    vi.stubGlobal("document", {
      createElement: () => ({ prepend: () => undefined, remove: () => undefined }),
      body: { append: () => undefined },
      adoptedStyleSheets: [],
    });
    vi.stubGlobal(
      "CSSStyleSheet",
      class {
        replaceSync = () => undefined;
      },
    );
    expect(await saveOrderPaper(terminal, what)).toBeNull();
    expect(print).toHaveBeenCalledOnce();
  });
});

describe("a paper's buttons", () => {
  let acts: PaperActs;
  beforeEach(() => {
    const Buttons = () => {
      acts = usePaperActs();
      return null;
    };
    renderToStaticMarkup(<Buttons />);
  });

  it("do nothing on a second tap, whichever of them, until the first is done", async () => {
    let finish: (said: null) => void = () => undefined;
    const print = vi.fn(() => new Promise<null>((resolve) => (finish = resolve)));
    const save = vi.fn(() => Promise.resolve(null));
    const printing = acts.run(print);
    await acts.run(save);
    await acts.run(print);
    expect([print.mock.calls.length, save.mock.calls.length]).toEqual([1, 0]);
    finish(null);
    await printing;
    await acts.run(save);
    expect(save).toHaveBeenCalledOnce();
  });

  it("work again after one of them failed", async () => {
    const save = vi.fn(() => Promise.resolve(null));
    await expect(acts.run(() => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
    await acts.run(save);
    expect(save).toHaveBeenCalledOnce();
  });
});
