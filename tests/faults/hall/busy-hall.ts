import { canonicalJson } from "../../../shared/basics/canonical-json.ts";
import { toSnapshot } from "../../../shared/domain/hall/state.ts";
import { visibleState } from "../../../shared/domain/hall/visible.ts";
import { NodeClient, type SendOptions } from "../../helpers/node-client.ts";
import { post, testPlan } from "../../helpers/center.ts";
import { hallPlanSchema } from "../../../shared/domain/hall/plan.ts";
import type { CommandData, CommandType } from "../../../shared/domain/hall/commands.ts";
import { compareAnswers, readBooks } from "../harness/books.ts";
import { HallNode } from "../harness/hall-node.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { HallClient, newId } from "./hall-client.ts";

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** What a terminal does next, from what it sees; half of the acts of a window do not fit, as in life. */
const nextAct = (
  client: HallClient,
  { random }: FaultContext,
): { type: CommandType; data: CommandData<CommandType>; options: SendOptions } => {
  const { state, clerkId } = client;
  const mode = random.next() < 0.5 ? "claim" : "record";
  const act = <T extends CommandType>(type: T, data: CommandData<T>, as: "claim" | "record" = mode) => ({
    type,
    data: data as CommandData<CommandType>,
    options: { mode: as, clerkId } satisfies SendOptions,
  });
  switch (client.device.role) {
    case "kiosk": {
      if (random.next() < 0.1) return act("RequestHelp", { helpId: newId(), place: "一号取号机" }, "record");
      return act("TakeTicket", {
        ticketId: newId(),
        businessId: random.pick(["A", "B"]),
        class: random.pick(["ordinary", "ordinary", "priority", "green"]),
        itemCode: null,
        itemName: null,
        personKey: null,
      });
    }
    case "review": {
      const open = [...state.reviews.values()].find((review) => review.state === "invited");
      const reviewId = open?.id ?? `${newId()}.1`;
      const { counterId } = client.viewer;
      if (random.next() < 0.3) return act("CloseReview", { reviewId, counterId, reason: "timeout" }, "record");
      return act(
        "GiveReview",
        {
          reviewId,
          counterId,
          level: random.pick([1, 2, 3, 4, 5]),
          tags: [],
          elapsedMs: random.between(500, 9000),
          channel: "tablet",
          textId: null,
          phoneId: null,
        },
        "record",
      );
    }
    default: {
      const counterId = client.device.counterId ?? "1";
      const counter = state.counters.get(counterId);
      const ticketId = counter?.ticketId ?? "none";
      const ticket = state.tickets.get(ticketId);
      if (counter?.state !== "open") return act("OpenCounter", { counterId }, "claim");
      if (!ticket) return act("CallNext", { counterId }, "claim");
      if (ticket.state === "called") {
        return random.pick([
          act("BeginService", { ticketId, counterId }),
          act("BeginService", { ticketId, counterId }),
          act("RecallTicket", { ticketId, counterId }),
          act("MissTicket", { ticketId, counterId, reason: "未到" }),
        ]);
      }
      return random.pick([
        act("EndService", { ticketId, counterId }),
        act("EndService", { ticketId, counterId }),
        act("TransferTicket", { ticketId, counterId, toBusinessId: "B", toCounterId: null, reason: "转办" }),
      ]);
    }
  }
};

/**
 * A busy hall: two kiosks, three windows, two review screens and a desk work on one node, while the node, its database and
 * cables die at random. In the end every acknowledged act is in the books once, every number was given once, and every
 * terminal holds exactly what it may see of the log.
 */
const runBusyHall = async (context: FaultContext): Promise<FaultReport> => {
  const { random, say, acts } = context;
  const dataDir = await context.tempFolder("busy-hall");
  const plan = hallPlanSchema.parse(testPlan);
  const { node, ready } = await HallNode.start(
    {
      dataDir,
      plan,
      devices: [
        { role: "kiosk", counterId: null },
        { role: "kiosk", counterId: null },
        { role: "window", counterId: "1" },
        { role: "window", counterId: "2" },
        { role: "window", counterId: "3" },
        { role: "review", counterId: "1" },
        { role: "review", counterId: "2" },
        { role: "desk", counterId: null },
      ],
      clerks: ["1001", "1002", "1003"],
    },
    say,
  );
  context.defer(() => node.stop());
  const clients = ready.devices.map((device) => new HallClient(device, ready.url, random));
  let clerk = 0;
  for (const client of clients) {
    if (client.device.role !== "window") continue;
    const clerkNo = String(1001 + clerk);
    const { deviceId, secret } = client.device;
    await post(`${ready.url}/api/login`, { deviceId, secret, clerkNo, password: `pw-${clerkNo}` });
    client.clerkId = ready.clerkIds[clerk] ?? null;
    clerk += 1;
  }
  for (const client of clients) client.start();
  context.defer(() => Promise.all(clients.map((client) => client.stop())));

  const figures = { acts: 0, nodeKills: 0, databaseKills: 0, freezes: 0, cuts: 0 };
  const actors = clients.filter((client) => client.device.role !== "desk");
  let nextFault = random.between(10, 30);
  let freezing: Promise<void> = Promise.resolve();
  for (let count = 0; count < acts; count += 1) {
    const client = random.pick(actors);
    const { type, data, options } = nextAct(client, context);
    client.act(NodeClient.command(type, data, options));
    figures.acts += 1;
    await pause(random.between(1, 12));
    nextFault -= 1;
    if (nextFault > 0) continue;
    nextFault = random.between(15, 45);
    const fault = random.next();
    if (fault < 0.35) {
      node.kill();
      figures.nodeKills += 1;
    } else if (fault < 0.6) {
      node.killDatabase();
      figures.databaseKills += 1;
    } else if (fault < 0.75) {
      freezing = node.freeze(random.between(200, 1200));
      figures.freezes += 1;
    } else {
      random.pick(clients).cut();
      figures.cuts += 1;
    }
  }
  await freezing;

  // Faults end: everything must go out and arrive by itself, without a restart by hand (I5).
  const faults: string[] = [];
  const until = Date.now() + 60_000;
  while (clients.some((client) => client.waiting > 0) && Date.now() < until) await pause(50);
  for (const client of clients)
    if (client.waiting > 0) faults.push(`${client.device.role} still holds ${String(client.waiting)} acts`);
  const books = await readBooks(ready.databaseUrl, ready.hallId);
  const settled = Date.now() + 20_000;
  while (clients.some((client) => client.to < books.head) && Date.now() < settled) await pause(50);
  for (const client of clients) {
    const { role } = client.device;
    if (client.to < books.head) faults.push(`${role} was told ${String(client.to)} of ${String(books.head)}`);
    const may = canonicalJson(toSnapshot(visibleState(books.state, client.viewer)));
    if (canonicalJson(toSnapshot(client.state)) !== may) faults.push(`${role} holds another hall than it may see`);
    await client.stop();
    faults.push(...client.faults.map((fault) => `${role}: ${fault}`), ...compareAnswers(books, client.told));
  }
  faults.push(...books.faults);
  const told = clients.reduce((sum, client) => sum + client.told.size, 0);
  if (told !== figures.acts) faults.push(`${String(figures.acts)} acts, ${String(told)} answers`);
  return {
    faults,
    figures: {
      ...figures,
      restarts: node.restarts,
      reconnects: clients.reduce((sum, client) => sum + client.connects, 0),
      events: books.head,
      tickets: books.events.filter((event) => event.type === "TicketTaken").length,
    },
  };
};

export const busyHall: Scenario = {
  id: "F03 F04 F05 F17 F20 F26",
  title: "a busy hall while node, database and cables die",
  run: runBusyHall,
};
