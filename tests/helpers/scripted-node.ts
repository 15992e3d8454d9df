import {
  closeCodes,
  terminalMessageSchema,
  type CommandResult,
  type NodeMessage,
  type OutboundCommand,
  type TerminalMessage,
} from "../../shared/contract/api.ts";
import { outboundCommandSchema } from "../../shared/contract/outbound-command.ts";
import type { Environment, Socket, SocketHandlers } from "../../renderer/store/environment.ts";
import type { Command } from "../../shared/domain/hall/commands.ts";
import { decide } from "../../shared/domain/hall/decide.ts";
import { stateDigest } from "../../shared/domain/hall/digest.ts";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { fold, StateBuilder } from "../../shared/domain/hall/evolve.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import { emptyHallState, toSnapshot, type HallState } from "../../shared/domain/hall/state.ts";
import { visible, visibleState, type Viewer } from "../../shared/domain/hall/visible.ts";
import { nodeActor, testId, testPlan } from "../../shared/testing/hall-fixture.ts";

interface Line {
  readonly handlers: SocketHandlers;
  viewer: Viewer | null;
  sent: number;
  open: boolean;
}

/** What a scripted node runs in: the machine's own time, or a virtual one. */
export interface NodePlace {
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly monotonic: () => number;
  readonly after: (ms: number, act: () => void) => void;
  /** How long the next message is on its way, milliseconds; none overtakes another on its line. */
  readonly latency: () => number;
}

const HERE: NodePlace = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, act) => void setTimeout(act, ms),
  latency: () => 0,
};

/** What a script may do with a message on its way to a terminal: pass texts on (changed, twice, none). */
export type Tamper = (text: string, message: NodeMessage, line: object) => readonly string[];

/**
 * A strict node in the test's own process, for what a real one cannot be made to do: torn, repeated and swapped messages,
 * answers that never come, a log that is lost. It speaks the contract and throws on anything outside of it.
 */
export class ScriptedNode {
  readonly log: DomainEvent[] = [];
  state: HallState = emptyHallState;
  epoch = "epoch-1";
  /** The node's clock runs ahead of the machine's by so much. */
  clockAhead = 0;
  /** Takes no connections. */
  down = false;
  /** Swallows commands: they arrive, no answer leaves. */
  deaf = false;
  /** Close code given instead of a welcome. */
  rejects: number | null = null;
  tamper: Tamper = (text) => [text];
  readonly received: TerminalMessage[] = [];
  readonly personal = new Map<string, string>();
  private results = new Map<string, CommandResult>();
  private readonly lines = new Set<Line>();
  private readonly ways = new WeakMap<Line, (arrive: () => void) => void>();
  private readonly viewers = new Map<string, Viewer>();

  constructor(
    plan: HallPlan = testPlan(),
    day = "2026-11-23",
    private readonly place: NodePlace = HERE,
  ) {
    this.decideAs(nodeActor, { type: "SetHallPlan", data: { plan } });
    this.decideAs(nodeActor, { type: "OpenDay", data: { day } });
  }

  now(): number {
    return this.place.now() + this.clockAhead;
  }

  /** Lets a terminal in. */
  admit(viewer: Viewer): void {
    this.viewers.set(viewer.deviceId, viewer);
  }

  get openLines(): number {
    return this.lines.size;
  }

  /** Of one terminal's messages, those of a kind. */
  receivedCommands(): readonly OutboundCommand[] {
    return this.received.flatMap((message) => (message.kind === "commands" ? message.commands : []));
  }

  openSocket: Environment["openSocket"] = (_url, handlers): Socket => {
    const line: Line = { handlers, viewer: null, sent: 0, open: false };
    const [there, back] = [this.way(), this.way()];
    this.ways.set(line, back);
    there(() => {
      if (this.down) return handlers.closed(1006);
      line.open = true;
      this.lines.add(line);
      handlers.opened();
    });
    return {
      send: (text) => {
        if (line.open) there(() => line.open && this.receive(line, text));
      },
      buffered: () => 0,
      close: () => this.drop(line),
    };
  };

  /** Something that another terminal or the node itself does. */
  decideAs(actor: Parameters<typeof decide>[2]["actor"], wish: { type: Command["type"]; data: unknown }): void {
    const command = {
      id: testId(900_000 + this.log.length),
      mode: "claim",
      at: this.now(),
      ...wish,
    } as unknown as Command;
    const decision = decide(this.state, command, { now: this.now(), actor });
    if (!decision.ok) throw new Error(`scripted node: ${decision.error.code}`);
    this.append(decision.value);
  }

  /** Puts events into the log as they are. */
  append(events: readonly DomainEvent[]): void {
    this.log.push(...events);
    this.state = fold(this.state, events);
    for (const line of this.lines) this.feed(line);
  }

  /** Commands of the log in their order, each once for all of its events. */
  commandIds(): readonly string[] {
    const ids = this.log.map((event) => commandIdOf.get(event) ?? "");
    return ids.filter((id, index) => id !== "" && id !== ids[index - 1]);
  }

  /** What a command was answered, if it was. */
  answerTo(commandId: string): CommandResult | undefined {
    return this.results.get(commandId);
  }

  /** Goes back to the first `length` events, as after a restore from an older backup. */
  restore(length: number, epoch: string): void {
    this.log.length = length;
    this.state = fold(emptyHallState, this.log);
    this.epoch = epoch;
    const known = new Set(this.log.flatMap((event) => commandIdOf.get(event) ?? []));
    this.results = new Map([...this.results].filter(([id]) => known.has(id)));
    this.cut();
  }

  /** Answers every command as if it came for the first time. */
  forgetResults(): void {
    this.results.clear();
  }

  /** Breaks every line. */
  cut(code = 1006): void {
    for (const line of [...this.lines]) {
      this.drop(line);
      line.handlers.closed(code);
    }
  }

  /** Lines stay open and carry nothing any more, as when a cable is pulled. */
  freeze(): void {
    for (const line of this.lines) line.open = false;
    this.lines.clear();
  }

  tell(message: NodeMessage): void {
    for (const line of this.lines) this.send(line, message);
  }

  /** Text that need not be a message at all. */
  tellText(text: string): void {
    for (const line of this.lines) line.handlers.received(text);
  }

  tellDigests(): void {
    for (const line of this.lines)
      if (line.viewer)
        this.send(line, {
          kind: "digest",
          seq: this.log.length,
          digest: stateDigest(visibleState(this.state, line.viewer)),
        });
  }

  private drop(line: Line): void {
    line.open = false;
    this.lines.delete(line);
  }

  private receive(line: Line, text: string): void {
    const message = terminalMessageSchema.parse(JSON.parse(text)) as TerminalMessage;
    this.received.push(message);
    if (message.kind === "hello") return this.welcome(line, message);
    if (line.viewer === null) throw new Error("scripted node: the first message must be hello");
    switch (message.kind) {
      case "ping":
        return this.send(line, { kind: "pong", t: message.t, now: this.now() });
      case "resync":
        return this.snapshot(line);
      case "status":
      case "report":
        return;
      case "commands":
        if (!this.deaf) this.answer(line, message.commands);
    }
  }

  private welcome(line: Line, hello: Extract<TerminalMessage, { kind: "hello" }>): void {
    const viewer = this.viewers.get(hello.deviceId);
    if (this.rejects !== null || !viewer) {
      this.drop(line);
      return line.handlers.closed(this.rejects ?? closeCodes.unauthorised);
    }
    line.viewer = viewer;
    this.send(line, {
      kind: "welcome",
      epoch: this.epoch,
      hallId: "test-hall",
      head: this.log.length,
      now: this.now(),
      role: viewer.role,
      counterId: viewer.counterId,
      catalogueVersion: null,
      city: { state: "none", behind: 0 },
    });
    const known = hello.epoch === this.epoch ? hello.since : 0;
    if (known > this.log.length || (hello.epoch !== null && hello.epoch !== this.epoch)) return this.snapshot(line);
    line.sent = known;
    this.feed(line);
  }

  private snapshot(line: Line): void {
    if (!line.viewer) return;
    line.sent = this.log.length;
    const state = toSnapshot(visibleState(this.state, line.viewer));
    this.send(line, { kind: "snapshot", seq: this.log.length, state });
  }

  private answer(line: Line, commands: readonly unknown[]): void {
    const { viewer } = line;
    if (!viewer) return;
    const results: CommandResult[] = [];
    const builder = new StateBuilder(this.state);
    for (const entry of commands) {
      const parsed = outboundCommandSchema.safeParse(entry);
      if (!parsed.success) {
        const id = (entry as OutboundCommand).command.id;
        results.push({ commandId: id, status: "refused", refusal: { code: "bad_command", params: {} } });
        continue;
      }
      const { command, clerkId, personal } = parsed.data;
      let result = this.results.get(command.id);
      if (!result) {
        const actor = { role: viewer.role, deviceId: viewer.deviceId, clerkId, counterId: viewer.counterId };
        const decision = decide(builder.state, command, { now: this.now(), actor });
        if (decision.ok) {
          for (const event of decision.value) commandIdOf.set(event, command.id);
          this.log.push(...decision.value);
          builder.apply(decision.value);
          for (const { id, value } of personal) this.personal.set(id, value);
          result = { commandId: command.id, status: "accepted", seq: this.log.length };
        } else result = { commandId: command.id, status: "refused", refusal: decision.error };
        this.results.set(command.id, result);
      }
      results.push(result);
    }
    this.state = builder.state;
    for (const each of this.lines) this.feed(each);
    this.send(line, { kind: "results", results });
  }

  private feed(line: Line): void {
    const { viewer } = line;
    if (!viewer || line.sent === this.log.length) return;
    const from = line.sent;
    const events = this.log.slice(from).flatMap((event, index) => {
      const seen = visible(event, viewer);
      return seen === null ? [] : [{ seq: from + index + 1, type: seen.type, v: seen.v, at: seen.at, data: seen.data }];
    });
    line.sent = this.log.length;
    this.send(line, { kind: "events", from, to: this.log.length, events });
  }

  private send(line: Line, message: NodeMessage): void {
    for (const text of this.tamper(JSON.stringify(message), message, line))
      this.ways.get(line)?.(() => line.open && line.handlers.received(text));
  }

  /** One direction of a line: what goes in first comes out first. */
  private way(): (arrive: () => void) => void {
    let last = 0;
    return (arrive) => {
      const now = this.place.monotonic();
      last = Math.max(last, now + this.place.latency());
      this.place.after(last - now, arrive);
    };
  }
}

const commandIdOf = new WeakMap<DomainEvent, string>();
