import {
  DIGEST_MS,
  HEARTBEAT_MS,
  SNAPSHOT_AFTER_EVENTS,
  type CityLink,
  type NodeMessage,
} from "../../shared/contract/api.ts";
import { stateDigest } from "../../shared/domain/hall/digest.ts";
import { toSnapshot, type HallState } from "../../shared/domain/hall/state.ts";
import { visible, visibleState, type Viewer } from "../../shared/domain/hall/visible.ts";
import type { Metrics } from "../metrics.ts";
import type { FedBatch, HallLog } from "./hall-log.ts";
import type { FedEvent } from "./store.ts";

/** A terminal's line, as the feed sees it. */
export interface FeedLine {
  readonly viewer: Viewer;
  /** A message's text, or its bytes in UTF-8. */
  send(text: string | Buffer): void;
  /** Bytes handed over but not yet on the wire. */
  readonly buffered: number;
  /** Ends the line: the terminal cannot keep up. */
  tooSlow(): void;
  /** Ends the line: the log is another one; the terminal comes back and takes a snapshot. */
  restart(): void;
}

/** More than this unsent: the terminal gets nothing more until it has read. */
const BUFFER_PAUSE = 2_000_000;
/** A line that stays full for this long is given up. */
const STUCK_MS = 30_000;
/** A kept snapshot is used for as long as at most this many events have to follow it. */
const SNAPSHOT_REUSE_EVENTS = 500;

/** Ids by which `visible` treats viewers of one role differently. */
export const mentionedIn = (events: readonly FedEvent[]): ReadonlySet<string> => {
  const mentioned = new Set<string>();
  for (const { event } of events) {
    if (!event) continue;
    const { deviceId, counterId } = event.data as { deviceId?: string | null; counterId?: string | null };
    if (deviceId != null) mentioned.add(`d:${deviceId}`);
    // Also none at all: a review terminal without a counter sees the reviews that have none.
    if (counterId !== undefined) mentioned.add(`c:${String(counterId)}`);
  }
  return mentioned;
};

/**
 * Viewers with the same key see the same of a batch: `visible` looks at nothing but the role, the department, whether an
 * event names the viewer's device, and for a review terminal whether it names its counter. `feed.test.ts` holds it to that.
 */
export const classOfBatch = (viewer: Viewer, mentioned: ReadonlySet<string>): string => {
  let key = `${viewer.role} ${viewer.department ?? ""}`;
  if (mentioned.has(`d:${viewer.deviceId}`)) key += ` d:${viewer.deviceId}`;
  const counter = `c:${String(viewer.counterId)}`;
  if (viewer.role === "review" && mentioned.has(counter)) key += ` ${counter}`;
  return key;
};

const classOfState = (viewer: Viewer, state: HallState): string => {
  const { role, deviceId, counterId, department } = viewer;
  const owns =
    (role === "kiosk" && state.leases.some((lease) => lease.deviceId === deviceId)) ||
    state.caseLeases.some((lease) => lease.deviceId === deviceId) ||
    state.anomalies.some((anomaly) => anomaly.deviceId === deviceId) ||
    [...state.help.values()].some((help) => help.deviceId === deviceId);
  return `${role} ${department ?? ""} ${owns ? deviceId : ""} ${role === "review" ? (counterId ?? "") : ""}`;
};

/** The visible events of a list as the inside of a JSON array; empty when there are none, null when it is all of them as they are. */
const partJson = (events: readonly FedEvent[], viewer: Viewer): string | null => {
  const parts: string[] = [];
  let whole = true;
  for (const { seq, event, json } of events) {
    // What came after this program cannot be judged, so nobody sees it.
    const seen = event && visible(event, viewer);
    if (seen !== event || event === null) whole = false;
    if (!seen) continue;
    parts.push(
      seen === event ? json : JSON.stringify({ seq, type: seen.type, v: seen.v, at: seen.at, data: seen.data }),
    );
  }
  return whole ? null : parts.join(",");
};

const wholeJson = (events: readonly FedEvent[]): string => events.map(({ json }) => json).join(",");

const eventsMessage = (from: number, to: number, body: string): string =>
  `{"kind":"events","from":${String(from)},"to":${String(to)},"events":[${body}]}`;

/** One terminal in the feed. */
export class FeedSession {
  /** Up to where the terminal has been told. */
  sent = 0;
  lastSentAt = 0;
  nextDigestAt = 0;
  digestSeq = -1;
  fullSince: number | null = null;

  constructor(readonly line: FeedLine) {}
}

interface KeptSnapshot {
  readonly seq: number;
  readonly json: string;
}

/**
 * Feeds a hall's terminals: each batch is made into text once for all viewers that see the same of it, so that two
 * hundred terminals cost little more than one.
 */
export class Feed {
  private readonly sessions = new Set<FeedSession>();
  private readonly snapshots = new Map<string, KeptSnapshot>();
  private city: CityLink = { state: "none", behind: 0 };

  constructor(
    private readonly hall: HallLog,
    private readonly metrics: Metrics,
    /** Milliseconds that only go forward: heartbeats must not wait for a wall clock that was set back. */
    private readonly clock: () => number,
  ) {
    hall.listen({
      onBatch: (batch) => this.feedBatch(batch),
      onReset: () => {
        this.snapshots.clear();
        for (const session of [...this.sessions]) session.line.restart();
      },
    });
  }

  get size(): number {
    return this.sessions.size;
  }

  get cityLink(): CityLink {
    return this.city;
  }

  /**
   * Brings a terminal up to the head and keeps it there.
   * @param since last event it holds, 0 for none; null: what it holds is not of this log, a snapshot replaces it
   */
  attach(session: FeedSession, since: number | null): void {
    const head = this.hall.head.seq;
    session.nextDigestAt = this.clock() + DIGEST_MS * (0.1 + 0.9 * Math.random());
    this.sessions.add(session);
    if (since !== null && head - since <= SNAPSHOT_AFTER_EVENTS && this.catchUpFrom(session, since)) return;
    this.sendSnapshot(session);
  }

  detach(session: FeedSession): void {
    this.sessions.delete(session);
  }

  /**
   * Everything anew, for a terminal whose state differs.
   * @param reuse how many events old a kept snapshot may be; they follow it at once
   */
  sendSnapshot(session: FeedSession, reuse: number = SNAPSHOT_REUSE_EVENTS): void {
    const { json, seq } = this.snapshotFor(session.line.viewer, reuse);
    this.metrics.count("snapshots_sent");
    this.send(session, `{"kind":"snapshot","seq":${String(seq)},"state":${json}}`);
    session.sent = seq;
    this.catchUpFrom(session, seq);
  }

  /** Tells a terminal that it is up to the head, even when nothing in between was for it. */
  settle(session: FeedSession, head: number): void {
    if (session.fullSince === null && session.sent < head) this.catchUpFrom(session, session.sent);
  }

  setCity(city: CityLink): void {
    if (city.state === this.city.state && city.behind === this.city.behind) return;
    this.city = city;
    const message: NodeMessage = { kind: "city", city };
    this.tellAll(JSON.stringify(message));
  }

  tellAll(text: string): void {
    for (const session of this.sessions) this.send(session, text);
  }

  /** Once a second: heartbeats, digests, lines that were full. */
  tick(): void {
    const now = this.clock();
    const digests = new Map<string, string>();
    for (const session of [...this.sessions]) {
      if (session.fullSince !== null) {
        if (session.line.buffered < BUFFER_PAUSE / 4) {
          session.fullSince = null;
          if (!this.catchUpFrom(session, session.sent)) this.sendSnapshot(session);
        } else if (now - session.fullSince > STUCK_MS) session.line.tooSlow();
        continue;
      }
      if (now - session.lastSentAt >= HEARTBEAT_MS - 500) {
        const { seq } = this.hall.head;
        if (session.sent < seq) {
          this.send(session, eventsMessage(session.sent, seq, ""));
          session.sent = seq;
        } else {
          const beat: NodeMessage = { kind: "city", city: this.city };
          this.send(session, JSON.stringify(beat));
        }
      }
      if (now >= session.nextDigestAt) this.sendDigest(session, now, digests);
    }
  }

  private sendDigest(session: FeedSession, now: number, digests: Map<string, string>): void {
    session.nextDigestAt = now + DIGEST_MS;
    const { seq } = this.hall.head;
    if (session.digestSeq === seq) return;
    const { viewer } = session.line;
    const { state } = this.hall;
    const key = classOfState(viewer, state);
    const digest = digests.get(key) ?? stateDigest(visibleState(state, viewer));
    digests.set(key, digest);
    this.settle(session, seq);
    if (session.sent !== seq) return;
    session.digestSeq = seq;
    const message: NodeMessage = { kind: "digest", seq, digest };
    this.send(session, JSON.stringify(message));
  }

  private snapshotFor(viewer: Viewer, reuse: number): KeptSnapshot {
    const { seq } = this.hall.head;
    const { state } = this.hall;
    const key = classOfState(viewer, state);
    const kept = this.snapshots.get(key);
    if (kept && seq - kept.seq <= reuse) return kept;
    const made = { seq, json: JSON.stringify(toSnapshot(visibleState(state, viewer))) };
    if (this.snapshots.size > 20) this.snapshots.clear();
    this.snapshots.set(key, made);
    return made;
  }

  private catchUpFrom(session: FeedSession, since: number): boolean {
    const { seq } = this.hall.head;
    if (since === seq) {
      session.sent = seq;
      return true;
    }
    const events = this.hall.ring.after(since);
    if (!events) return false;
    const body = partJson(events, session.line.viewer) ?? wholeJson(events);
    this.send(session, Buffer.from(eventsMessage(since, seq, body)));
    session.sent = seq;
    return true;
  }

  private feedBatch(batch: FedBatch): void {
    const mentioned = mentionedIn(batch.events);
    const bodies = new Map<string, string>();
    const texts = new Map<string, Buffer>();
    let whole: string | undefined;
    for (const session of this.sessions) {
      if (session.fullSince !== null) continue;
      const { viewer } = session.line;
      const key = classOfBatch(viewer, mentioned);
      let body = bodies.get(key);
      if (body === undefined) {
        body = partJson(batch.events, viewer) ?? (whole ??= wholeJson(batch.events));
        bodies.set(key, body);
      }
      // Told lazily: the next message, or the heartbeat, covers it.
      if (body === "") continue;
      const textKey = `${String(session.sent)} ${body === whole ? "" : key}`;
      let text = texts.get(textKey);
      if (text === undefined) {
        // Encoded here, or each line would do it again.
        text = Buffer.from(eventsMessage(session.sent, batch.to, body));
        texts.set(textKey, text);
      }
      this.send(session, text);
      session.sent = batch.to;
    }
  }

  private send(session: FeedSession, text: string | Buffer): void {
    session.lastSentAt = this.clock();
    session.line.send(text);
    if (session.line.buffered > BUFFER_PAUSE) session.fullSince ??= this.clock();
  }
}
