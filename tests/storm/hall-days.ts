import { createHash } from "node:crypto";
import { DIGEST_MS } from "../../shared/contract/api.ts";
import { addDays } from "../../shared/basics/time.ts";
import { stateDigest } from "../../shared/domain/hall/digest.ts";
import { visibleState, type Viewer } from "../../shared/domain/hall/visible.ts";
import { MONDAY_NINE, nodeActor, testPlan } from "../../shared/testing/hall-fixture.ts";
import { Random } from "../helpers/random.ts";
import { ScriptedNode, type Tamper } from "../helpers/scripted-node.ts";
import type { MachinePlace } from "../helpers/test-environment.ts";
import { actAtKiosk, actAtReview, actAtWindow } from "./people.ts";
import { Post } from "./post.ts";
import { cryptoIn, VirtualTime } from "./virtual-time.ts";

const FIRST_DAY = "2026-11-23";
const DAY_MS = 86_400_000;
const STEPS = 60;
/** Once everything works again: silence of twenty seconds, a wait of fifteen, half a minute until a stalled line is given up. */
const HEAL_MS = 90_000;
/** What a lost message has left is found by a digest; two of them in a row are not followed at once. */
const AGREE_MS = 5 * 60_000 + 2 * DIGEST_MS;

/** Who stands in the hall; the desk and the board only look. */
const PLACES: readonly Viewer[] = [
  { role: "kiosk", deviceId: "kiosk-1", counterId: null },
  { role: "kiosk", deviceId: "kiosk-2", counterId: null },
  { role: "window", deviceId: "window-1", counterId: "1" },
  { role: "window", deviceId: "window-2", counterId: "2" },
  { role: "review", deviceId: "review-1", counterId: "1" },
  { role: "display", deviceId: "display-1", counterId: null },
  { role: "desk", deviceId: "desk-1", counterId: null },
];

export interface HallReport {
  readonly days: number;
  readonly events: number;
  readonly acts: number;
  readonly faults: number;
  /** SHA-256 of the log and of all that people were told: the same for the same seed. */
  readonly trace: string;
  /** Whatever does not hold; empty when the books balance. */
  readonly violations: readonly string[];
}

/**
 * One hall over some days in virtual time: terminals with the product's own store, sync and acts on a network that does everything a network
 * does, people, and a node in memory that decides by the product's rules. All of it by seed: the same seed is the same run, alarm by alarm.
 */
class Hall {
  readonly violations: string[] = [];
  private readonly time = new VirtualTime();
  private readonly random: Random;
  private readonly node: ScriptedNode;
  private readonly posts: readonly Post[];
  private readonly doing = new Set<Promise<void>>();
  private ids = 0;
  private nights = 0;
  private acts = 0;
  private faults = 0;
  /** Head of the log when everybody was there: no backup is older. */
  private opened = 0;
  /** Deleting a database takes along what a restored node would need again: a hall has one of the two. */
  private readonly losesDatabases: boolean;

  constructor(private readonly seed: number) {
    this.random = new Random(seed);
    this.losesDatabases = seed % 2 === 0;
    const { time, random } = this;
    const after = (ms: number, act: () => void) => time.after(ms, act);
    const wallNow = () => MONDAY_NINE + this.nights * DAY_MS + time.now;
    const monotonicNow = () => time.now;
    this.node = new ScriptedNode(testPlan({ leaseSize: 40, leaseDaysAhead: 1 }), FIRST_DAY, {
      now: wallNow,
      monotonic: monotonicNow,
      after,
      latency: () => random.between(1, 40),
    });
    const place: MachinePlace = {
      wallNow,
      monotonicNow,
      after,
      random: () => random.next(),
      newId: () => {
        this.ids += 1;
        return `0000000d-0000-7000-8000-${String(this.ids).padStart(12, "0")}`;
      },
      crypto: cryptoIn(time),
      fetch: this.answerLogin,
    };
    this.sendDigests();
    this.posts = PLACES.map((viewer) => new Post(viewer, this.node, place));
  }

  async live(days: number): Promise<HallReport> {
    for (let day = 0; day < days && this.violations.length === 0; day += 1) {
      await this.morning(day);
      await this.busyDay();
      if (day === days - 1 || this.random.next() < 0.7) await this.heal();
      for (const post of this.posts) await this.passing(post.close());
      this.nights += 1;
    }
    const { log } = this.node;
    const told = this.posts.map(({ confirmed, refused }) => [confirmed, refused]);
    const trace = createHash("sha256")
      .update(JSON.stringify([log, told]))
      .digest("hex");
    const { acts, faults, violations } = this;
    return { days, events: log.length, acts, faults, trace, violations };
  }

  private async morning(day: number): Promise<void> {
    if (day > 0) this.node.decideAs(nodeActor, { type: "OpenDay", data: { day: addDays(FIRST_DAY, day) } });
    for (const post of this.posts) await this.passing(post.open());
    for (const post of this.posts) await this.signIn(post);
    if (day > 0) return;
    await this.time.until(() => this.posts.every(isOnline), HEAL_MS);
    this.opened = this.node.log.length;
  }

  /** Who works at a counter or a desk signs in, when the node can be asked; a session outlives a restart, not the night. */
  private async signIn({ viewer, terminal }: Post): Promise<void> {
    if (terminal === null || (viewer.role !== "window" && viewer.role !== "desk")) return;
    if (terminal.clerk.get() === null) await this.passing(terminal.login(viewer.deviceId, "password"));
  }

  private async busyDay(): Promise<void> {
    const { random, time, posts } = this;
    for (let step = 0; step < STEPS; step += 1) {
      this.actSomewhere(random.pick(posts));
      if (random.next() < 0.2) await this.fault();
      // Mostly seconds; now and then minutes in which only the clocks move.
      await time.pass(random.next() < 0.03 ? random.between(60_000, 300_000) : random.between(50, 3_000));
      for (const post of posts) this.violations.push(...[...post.look()].map((what) => this.named(what)));
    }
  }

  /** Begins an act and goes on: at the other terminals people act meanwhile. */
  private actSomewhere(post: Post): void {
    const { role, deviceId, counterId } = post.viewer;
    const { random } = this;
    const doing = post.act(async (port) => {
      this.acts += 1;
      if (role === "kiosk") await actAtKiosk(port, deviceId, random);
      else if (role === "window" && counterId !== null) await actAtWindow(port, counterId, random);
      else if (role === "review" && counterId !== null) await actAtReview(port, counterId, random);
    });
    const done = doing
      .catch((error: unknown) => void this.violations.push(this.named(`${deviceId}: ${String(error)}`)))
      .finally(() => this.doing.delete(done));
    this.doing.add(done);
  }

  private async fault(): Promise<void> {
    const { node, random, losesDatabases } = this;
    const post = random.pick(this.posts);
    const hours = random.pick([-24 * 365, -2, 2, 24, 24 * 3_650]);
    const faults: readonly (() => unknown)[] = [
      () => node.cut(),
      () => ((node.down = true), node.cut()),
      () => (node.down = false),
      () => (node.deaf = !node.deaf),
      () => node.freeze(),
      () => (node.tamper = this.tamper()),
      () => (node.tamper = (text) => [text]),
      () => (post.machine.wallError = hours * 3_600_000),
      () => (node.clockAhead = random.between(-3_600_000, 3_600_000)),
      () => post.sleep(random.between(1_000, 60_000)),
      () => this.restart(post, false),
      () => this.restart(post, losesDatabases),
      () => (losesDatabases ? undefined : node.restore(this.backup(), `epoch-${String((this.ids += 1))}`)),
    ];
    this.faults += 1;
    await random.pick(faults)();
  }

  private backup(): number {
    return Math.max(this.opened, this.node.log.length - this.random.between(1, 8));
  }

  private async restart(post: Post, losesDatabase: boolean): Promise<void> {
    await this.passing(post.close());
    if (losesDatabase) await this.passing(post.deleteDatabase());
    await this.passing(post.open());
    await this.signIn(post);
  }

  /** A network that doubles, loses, cuts, and swaps what it carries. */
  private tamper(): Tamper {
    const { random } = this;
    const held = new WeakMap<object, string>();
    return random.pick<Tamper>([
      (text) => [text, text],
      (text) => (random.next() < 0.2 ? [] : [text]),
      (text) => (random.next() < 0.1 ? [text.slice(0, text.length / 2)] : [text]),
      (text, _message, line) => {
        const late = held.get(line);
        if (late === undefined && random.next() < 0.2) {
          held.set(line, text);
          return [];
        }
        held.delete(line);
        return late === undefined ? [text] : [text, late];
      },
    ]);
  }

  /** The storm ends. By itself and in time everything that was confirmed is in the log once, and everybody holds what they may see. */
  private async heal(): Promise<void> {
    const { node, time, posts } = this;
    node.down = false;
    node.deaf = false;
    node.clockAhead = 0;
    node.tamper = (text) => [text];
    await time.until(() => this.doing.size === 0, HEAL_MS);
    const agrees = ({ terminal, viewer }: Post): boolean =>
      terminal !== null && stateDigest(terminal.hall.get()) === stateDigest(visibleState(node.state, viewer));
    const isIdle = (post: Post): boolean => isOnline(post) && post.terminal?.connection.get().outbox === 0;
    // The age of the oldest act that waits is the oracle for a silent stall: after so long there is none.
    await time.until(() => posts.every(isIdle), HEAL_MS);
    for (const { name, terminal } of posts) {
      const { link, outbox, oldestMs } = terminal?.connection.get() ?? {};
      if (outbox !== 0)
        this.fail(`${name} (${link ?? ""}) still holds ${String(outbox)} acts, the oldest for ${String(oldestMs)} ms`);
    }
    const isSettled = (post: Post): boolean => agrees(post) && post.terminal?.connection.get().stalled === false;
    await time.until(() => posts.every(isSettled), AGREE_MS);
    for (const post of posts) {
      const { name, terminal, confirmed, refused } = post;
      const { link, stalled } = terminal?.connection.get() ?? {};
      if (!agrees(post)) this.fail(`${name} (${link ?? ""}) holds another hall than it may see`);
      else if (stalled === true) this.fail(`${name} says that it is stalled, and is not`);
      for (const id of confirmed) {
        const answer = node.answerTo(id);
        const isTold = answer?.status === "refused" && terminal?.notices.get().some((notice) => notice.id.includes(id));
        if (answer?.status !== "accepted" && isTold !== true)
          this.fail(`${name}: ${id} was confirmed, and is ${answer?.status ?? "lost"}`);
      }
      for (const id of refused)
        if (node.answerTo(id)?.status === "accepted") this.fail(`${name}: ${id} was told as refused, and is accepted`);
    }
    const ids = node.commandIds();
    if (new Set(ids).size !== ids.length) this.fail("an act is in the log twice");
    const taken = node.log.flatMap((event) =>
      event.type === "TicketTaken" ? `${event.data.day} ${event.data.number}` : [],
    );
    if (new Set(taken).size !== taken.length) this.fail("a number was given twice");
  }

  /** As the center does: what a terminal holds is compared now and then. */
  private sendDigests(): void {
    this.time.after(DIGEST_MS, () => {
      this.node.tellDigests();
      this.sendDigests();
    });
  }

  private fail(what: string): void {
    this.violations.push(this.named(what));
  }

  private named(what: string): string {
    return `seed ${String(this.seed)}, day ${String(this.nights + 1)}: ${what}`;
  }

  /** Waits for work that needs time to pass. */
  private async passing<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const done = work.finally(() => (isOver = true));
    done.catch(() => undefined);
    if (!(await this.time.until(() => isOver, HEAL_MS)))
      throw new Error(this.named("a terminal does not start or end"));
    return done;
  }

  private readonly answerLogin = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const asked = url instanceof Request ? url.url : String(url);
    if (this.node.down || !asked.endsWith("/api/login")) throw new TypeError("fetch failed");
    const { clerkNo } = JSON.parse(init?.body as string) as { clerkNo: string };
    return Promise.resolve(Response.json({ clerkId: `clerk-${clerkNo}`, clerkNo, name: clerkNo, duty: "clerk" }));
  };
}

const isOnline = ({ terminal }: Post): boolean => terminal?.connection.get().link === "online";

/** Lives some days of one hall. */
export const liveHall = (seed: number, days: number): Promise<HallReport> => new Hall(seed).live(days);
