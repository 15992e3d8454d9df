import { describe, expect, it } from "vitest";
import { makeFakeTerminal, FakeHall, type FakeTerminal } from "../../../tests/preview/fake-terminal.ts";
import { leaseDays } from "../../../shared/domain/hall/decide.ts";
import type { SendOutcome } from "../../store/terminal.ts";
import { daysToLease } from "./lease-need.ts";
import { takeTicket, type TakeWish } from "./take-ticket.ts";

const clerk = { role: "window", deviceId: "w-1", clerkId: "clerk-1", counterId: null } as const;

const kiosk = async (): Promise<FakeTerminal> => {
  const node = new FakeHall();
  node.act(clerk, "OpenCounter", { counterId: "1" });
  const terminal = makeFakeTerminal({ role: "kiosk", hall: node });
  await terminal.send("LeaseNumbers", { days: [...leaseDays(node.live.get())] }, { mode: "claim" });
  return terminal;
};
const wishFor = (terminal: FakeTerminal, businessId = "A"): TakeWish => ({
  ticketId: terminal.newId(),
  businessId,
  class: "ordinary",
  itemCode: null,
  itemName: null,
});
const nodeTickets = (terminal: FakeTerminal) => [...terminal.fake.node.live.get().tickets.values()];

describe("taking a number at the kiosk", () => {
  it("asks the node when it is there", async () => {
    const terminal = await kiosk();
    const outcome = await takeTicket(terminal, wishFor(terminal));
    expect(outcome).toMatchObject({ ok: true, taken: { number: "A001", isOffline: false } });
  });

  it("is the same ticket when the same wish is sent twice", async () => {
    const terminal = await kiosk();
    const wish = wishFor(terminal);
    const first = await takeTicket(terminal, wish);
    const second = await takeTicket(terminal, wish);
    expect(second).toMatchObject(first);
    expect(nodeTickets(terminal)).toHaveLength(1);
  });

  it("gives a number of its lease while the node is away, and the node has it once afterwards", async () => {
    const terminal = await kiosk();
    terminal.fake.setConnection({ link: "offline" });
    const one = await takeTicket(terminal, wishFor(terminal));
    const two = await takeTicket(terminal, wishFor(terminal));
    expect(one).toMatchObject({ ok: true, taken: { number: "A950", isOffline: true } });
    expect(two).toMatchObject({ ok: true, taken: { number: "A951" } });
    terminal.fake.setConnection({ link: "online" });
    expect(nodeTickets(terminal).map((ticket) => ticket.number)).toEqual(["A950", "A951"]);
    expect(terminal.fake.node.live.get().anomalies).toEqual([]);
  });

  it("takes back a claim whose answer never came, so that nobody is called who is not there", async () => {
    const terminal = await kiosk();
    terminal.fake.swallowNextClaim();
    const outcome = await takeTicket(terminal, wishFor(terminal));
    expect(outcome).toMatchObject({ ok: true, taken: { number: "A950", isOffline: true } });
    // The unanswered claim gets through before the record that replaces it, or after; here: before, in their order.
    const waiting = nodeTickets(terminal).filter((ticket) => ticket.state === "waiting");
    expect(waiting.map((ticket) => ticket.number)).toEqual(["A950"]);
  });

  it("names the unanswered ticket in the record that stands for it, under a new id", async () => {
    const terminal = await kiosk();
    const sent: unknown[] = [];
    const wish = wishFor(terminal);
    const outcome = await takeTicket(
      {
        ...terminal,
        send: (type, data, { mode }) => {
          sent.push({ type, mode, data });
          const answer: SendOutcome =
            mode === "claim" ? { status: "unanswered", commandId: "c" } : { status: "kept", commandId: "r" };
          return Promise.resolve(answer);
        },
      },
      wish,
    );
    expect(outcome.ok && outcome.taken.ticketId).not.toBe(wish.ticketId);
    expect(sent).toMatchObject([
      { mode: "claim", data: { ticketId: wish.ticketId } },
      { mode: "record", data: { replaces: wish.ticketId, lease: { serial: 950 } } },
    ]);
  });

  it("sends who it is beside the command and never in it, and only the digest of the page's secret", async () => {
    const terminal = await kiosk();
    const sent: { data: unknown; personal: unknown }[] = [];
    const secret = "00112233445566778899aabbccddeeff";
    const outcome = await takeTicket(
      {
        ...terminal,
        send: (type, data, how) => {
          sent.push({ data, personal: how.personal });
          return terminal.send(type, data, how);
        },
      },
      {
        ...wishFor(terminal),
        stops: [{ businessId: "B", itemCode: null, itemName: null }],
        person: { value: "phone:13800005678", shown: "138****5678" },
        secret,
      },
    );
    expect(outcome).toMatchObject({ ok: true, taken: { stops: 1, personShown: "138****5678", secret } });
    expect(JSON.stringify(sent[0]?.data)).not.toMatch(/13800005678|00112233445566/);
    expect(sent[0]?.personal).toMatchObject([{ kind: "person", value: "phone:13800005678" }]);
    expect(nodeTickets(terminal)[0]).toMatchObject({ stops: [{ businessId: "B" }] });
  });

  it("says so when the lease is used up, instead of inventing a number", async () => {
    const terminal = await kiosk();
    terminal.fake.setConnection({ link: "offline" });
    for (let n = 0; n < 50; n += 1) await takeTicket(terminal, wishFor(terminal));
    expect(await takeTicket(terminal, wishFor(terminal))).toEqual({ ok: false, problem: { kind: "noNumbersLeft" } });
  });

  it("hands on the node's reason when it refuses", async () => {
    const terminal = await kiosk();
    expect(await takeTicket(terminal, wishFor(terminal, "C"))).toMatchObject({
      ok: false,
      problem: { kind: "refused", refusal: { code: "no_open_counter" } },
    });
  });

  it("gives no number that this machine could not keep", async () => {
    const terminal = await kiosk();
    const broken = {
      ...terminal,
      send: (): Promise<SendOutcome> => Promise.resolve({ status: "notKept", reason: "disk" }),
    };
    expect(await takeTicket(broken, wishFor(terminal))).toEqual({ ok: false, problem: { kind: "notKept" } });
  });
});

describe("numbers held for the time without a network", () => {
  it("asks for all days as soon as one business has less than a fifth of a block", async () => {
    const terminal = await kiosk();
    expect(daysToLease(terminal.hall.get(), "kiosk-1")).toEqual([]);
    expect(daysToLease(terminal.hall.get(), "kiosk-2")).toEqual(leaseDays(terminal.hall.get()));
    terminal.fake.setConnection({ link: "offline" });
    for (let n = 0; n < 40; n += 1) await takeTicket(terminal, wishFor(terminal));
    expect(daysToLease(terminal.hall.get(), "kiosk-1")).toEqual([]);
    await takeTicket(terminal, wishFor(terminal));
    expect(daysToLease(terminal.hall.get(), "kiosk-1")).toEqual(leaseDays(terminal.hall.get()));
  });
});
