import { canonicalJson } from "../../shared/basics/canonical-json.ts";
import type { CommandResult, PersonalRecord } from "../../shared/contract/api.ts";
import type { Command } from "../../shared/domain/hall/commands.ts";
import { decide } from "../../shared/domain/hall/decide.ts";
import { refuse, type DecideContext, type Decision } from "../../shared/domain/hall/decision.ts";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import type { StateBuilder } from "../../shared/domain/hall/evolve.ts";
import type { HallState } from "../../shared/domain/hall/state.ts";
import type { Actor } from "../../shared/domain/identity/roles.ts";
import { applicantKey, idNumberOf } from "../identity/applicant-key.ts";
import type { PersonalBox } from "../identity/personal.ts";
import type { Logger } from "../logger.ts";
import { actorText, hashOfText } from "./canonical.ts";
import { dayToOpen, openDay } from "./open-day.ts";
import { fedJson, type FedEvent, type HallHead } from "./store.ts";
import type { Submission } from "./submission.ts";
import { noteTouched, type Touched } from "./touched.ts";
import { answerLine, type AnomalyRow, type LogRow } from "./write-batch.ts";

/** A command whose events cannot be folded or stored; the others go on without it. */
export class PoisonError extends Error {
  constructor(
    readonly commandId: string,
    cause: unknown,
  ) {
    super(`command ${commandId} cannot be carried out`, { cause });
  }
}

/** What a batch came to: the answers, and all that one COMMIT has to write for them. */
export interface Decided {
  readonly results: Map<string, CommandResult>;
  readonly events: DomainEvent[];
  readonly fed: FedEvent[];
  readonly rows: LogRow[];
  readonly answerLines: string[];
  readonly personalRows: string[];
  readonly anomalies: AnomalyRow[];
  readonly touched: Touched;
  /** The log's head once it is written. */
  head: HallHead;
  accepted: number;
  refused: number;
  /** Came again and were answered as before. */
  duplicates: number;
}

export interface BatchDeciderDeps {
  readonly log: Logger;
  readonly personal: PersonalBox;
  /** What decisions may look up beside the hall's state. */
  readonly knowledge: Pick<DecideContext, "departmentOf">;
}

const nothingDecided = (answered: ReadonlyMap<string, CommandResult>, head: HallHead): Decided => ({
  results: new Map(answered),
  events: [],
  fed: [],
  rows: [],
  answerLines: [],
  personalRows: [],
  anomalies: [],
  touched: { tickets: new Map(), newTickets: new Set(), reviews: new Map(), intakes: new Map(), cases: new Map() },
  head,
  accepted: 0,
  refused: 0,
  duplicates: 0,
});

/** Decides a hall's commands one after the other, each upon the state that the one before it left. */
export class BatchDecider {
  /** Commands that are refused because carrying them out failed. */
  readonly poison = new Set<string>();

  constructor(
    private readonly hallId: string,
    private readonly deps: BatchDeciderDeps,
  ) {}

  /**
   * @param ahead the state before the batch; afterwards the state after it
   * @param answered commands that were answered before, and how
   * @throws PoisonError
   */
  decide(
    ahead: StateBuilder,
    batch: readonly Submission[],
    answered: ReadonlyMap<string, CommandResult>,
    head: HallHead,
    now: number,
  ): Decided {
    const decided = nothingDecided(answered, head);
    this.openDayIfDue(ahead, now, decided);
    for (const submission of batch) {
      const { id, type } = submission.command;
      if (decided.results.has(id)) {
        if (answered.has(id)) decided.duplicates += 1;
        continue;
      }
      this.decideOne(ahead, submission, now, decided);
      // A plan makes the hall's calendar known.
      if (type === "SetHallPlan") this.openDayIfDue(ahead, now, decided);
    }
    return decided;
  }

  private openDayIfDue(ahead: StateBuilder, now: number, decided: Decided): void {
    const day = dayToOpen(ahead.state, now);
    if (day !== null) this.decideOne(ahead, openDay(day, now), now, decided);
  }

  private decideOne(ahead: StateBuilder, submission: Submission, now: number, decided: Decided): void {
    const { actor, personal } = submission;
    const commandId = submission.command.id;
    const decision = this.tryDecide(ahead.state, this.asCarriedOut(submission, now), actor, now);
    if (!decision.ok) {
      decided.refused += 1;
      decided.results.set(commandId, { commandId, status: "refused", refusal: decision.error });
      const refusal = JSON.stringify(decision.error);
      decided.answerLines.push(answerLine(this.hallId, commandId, actor.deviceId, now, null, refusal));
      return;
    }
    decided.accepted += 1;
    const actorJson = decision.value.length > 0 ? actorText(actor) : "";
    for (const event of decision.value) this.append(ahead, event, commandId, actorJson, now, decided);
    const { seq } = decided.head;
    decided.results.set(commandId, { commandId, status: "accepted", seq });
    if (decision.value.length === 0)
      decided.answerLines.push(answerLine(this.hallId, commandId, actor.deviceId, now, seq, null));
    for (const record of personal)
      if (record.kind !== "person") decided.personalRows.push(this.personalRow(record, commandId));
  }

  private personalRow(record: PersonalRecord, commandId: string): string {
    const { id, kind } = record;
    return JSON.stringify({ id, kind, cmd: commandId, box: this.deps.personal.seal(this.hallId, record) });
  }

  /** No earlier than it can have been made, and with the person's key instead of the person. */
  private asCarriedOut({ command, notBefore, personal }: Submission, now: number): Command {
    const isTooEarly = command.mode === "record" && notBefore !== null && command.at < notBefore;
    return this.withPersonKey(isTooEarly ? { ...command, at: Math.min(notBefore, now) } : command, personal);
  }

  /** Who takes a number is turned into a key here and forgotten; who applies is kept sealed beside it. */
  private withPersonKey(command: Command, personal: readonly PersonalRecord[]): Command {
    if (command.type === "OpenIntake" || command.type === "ChangeApplicant") {
      const { applicantId } = command.data;
      const record = personal.find(({ id, kind }) => id === applicantId && kind === "applicant");
      const idNo = record && idNumberOf(record.value);
      const personKey = idNo === undefined ? null : this.deps.personal.personKey(this.hallId, applicantKey(idNo));
      return { ...command, data: { ...command.data, personKey } } as Command;
    }
    if (command.type !== "TakeTicket" && command.type !== "BookAppointment") return command;
    const person = personal.find(({ kind }) => kind === "person");
    if (person === undefined) return command;
    const personKey = this.deps.personal.personKey(this.hallId, person.value);
    return { ...command, data: { ...command.data, personKey } } as Command;
  }

  private tryDecide(state: HallState, command: Command, actor: Actor, now: number): Decision {
    if (this.poison.has(command.id)) return refuse("bad_command");
    try {
      return decide(state, command, { now, actor, ...this.deps.knowledge });
    } catch (error) {
      this.deps.log.error(
        { event: "hall.decide_failed", hall: this.hallId, command: command.id, type: command.type, err: error },
        "a command cannot be decided",
      );
      return refuse("bad_command");
    }
  }

  private append(
    ahead: StateBuilder,
    event: DomainEvent,
    commandId: string,
    actor: string,
    recordedAt: number,
    decided: Decided,
  ): void {
    const { head, touched } = decided;
    const seq = head.seq + 1;
    const data = canonicalJson(event.data);
    const { type, v, at } = event;
    const record = { hallId: this.hallId, seq, type, v, at, recordedAt, commandId, actor, data, prevHash: head.hash };
    const hash = hashOfText(record);
    try {
      ahead.apply([event]);
      noteTouched(ahead.state, event, touched);
    } catch (error) {
      throw new PoisonError(commandId, error);
    }
    if (event.type === "AnomalyRecorded") decided.anomalies.push(anomalyRow(event, seq));
    decided.rows.push({ ...record, hash });
    decided.events.push(event);
    decided.fed.push({ seq, event, json: fedJson({ seq, type, v, at }, data) });
    decided.head = { ...head, seq, hash, recordedAt };
  }
}

const anomalyRow = (event: Extract<DomainEvent, { type: "AnomalyRecorded" }>, seq: number): AnomalyRow => {
  const { anomalyId, commandType, code, deviceId, ticketId, counterId, number } = event.data;
  return {
    anomaly_id: anomalyId,
    seq,
    at: event.at,
    command_type: commandType,
    code,
    device_id: deviceId,
    ticket_id: ticketId,
    counter_id: counterId,
    number,
  };
};
