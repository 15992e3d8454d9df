import { z } from "zod";
import type { CommandType } from "../hall/commands.ts";

/** What a terminal is for (system.md). `node` is the hall node itself, `page` a page that it serves to a person's phone. */
export const terminalRoleSchema = z.enum(["window", "kiosk", "review", "display", "desk", "setup"]);
export type TerminalRole = z.infer<typeof terminalRoleSchema>;
export type ActorRole = TerminalRole | "node" | "page";

/** Who did it: filled in by the node from the terminal's session, never taken from the command. */
export interface Actor {
  readonly role: ActorRole;
  readonly deviceId: string | null;
  readonly clerkId: string | null;
  /** The counter that a review terminal belongs to. */
  readonly counterId: string | null;
  /** Of a desk in a department: it works on its own cases and on nothing else of the hall. */
  readonly department?: string | null;
}

const counterCaseActs: readonly CommandType[] = [
  "LeaseCaseNumbers",
  "OpenIntake",
  "ChangeApplicant",
  "FillForm",
  "ReceiveMaterial",
  "GiveBackMaterial",
  "IssueCorrection",
  "AcceptIntake",
  "AcceptWithTolerance",
  "AcceptOnCommitment",
  "RefuseIntake",
  "WithdrawIntake",
  "IssueDocument",
  "SignDocument",
  "PrintDocument",
  "TakeIntake",
  "LeaveIntake",
  "SetPlatformNumber",
  "ResubmitCase",
  "DecideCase",
  "HandOutResult",
  "ConfirmDelivery",
];

const departmentActs: readonly CommandType[] = [
  "TakeCase",
  "LeaveCase",
  "SetPlatformNumber",
  "ReturnCase",
  "StartSpecialProcedure",
  "EndSpecialProcedure",
  "DecideCase",
  "HandOutResult",
  "ConfirmDelivery",
  "IssueDocument",
  "SignDocument",
  "PrintDocument",
];

const windowActs: readonly CommandType[] = [
  "OpenCounter",
  "PauseCounter",
  "ResumeCounter",
  "CloseCounter",
  "CallNext",
  "WithdrawCall",
  "RecallTicket",
  "MissTicket",
  "ReturnTicket",
  "CancelTicket",
  "PinTicket",
  "TransferTicket",
  "BeginService",
  "ParkService",
  "ResumeService",
  "EndService",
  "ReopenService",
  "AnswerHelp",
  ...counterCaseActs,
];

const deskActs: readonly CommandType[] = [
  "AssignRectification",
  "VerifyRectification",
  "MeasureRectification",
  "AnswerRectification",
  "RecordCallBack",
  "CloseRectification",
  "ReopenRectification",
  "AppealReview",
  "DecideAppeal",
  "JudgeReview",
];

/** The one table of who may send what: it draws the buttons and refuses on the node. */
const mayIssueTable: Readonly<Record<ActorRole, readonly CommandType[]>> = {
  node: ["SetHallPlan", "OpenDay", "CancelTicket", "EscalateRectification", "BookAppointment", "CancelAppointment"],
  page: ["GiveReview"],
  window: windowActs,
  kiosk: [
    "TakeTicket",
    "RecordPrint",
    "CancelTicket",
    "LeaseNumbers",
    "RequestHelp",
    "GiveReview",
    "BookAppointment",
    "CancelAppointment",
  ],
  review: ["GiveReview", "CloseReview", "RequestHelp"],
  display: ["RequestHelp"],
  desk: [
    "TakeTicket",
    "ReturnTicket",
    "CancelTicket",
    "PinTicket",
    "OpenCounter",
    "CloseCounter",
    "SetCounterBusinesses",
    "BookAppointment",
    "CancelAppointment",
    "PublishNotice",
    "WithdrawNotice",
    "AnswerHelp",
    "SetHallPlan",
    "TakeIntake",
    ...departmentActs,
    ...deskActs,
  ],
  setup: [],
};

/** Whether a role may send a command at all; whether it fits now is for `decide`. */
export const mayIssue = (actor: Pick<Actor, "role" | "department">, type: CommandType): boolean =>
  (actor.department == null ? mayIssueTable[actor.role] : departmentActs).includes(type);
