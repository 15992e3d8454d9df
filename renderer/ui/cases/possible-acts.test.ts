import { expect, it } from "vitest";
import { actsOf } from "./possible-acts.ts";

it("has the counter decide what is decided on the spot, and nothing else", () => {
  expect(actsOf({ state: "inTray", onTheSpot: true }, "window")).toEqual(["decide", "platform"]);
  expect(actsOf({ state: "inTray", onTheSpot: false }, "window")).toEqual(["platform"]);
  expect(actsOf({ state: "decided", onTheSpot: true }, "window")).toEqual(["handOut", "platform"]);
  expect(actsOf({ state: "inTray", onTheSpot: false }, "desk")).toEqual(["decide", "procedure", "return", "platform"]);
});
