import { describe, expect, it } from "vitest";
import { hallPlanSchema } from "../hall/plan.ts";
import { testPlan } from "../../testing/hall-fixture.ts";
import { boardSettingsSchema, volumeAt, zonesOf } from "./board-settings.ts";

const settings = boardSettingsSchema.parse({
  boards: [
    { terminal: "东厅大屏", zones: ["东"] },
    { terminal: "过道大屏", zones: ["东"] },
    { terminal: "过道大屏", zones: ["西"] },
  ],
  volume: [
    { from: "12:00", percent: 40 },
    { from: "08:30", percent: 100 },
    { from: "18:00", percent: 0 },
  ],
});

describe("loudness by the time of day", () => {
  it("is that of the last step before now, over midnight too, and full without steps", () => {
    const at = (clock: string): number => volumeAt(settings, clock);
    expect(["08:30", "11:59", "12:00", "17:59", "18:00", "23:59", "00:00", "08:29"].map(at)).toEqual([
      100, 100, 40, 40, 0, 0, 0, 0,
    ]);
    expect(volumeAt(undefined, "03:00")).toBe(100);
    expect(volumeAt(boardSettingsSchema.parse({}), "03:00")).toBe(100);
  });
});

describe("the zones of a board", () => {
  it("are those of its name; a board that nobody named shows the whole hall", () => {
    expect(zonesOf(settings, "东厅大屏")).toEqual(["东"]);
    expect(zonesOf(settings, "过道大屏")).toEqual(["东", "西"]);
    expect(zonesOf(settings, "新大屏")).toBeNull();
    expect(zonesOf(settings, null)).toBeNull();
    expect(zonesOf(undefined, "东厅大屏")).toBeNull();
  });

  it("must be zones of some counter, or the board would stay empty", () => {
    const plan = (zone: string) =>
      hallPlanSchema.safeParse({
        ...testPlan(),
        settings: { ...testPlan().settings, board: { boards: [{ terminal: "大屏", zones: [zone] }] } },
      });
    expect(plan("西").success).toBe(true);
    expect(plan("南").error?.issues.map(({ message }) => message)).toEqual(["board 大屏 shows unknown zone 南"]);
  });
});
