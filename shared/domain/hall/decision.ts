import { err, type Result } from "../../basics/result.ts";
import type { Actor } from "../identity/roles.ts";
import type { Command } from "./commands.ts";
import type { DomainEvent, EventData, EventType } from "./events.ts";
import type { Refusal, RefusalCode } from "./refusal.ts";
import type { HallState } from "./state.ts";

/** Everything that a decision needs from outside. */
export interface DecideContext {
  /** The hall's time now, milliseconds since 1970 UTC. */
  readonly now: number;
  readonly actor: Actor;
  /** The department of a service item, where the catalogue is at hand. */
  readonly departmentOf?: (itemCode: string) => string | null;
}

export type Decision = Result<readonly DomainEvent[], Refusal>;

/** A refusal with the values that its sentence names. */
export const refuse = (code: RefusalCode, params: Refusal["params"] = {}): Result<never, Refusal> =>
  err({ code, params });

/** An event at version 1. */
export const happened = <T extends EventType>(type: T, at: number, data: EventData[T]): DomainEvent =>
  ({ type, v: 1, at, data }) as unknown as DomainEvent;

/** The instant that an act counts from: a claim is made now, a record tells when it was. */
export const instantOf = (command: Command, context: DecideContext): number =>
  command.mode === "record" ? Math.min(command.at, context.now) : context.now;

/** The anomaly that stands for a record which did not fit. */
export const anomalyOf = (
  state: HallState,
  command: Command,
  context: DecideContext,
  code: RefusalCode,
): DomainEvent => {
  const data = command.data as Partial<
    Record<"ticketId" | "counterId" | "reviewId" | "intakeId" | "caseId", string | null>
  >;
  const ticketId = data.ticketId ?? data.reviewId?.split(".")[0] ?? null;
  return happened("AnomalyRecorded", instantOf(command, context), {
    anomalyId: command.id,
    commandId: command.id,
    commandType: command.type,
    code,
    deviceId: context.actor.deviceId,
    ticketId,
    counterId: data.counterId ?? null,
    number:
      state.cases.get(data.caseId ?? "")?.number ??
      state.intakes.get(data.intakeId ?? "")?.number ??
      state.tickets.get(ticketId ?? "")?.number ??
      null,
  });
};
