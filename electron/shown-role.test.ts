import { expect, it } from "vitest";
import { plainScreen, type ScreenSettings } from "../shared/contract/screen-settings.ts";
import { decideRole, screenFor } from "./shown-role.ts";

const turned: ScreenSettings = { languages: ["zh-CN", "en"], turn: 90 };

it("turns the picture of a kiosk and a board, not of a tablet that turns itself, and leaves staff what they have", () => {
  expect(screenFor("kiosk", turned)).toEqual(turned);
  expect(screenFor("display", turned)).toEqual(turned);
  expect(screenFor("review", turned)).toEqual({ languages: ["zh-CN", "en"], turn: 0 });
  for (const role of ["window", "desk", "setup", "launcher"] as const)
    expect(screenFor(role, turned)).toEqual(plainScreen);
});

it("shows the set-up where it was told to be what it is not, but goes by the hall that made another screen of it", () => {
  expect(decideRole("display", "kiosk", null)).toEqual({ role: "setup", differs: true });
  expect(decideRole("kiosk", "display", "kiosk")).toEqual({ role: "display", differs: false });
  expect(decideRole(null, "kiosk", null)).toEqual({ role: "kiosk", differs: false });
  expect(decideRole("kiosk", null, null)).toEqual({ role: "setup", differs: false });
});
