import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { databaseName } from "../../renderer/store/db.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import { stateDigest } from "../../shared/domain/hall/digest.ts";
import { visibleState, type Viewer } from "../../shared/domain/hall/visible.ts";
import { freeLeaseSerials } from "../../shared/domain/queue/lease.ts";
import { testPlan, ticketWish } from "../../shared/testing/hall-fixture.ts";
import { Random } from "../helpers/random.ts";
import { ScriptedNode, type Tamper } from "../helpers/scripted-node.ts";
import { TestMachine } from "../helpers/test-environment.ts";
import { eventually, pause, startTerminal } from "../helpers/test-terminal.ts";

/*
 * Three kiosks and a node in one process, the product's own store and sync on both sides of a network that does everything
 * a network does, by seed:
 *  - the node is away (F19), takes acts and gives no answer (F20), lines fall silent without an end (F21), flap (F22);
 *  - messages come twice (F17), are lost, come torn (F24);
 *  - the clocks of kiosks and node jump by hours, a day, ten years (F15, F16);
 *  - kiosks end and start again; their database is deleted (F13), or the node is put back from a backup (F27).
 * Then the storm ends. Everything that was confirmed to a person is in the log once and in its order, no number stands
 * twice, each kiosk holds what it may see, nothing waits and nothing says that it is stalled (I1 to I6).
 *
 * STORM_SEEDS=N runs N seeds more; STORM_SEED=N one of them.
 */
const DAY = "2026-11-23";
const STEPS = 60;
const SETTLE_MS = 30_000;
/** Timers and monotonic clocks run so many times faster: silence of ten seconds is found in a third of one. */
const SPEED = 30;

interface Kiosk {
  readonly viewer: Viewer;
  readonly machine: TestMachine;
  terminal: OpenTerminal;
  /** Acts confirmed to a person, in their order: the oracle. */
  readonly confirmed: string[];
}

class Storm {
  readonly node = new ScriptedNode(testPlan({ leaseSize: 40 }), DAY);
  readonly kiosks: Kiosk[] = [];
  /** Head of the log when all were there: no backup is older. */
  private opened = 0;
  /** Deleting a database takes the acts along that a restored node would need again: a storm has one of the two. */
  private readonly losesDatabases: boolean;

  constructor(
    seed: number,
    private readonly random: Random,
  ) {
    this.losesDatabases = seed % 2 === 0;
  }

  async open(): Promise<void> {
    for (const deviceId of ["kiosk-1", "kiosk-2", "kiosk-3"]) {
      const viewer: Viewer = { role: "kiosk", deviceId, counterId: null };
      this.node.admit(viewer);
      this.node.decideAs({ ...viewer, clerkId: null }, { type: "LeaseNumbers", data: { days: [DAY] } });
      const machine = new TestMachine();
      machine.speed = SPEED;
      const kiosk = { viewer, machine, terminal: await this.start(deviceId, machine), confirmed: [] };
      this.kiosks.push(kiosk);
      await eventually(() => kiosk.terminal.connection.get().link === "online", "connected at first");
    }
    this.opened = this.node.log.length;
  }

  /** Something that somebody does at a kiosk without asking the node. */
  async act(kiosk: Kiosk): Promise<void> {
    const { terminal } = kiosk;
    const [serial] = freeLeaseSerials(terminal.hall.get(), kiosk.viewer.deviceId, DAY, "A");
    const wish = ticketWish(uuidv7());
    const outcome =
      serial !== undefined && this.random.next() < 0.6
        ? await terminal.send(
            "TakeTicket",
            { ...wish, class: "ordinary", lease: { day: DAY, serial } },
            { mode: "record" },
          )
        : await terminal.send("RequestHelp", { helpId: uuidv7(), place: "自助区" }, { mode: "record" });
    expect(outcome.status).toBe("kept");
    if (outcome.status === "kept") kiosk.confirmed.push(outcome.commandId);
  }

  async fault(): Promise<void> {
    const { node, random } = this;
    const kiosk = random.pick(this.kiosks);
    const hours = random.pick([-24 * 365, -2, 2, 24, 24 * 3_650]);
    const faults: readonly (() => unknown)[] = [
      () => node.cut(),
      () => ((node.down = true), node.cut()),
      () => (node.down = false),
      () => (node.deaf = !node.deaf),
      () => node.freeze(),
      () => (node.tamper = this.tamper()),
      () => (kiosk.machine.wallError = hours * 3_600_000),
      () => (node.clockAhead = random.between(-7_200_000, 7_200_000)),
      () => this.restart(kiosk, false),
      () => this.restart(kiosk, this.losesDatabases),
      () =>
        this.losesDatabases
          ? undefined
          : node.restore(Math.max(this.opened, node.log.length - random.between(1, 6)), uuidv7()),
    ];
    await random.pick(faults)();
  }

  calm(): void {
    this.node.down = false;
    this.node.deaf = false;
    this.node.tamper = (text) => [text];
    this.node.cut();
  }

  async close(): Promise<void> {
    for (const { terminal } of this.kiosks) await terminal.close();
  }

  private start(deviceId: string, machine: TestMachine): Promise<OpenTerminal> {
    return startTerminal({ machine, role: "kiosk", deviceId, openSocket: this.node.openSocket });
  }

  private async restart(kiosk: Kiosk, losesDatabase: boolean): Promise<void> {
    await kiosk.terminal.close();
    if (losesDatabase) {
      const { deviceId } = kiosk.viewer;
      const gone = kiosk.machine.indexedDB.deleteDatabase(databaseName(deviceId, 0));
      await new Promise((done) => (gone.onsuccess = done));
    }
    kiosk.terminal = await this.start(kiosk.viewer.deviceId, kiosk.machine);
  }

  private tamper(): Tamper {
    const { random } = this;
    return random.pick<Tamper>([
      (text) => [text],
      (text) => [text, text],
      (text) => (random.next() < 0.2 ? [] : [text]),
      (text) => (random.next() < 0.1 ? [text.slice(0, text.length / 2)] : [text]),
    ]);
  }
}

const weather = async (seed: number): Promise<void> => {
  const random = new Random(seed);
  const storm = new Storm(seed, random);
  await storm.open();
  try {
    for (let step = 0; step < STEPS; step += 1) {
      await storm.act(random.pick(storm.kiosks));
      if (random.next() < 0.3) await storm.fault();
      await pause(random.between(0, 6));
    }
    storm.calm();
    const { node, kiosks } = storm;
    for (const { terminal, viewer } of kiosks) {
      const agrees = (): boolean =>
        terminal.connection.get().link === "online" &&
        terminal.connection.get().outbox === 0 &&
        stateDigest(terminal.hall.get()) === stateDigest(visibleState(node.state, viewer));
      await eventually(agrees, `seed ${String(seed)}: ${viewer.deviceId} agrees`, SETTLE_MS);
      expect(terminal.connection.get().stalled).toBe(false);
    }
    const taken = node.commandIds();
    for (const { confirmed, viewer } of kiosks) {
      const inLog = taken.filter((id) => confirmed.includes(id));
      expect(inLog, `seed ${String(seed)}: ${viewer.deviceId}'s acts, each once`).toHaveLength(confirmed.length);
      expect(new Set(inLog)).toEqual(new Set(confirmed));
    }
    const numbers = [...node.state.tickets.values()].map(({ number }) => number);
    expect(new Set(numbers).size, `seed ${String(seed)}: each number once`).toBe(numbers.length);
  } finally {
    await storm.close();
  }
};

const one = process.env["STORM_SEED"];
const more = Number(process.env["STORM_SEEDS"] ?? 0);
const seeds = one === undefined ? [1, 2, ...Array.from({ length: more }, (_, index) => index + 3)] : [Number(one)];

describe("a storm", () => {
  it.each(seeds)("leaves nothing lost, doubled or stalled (seed %i)", weather, 120_000);
});
