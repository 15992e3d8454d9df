import { expect, it } from "vitest";
import type { SendOutcome, Terminal } from "../../../store/terminal.ts";
import { recordGuideChange } from "./record-guide-change.ts";

const refusal = { code: "order_not_now", params: {} } as const;
const accepted: SendOutcome = { status: "accepted", commandId: "c", seq: 1 };
const refused: SendOutcome = { status: "refused", commandId: "c", refusal };

const tell = async (answers: Readonly<Record<string, SendOutcome>>) => {
  const asked: string[] = [];
  const send = ((_type: string, { orderId }: { orderId: string }) => {
    asked.push(orderId);
    return Promise.resolve(answers[orderId]);
  }) as unknown as Terminal["send"];
  return { asked, ...(await recordGuideChange({ send }, Object.keys(answers), "材料清单改了")) };
};

it("goes on with the other orders when one refuses, and says what that one said", async () => {
  expect(await tell({ a: accepted, b: refused, c: accepted })).toEqual({
    asked: ["a", "b", "c"],
    hasAnswer: true,
    fault: refusal,
  });
});

it("has what is shown read again also when all refuse: somebody else was first", async () => {
  expect(await tell({ a: refused })).toEqual({ asked: ["a"], hasAnswer: true, fault: refusal });
});

it("stops while the node is away, and has read again what it had answered until then", async () => {
  expect(await tell({ a: { status: "offline" }, b: accepted })).toEqual({
    asked: ["a"],
    hasAnswer: false,
    fault: "waits",
  });
  expect(await tell({ a: accepted, b: { status: "offline" } })).toMatchObject({ hasAnswer: true, fault: "waits" });
});
