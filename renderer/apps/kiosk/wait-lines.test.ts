import { createInstance } from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import en from "../../locales/en/kiosk.json" with { type: "json" };
import chinese from "../../locales/zh-CN/kiosk.json" with { type: "json" };
import { aheadLine, waitLine } from "./wait-lines.ts";

const texts = createInstance();

beforeAll(async () => {
  await texts.init({ resources: { en: { kiosk: en }, "zh-CN": { kiosk: chinese } }, lng: "zh-CN" });
});

describe("the lines of a ticket about the wait", () => {
  it("says to the next one that nobody comes before", () => {
    expect(aheadLine(texts.t, 0)).toBe("您前面没有人了");
    expect(aheadLine(texts.getFixedT("en"), 0)).toBe("Nobody is ahead of you");
  });

  it("counts who comes before, one person as one", () => {
    expect(aheadLine(texts.t, 3)).toBe("您前面有 3 人");
    expect(aheadLine(texts.getFixedT("en"), 1)).toBe("1 person ahead of you");
  });

  it("tells a wait from nothing on, or of one length, as the most it may take", () => {
    expect(waitLine(texts.t, { from: 0, to: 5 })).toBe("预计 5 分钟以内");
    expect(waitLine(texts.t, { from: 5, to: 5 })).toBe("预计 5 分钟以内");
    expect(waitLine(texts.t, { from: 5, to: 20 })).toBe("预计等候 5～20 分钟");
  });
});
