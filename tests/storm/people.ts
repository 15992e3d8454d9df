import { daysToLease } from "../../renderer/apps/kiosk/lease-need.ts";
import { takeTicket } from "../../renderer/apps/kiosk/take-ticket.ts";
import { callNext, goOnWithoutNode, perform } from "../../renderer/apps/window/act.ts";
import type { Random } from "../helpers/random.ts";
import type { ActingTerminal } from "./post.ts";

/** What somebody does next at a kiosk: takes a number, or asks for help. */
export const actAtKiosk = async (port: ActingTerminal, deviceId: string, random: Random): Promise<void> => {
  const days = daysToLease(port.state(), deviceId);
  if (days.length > 0) await port.send("LeaseNumbers", { days: [...days] }, { mode: "claim" });
  if (random.next() < 0.15) {
    await port.send("RequestHelp", { helpId: port.newId(), place: "自助区" }, { mode: "record" });
    return;
  }
  await takeTicket(port, {
    ticketId: port.newId(),
    businessId: random.pick(["A", "B"]),
    class: random.pick(["ordinary", "ordinary", "ordinary", "priority"] as const),
    itemCode: null,
    itemName: null,
  });
};

/** What a clerk does next, by what the counter holds. */
export const actAtWindow = async (port: ActingTerminal, counterId: string, random: Random): Promise<void> => {
  const state = port.state();
  const counter = state.counters.get(counterId);
  if (counter === undefined) return;
  if (counter.state === "closed") return void (await perform(port, "OpenCounter", { counterId }));
  if (counter.state === "paused") return void (await perform(port, "ResumeCounter", { counterId }));
  const ticket = counter.ticketId === null ? undefined : state.tickets.get(counter.ticketId);
  if (ticket === undefined) {
    if (random.next() < 0.05) return void (await perform(port, "PauseCounter", { counterId, reason: "休息" }));
    const called = await callNext(port, counterId, { offlineAgreed: true });
    if (called.status === "unansweredCall") await goOnWithoutNode(port, counterId, called.callCommandId);
    return;
  }
  const it = { ticketId: ticket.id, counterId };
  const chance = random.next();
  if (ticket.state === "called") {
    if (chance < 0.15) await perform(port, "RecallTicket", it);
    else if (chance < 0.25) await perform(port, "MissTicket", { ...it, reason: "未到" });
    else await perform(port, "BeginService", it);
  } else if (chance < 0.15)
    await perform(port, "TransferTicket", { ...it, toBusinessId: "B", toCounterId: null, reason: "转办" });
  else await perform(port, "EndService", it);
};

/** Whoever was served says how it was. */
export const actAtReview = async (port: ActingTerminal, counterId: string, random: Random): Promise<void> => {
  const review = [...port.state().reviews.values()].find(
    (each) => each.state === "invited" && each.counterId === counterId,
  );
  if (review === undefined) return;
  await port.send(
    "GiveReview",
    {
      reviewId: review.id,
      counterId,
      level: random.pick([1, 2, 3, 4, 5]),
      tags: [],
      elapsedMs: random.between(500, 9_000),
      channel: "tablet",
      textId: null,
      phoneId: null,
    },
    { mode: "record" },
  );
};
