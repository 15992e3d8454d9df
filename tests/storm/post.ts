import { databaseName } from "../../renderer/store/db.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import { readMark } from "../../renderer/store/open-database.ts";
import type { SendOutcome, Terminal } from "../../renderer/store/terminal.ts";
import type { Viewer } from "../../shared/domain/hall/visible.ts";
import type { ScriptedNode } from "../helpers/scripted-node.ts";
import { TestMachine, type MachinePlace } from "../helpers/test-environment.ts";
import { startTerminal } from "../helpers/test-terminal.ts";

/**
 * A line that is up for so long with acts that nothing happens to must be called stalled: after half a minute without an answer it is given up, which is looked
 * at every ten seconds.
 */
const STALL_SEEN_MS = 45_000;

/** One terminal of the hall over all its days: its machine, its program while it runs, and what it told people. */
export class Post {
  readonly machine: TestMachine;
  terminal: OpenTerminal | null = null;
  /** Somebody is at it. */
  isBusy = false;
  /** Acts that people were told of as done, in their order: the oracle, outside of the program. */
  readonly confirmed: string[] = [];
  /** Acts that people were told of as refused. */
  readonly refused: string[] = [];
  private starts = 0;
  private lastSeq = 0;
  private lastEpoch: string | null = null;
  private still = { since: 0, what: "" };
  private asleepUntil = 0;

  constructor(
    readonly viewer: Viewer,
    private readonly node: ScriptedNode,
    private readonly place: MachinePlace,
  ) {
    const after = (ms: number, act: () => void): (() => void) => {
      let isOff = false;
      place.after(ms, () => this.whenAwake(() => isOff || act()));
      return () => void (isOff = true);
    };
    this.machine = new TestMachine({ ...place, after });
    node.admit(viewer);
  }

  /** Nothing runs at this terminal for a while, and then everything that came meanwhile at once. */
  sleep(ms: number): void {
    this.asleepUntil = this.place.monotonicNow() + ms;
    this.still = { since: this.asleepUntil, what: "" };
  }

  private whenAwake(act: () => unknown): void {
    const left = this.asleepUntil - this.place.monotonicNow();
    if (left > 0) this.place.after(left, () => this.whenAwake(act));
    else act();
  }

  private readonly openSocket: ScriptedNode["openSocket"] = (url, handlers) =>
    this.node.openSocket(url, {
      opened: () => this.whenAwake(handlers.opened),
      received: (text) => this.whenAwake(() => handlers.received(text)),
      closed: (code) => this.whenAwake(() => handlers.closed(code)),
    });

  get name(): string {
    return this.viewer.deviceId;
  }

  async open(): Promise<void> {
    const { role, deviceId, counterId } = this.viewer;
    const setting = { machine: this.machine, role, deviceId, openSocket: this.openSocket } as const;
    this.terminal = await startTerminal(counterId === null ? setting : { ...setting, counterId });
    this.starts += 1;
    this.still = { since: this.place.monotonicNow(), what: "" };
    this.terminal.connection.subscribe(() => this.follow());
    this.lastSeq = this.terminal.seq();
    this.lastEpoch = this.terminal.store.epoch;
  }

  async close(): Promise<void> {
    const { terminal } = this;
    this.terminal = null;
    this.isBusy = false;
    await terminal?.close();
  }

  /** As a technician who clears the browser's data. Of a program that does not run. */
  async deleteDatabase(): Promise<void> {
    const { machine, name } = this;
    const generation = readMark(name, { marks: machine.environment().marks })?.generation ?? 0;
    const gone = machine.indexedDB.deleteDatabase(databaseName(name, generation));
    await new Promise((done) => (gone.onsuccess = done));
  }

  /** Does something at the terminal; whoever ends the program in the middle of it has told nobody anything. */
  async act(work: (port: ActingTerminal) => Promise<unknown>): Promise<void> {
    const { terminal, starts } = this;
    if (terminal === null || this.isBusy) return;
    this.isBusy = true;
    try {
      await work(this.portOf(terminal));
    } catch (error) {
      if (this.starts === starts && this.terminal === terminal) throw error;
    } finally {
      if (this.terminal === terminal) this.isBusy = false;
    }
  }

  /** What a look at the terminal at any moment finds wrong. */
  *look(): Generator<string> {
    const { terminal } = this;
    if (terminal === null || this.place.monotonicNow() < this.asleepUntil) return;
    const { link, outbox, oldestMs, stalled } = terminal.connection.get();
    const [seq, epoch] = [terminal.seq(), terminal.store.epoch];
    // I7: what is shown does not go back, unless the log itself is another one.
    if (epoch === this.lastEpoch && seq < this.lastSeq)
      yield `${this.name} went back from ${String(this.lastSeq)} to ${String(seq)}`;
    [this.lastSeq, this.lastEpoch] = [seq, epoch];
    // I6: an outbox in which nothing happens while the node is there is not passed over in silence.
    this.follow();
    const stillFor = this.place.monotonicNow() - this.still.since;
    if (link === "online" && outbox > 0 && stillFor > STALL_SEEN_MS && !stalled)
      yield `${this.name} holds ${String(outbox)} acts, the oldest for ${String(oldestMs)} ms, and says nothing`;
    // I3: on no screen does a number stand twice.
    const numbers = [...terminal.hall.get().tickets.values()].map(({ day, number }) => `${day} ${number}`);
    if (new Set(numbers).size !== numbers.length) yield `${this.name} shows a number twice`;
  }

  /** Notes when something last happened to the outbox or the line. */
  private follow(): void {
    if (this.terminal === null) return;
    const { link, outbox } = this.terminal.connection.get();
    const what = `${link} ${String(outbox)} ${String(this.terminal.store.oldestAt())}`;
    if (this.still.what !== what) this.still = { since: this.place.monotonicNow(), what };
  }

  private portOf(terminal: OpenTerminal): ActingTerminal {
    const note = (outcome: SendOutcome): SendOutcome => {
      if (this.terminal !== terminal) return outcome;
      if (outcome.status === "kept" || outcome.status === "accepted") this.confirmed.push(outcome.commandId);
      if (outcome.status === "refused") this.refused.push(outcome.commandId);
      return outcome;
    };
    return {
      info: { credentials: terminal.info.credentials },
      hall: terminal.hall,
      state: () => terminal.hall.get(),
      now: () => terminal.now(),
      newId: () => terminal.newId(),
      send: async (type, data, options) => note(await terminal.send(type, data, options)),
    };
  }
}

/** What the product's own functions for a kiosk and a window act through. */
export interface ActingTerminal extends Pick<Terminal, "send" | "newId" | "now" | "hall"> {
  readonly info: Pick<Terminal["info"], "credentials">;
  readonly state: () => ReturnType<Terminal["hall"]["get"]>;
}
