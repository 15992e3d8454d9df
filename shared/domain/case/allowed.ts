import type { CaseCommandType } from "./commands.ts";
import type { CaseState, IntakeState } from "./intake.ts";

/** Acts on an intake that depend on its state. */
export type IntakeAct = Extract<
  CaseCommandType,
  | "ChangeApplicant"
  | "FillForm"
  | "ReceiveMaterial"
  | "GiveBackMaterial"
  | "IssueCorrection"
  | "AcceptIntake"
  | "AcceptWithTolerance"
  | "AcceptOnCommitment"
  | "RefuseIntake"
  | "WithdrawIntake"
  | "TakeIntake"
  | "LeaveIntake"
>;

/** Acts on a case that depend on its state. */
export type CaseAct = Extract<
  CaseCommandType,
  | "TakeCase"
  | "LeaveCase"
  | "ReturnCase"
  | "ResubmitCase"
  | "StartSpecialProcedure"
  | "EndSpecialProcedure"
  | "DecideCase"
  | "HandOutResult"
  | "ConfirmDelivery"
>;

const atCounter: readonly IntakeAct[] = [
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
  "TakeIntake",
  "LeaveIntake",
];

const intakeTable: Readonly<Record<IntakeState, readonly IntakeAct[]>> = {
  open: atCounter,
  correcting: atCounter,
  // What was owed after a tolerance, or asked for by the department, still comes in.
  accepted: ["ReceiveMaterial", "TakeIntake", "LeaveIntake"],
  refused: [],
  withdrawn: [],
};

const caseTable: Readonly<Record<CaseState, readonly CaseAct[]>> = {
  intake: [],
  refused: [],
  withdrawn: [],
  inTray: ["TakeCase", "LeaveCase", "ReturnCase", "StartSpecialProcedure", "DecideCase"],
  returned: ["ResubmitCase", "DecideCase"],
  special: ["EndSpecialProcedure", "TakeCase", "LeaveCase"],
  decided: ["HandOutResult"],
  sent: ["ConfirmDelivery"],
  delivered: [],
  handedOut: [],
};

/** The one table of allowed acts at the counter: it draws the buttons and refuses on the node. */
export const allowsIntakeAct = (state: IntakeState, act: IntakeAct): boolean => intakeTable[state].includes(act);

/** The one table of allowed acts behind the counter. */
export const allowsCaseAct = (state: CaseState, act: CaseAct): boolean => caseTable[state].includes(act);
