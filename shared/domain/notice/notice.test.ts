import { expect, it } from "vitest";
import { nodeActor, outcome, TestHall } from "../../testing/hall-fixture.ts";
import type { Actor } from "../identity/roles.ts";
import { noticesFor } from "./notice.ts";

const desk: Actor = { role: "desk", deviceId: "desk-1", clerkId: "wang", counterId: null };

it("shows a place its notices, urgent ones first, until their time or the day is over", () => {
  const hall = new TestHall();
  const notice = (noticeId: string, tone: "info" | "urgent", until: number | null): void => {
    hall.now += 1000;
    hall.give(desk, "PublishNotice", { noticeId, text: noticeId, textEn: "", tone, places: ["board"], until });
  };
  notice("urgent", "urgent", null);
  notice("older", "info", null);
  notice("newer", "info", null);
  notice("short", "info", hall.now + 60_000);
  const shown = (place: "board" | "kiosk", later = 0): string[] =>
    noticesFor(hall.state.notices, place, hall.now + later).map(({ id }) => id);
  expect(shown("board")).toEqual(["urgent", "short", "newer", "older"]);
  expect(shown("board", 60_000)).toEqual(["urgent", "newer", "older"]);
  expect(shown("kiosk")).toEqual([]);
  hall.give(desk, "WithdrawNotice", { noticeId: "newer" });
  expect(shown("board")).toEqual(["urgent", "short", "older"]);
  expect(outcome(hall.give(desk, "WithdrawNotice", { noticeId: "newer" }))).toBe("notice_unknown");
  hall.give(nodeActor, "OpenDay", { day: "2026-11-24" });
  expect(shown("board")).toEqual([]);
});
