import type { CommandType } from "../hall/commands.ts";
import type { OrderChannel } from "../work-order/work-order.ts";
import type { FleetAct } from "../fleet/acts.ts";
import type { Duty } from "./roles.ts";

/**
 * Who stands in front of a terminal, as rights go: the roles of terminals, a duty manager at the duty desk and a desk that works for
 * one department apart from the duty desk's clerks, the hall's technician, the node itself, and a page that it serves to a person's phone.
 */
export const groups = [
  "kiosk",
  "display",
  "review",
  "window",
  "desk",
  "manager",
  "technician",
  "department",
  "setup",
  "page",
  "node",
] as const;
export type Group = (typeof groups)[number];

/** What a right is about. */
export const matters = [
  "plan",
  "queue",
  "appointments",
  "notices",
  "help",
  "reviews",
  "reviewClaims",
  "rectifications",
  "cases",
  "workOrders",
  "ledgers",
  "anomalies",
] as const;
export type Matter = (typeof matters)[number];

/**
 * What a group gets of a matter's events. `all`; `masked`: without what is nobody's business there; `own`: only what concerns this
 * terminal, counter or department. Left out: nothing.
 */
export type Sight = "all" | "masked" | "own";

/** Who has what the desk has, and more. */
type Duties = "manager" | "technician";

/** One line of the matrix. A manager has all that a desk has; only what he or she alone may do names the manager. */
interface Rights {
  readonly see: Readonly<Partial<Record<Exclude<Group, Duties>, Sight>>>;
  /** Command → who may send it at all; whether it fits now is for `decide`. */
  readonly act: Readonly<Partial<Record<CommandType, readonly Group[]>>>;
  /** Who may take lists and figures of it out of the system. Each time is noted. */
  readonly take: readonly Group[];
  /** Who may read the personal data that belong to it. Each time is noted with its reason. */
  readonly reveal: readonly Group[];
  /** Who is told by name which clerk did something in it. Events hold ids only. */
  readonly named: readonly Group[];
}

const staff = { window: "all", desk: "all" } as const;
const everyScreen = { kiosk: "masked", display: "masked", review: "masked" } as const;
const atCounter: readonly Group[] = ["window"];
const behindCounter: readonly Group[] = ["desk", "department"];
const counterAndBehind: readonly Group[] = ["window", "desk", "department"];

/**
 * The one matrix of who may see, do, take out and reveal what. `mayIssue` draws the buttons and refuses on the node by it; a property
 * test holds `visible` to it; the center's routes ask it before an export or a reveal.
 */
export const permissions: Readonly<Record<Matter, Rights>> = {
  plan: {
    see: { ...everyScreen, window: "masked", desk: "all", department: "masked", setup: "masked" },
    act: { SetHallPlan: ["node"], ChangeHallPlan: ["manager"] },
    take: [],
    reveal: [],
    named: ["desk"],
  },
  queue: {
    see: { ...everyScreen, window: "masked", desk: "masked", department: "masked" },
    act: {
      OpenDay: ["node"],
      LeaseNumbers: ["kiosk"],
      OpenCounter: ["window", "desk"],
      PauseCounter: atCounter,
      ResumeCounter: atCounter,
      CloseCounter: ["window", "desk"],
      SetCounterBusinesses: ["desk"],
      TakeTicket: ["kiosk", "desk"],
      RecordPrint: ["kiosk"],
      CallNext: atCounter,
      WithdrawCall: atCounter,
      RecallTicket: atCounter,
      MissTicket: atCounter,
      ReturnTicket: ["window", "desk"],
      CancelTicket: ["window", "desk", "kiosk", "node"],
      PinTicket: ["window", "desk"],
      TransferTicket: ["window", "desk"],
      BeginService: atCounter,
      ParkService: atCounter,
      ResumeService: atCounter,
      EndService: atCounter,
      ReopenService: atCounter,
    },
    take: ["desk"],
    reveal: [],
    named: ["desk"],
  },
  appointments: {
    see: { kiosk: "masked", window: "masked", desk: "masked" },
    act: { BookAppointment: ["desk", "kiosk", "page", "node"], CancelAppointment: ["desk", "kiosk", "page", "node"] },
    take: [],
    reveal: ["desk"],
    named: ["desk"],
  },
  notices: {
    see: { ...staff, kiosk: "all", display: "all", review: "all" },
    act: { PublishNotice: ["desk"], WithdrawNotice: ["desk"] },
    take: [],
    reveal: [],
    named: ["desk"],
  },
  help: {
    see: { ...staff, kiosk: "own", display: "own", review: "own" },
    act: { RequestHelp: ["kiosk", "review", "display"], AnswerHelp: ["window", "desk"] },
    take: [],
    reveal: [],
    named: ["desk"],
  },
  reviews: {
    see: { review: "own", window: "masked", desk: "all" },
    act: { GiveReview: ["review", "page"], CloseReview: ["review"], JudgeReview: ["desk"] },
    take: ["desk"],
    reveal: ["desk"],
    named: [],
  },
  /** Reviews by number, before the node has found the service: the kiosk that sends one gets nothing back. */
  reviewClaims: {
    see: { kiosk: "own" },
    act: { ClaimReview: ["kiosk"] },
    take: [],
    reveal: [],
    named: [],
  },
  rectifications: {
    see: { desk: "all" },
    act: {
      AssignRectification: ["desk"],
      VerifyRectification: ["desk"],
      MeasureRectification: ["desk"],
      AnswerRectification: ["desk"],
      RecordCallBack: ["desk"],
      CloseRectification: ["desk"],
      ReopenRectification: ["desk"],
      AppealReview: ["desk"],
      DecideAppeal: ["desk"],
      EscalateRectification: ["node"],
    },
    take: ["desk"],
    reveal: ["desk"],
    named: ["desk"],
  },
  cases: {
    see: { kiosk: "own", display: "own", review: "own", window: "masked", desk: "masked", department: "own" },
    act: {
      LeaseCaseNumbers: atCounter,
      OpenIntake: atCounter,
      ChangeApplicant: atCounter,
      FillForm: atCounter,
      ReceiveMaterial: atCounter,
      GiveBackMaterial: atCounter,
      IssueCorrection: atCounter,
      AcceptIntake: atCounter,
      AcceptWithTolerance: atCounter,
      AcceptOnCommitment: atCounter,
      RefuseIntake: atCounter,
      WithdrawIntake: atCounter,
      IssueDocument: counterAndBehind,
      SignDocument: counterAndBehind,
      PrintDocument: counterAndBehind,
      TakeIntake: ["window", "desk"],
      LeaveIntake: atCounter,
      SetPlatformNumber: counterAndBehind,
      ResubmitCase: atCounter,
      TakeCase: behindCounter,
      LeaveCase: behindCounter,
      ReturnCase: behindCounter,
      StartSpecialProcedure: behindCounter,
      EndSpecialProcedure: behindCounter,
      DecideCase: counterAndBehind,
      HandOutResult: counterAndBehind,
      ConfirmDelivery: counterAndBehind,
    },
    take: ["desk"],
    reveal: counterAndBehind,
    named: behindCounter,
  },
  workOrders: {
    // Whoever may raise one learns its number, to tell the person.
    see: { kiosk: "masked", window: "masked", desk: "all", department: "own" },
    act: {
      RaiseWorkOrder: ["window", "kiosk", "desk", "node"],
      EditWorkOrder: ["desk"],
      TakeWorkOrderIn: ["desk"],
      RejectWorkOrder: ["desk"],
      DispatchWorkOrder: ["desk"],
      PauseWorkOrder: ["desk"],
      ResumeWorkOrder: ["desk"],
      ReportOrderToCity: ["desk"],
      RecordCityAnswer: ["desk"],
      VerifyWorkOrder: ["desk"],
      CallBackOrder: ["desk"],
      CloseWorkOrder: ["desk"],
      ReopenWorkOrder: ["desk"],
      SuperviseWorkOrder: ["desk"],
      StrikeWorkOrder: ["desk"],
      CorrectOrderReport: ["desk"],
      AcceptWorkOrder: behindCounter,
      ReturnWorkOrder: behindCounter,
      ExtendWorkOrder: behindCounter,
      HoldOrderMeeting: behindCounter,
      AnswerWorkOrder: behindCounter,
      RecordGuideChange: behindCounter,
      EscalateWorkOrder: ["node"],
      FileOrderReports: ["node"],
    },
    take: behindCounter,
    reveal: behindCounter,
    named: behindCounter,
  },
  ledgers: {
    // Which ledgers, by its definition in the plan.
    see: { window: "own", desk: "own", department: "own" },
    act: {
      OpenLedgerEntry: ["window", "desk", "department", "page"],
      MoveLedgerEntry: counterAndBehind,
      AmendLedgerEntry: counterAndBehind,
      RemindLedgerEntry: ["node"],
      EscalateLedgerEntry: ["node"],
    },
    take: counterAndBehind,
    reveal: counterAndBehind,
    named: behindCounter,
  },
  anomalies: {
    see: { kiosk: "own", display: "own", review: "own", window: "own", desk: "all", department: "own" },
    act: {},
    take: [],
    reveal: [],
    named: ["desk"],
  },
};

const technical: readonly Group[] = ["manager", "technician"];

/** Who may do what with the hall's terminals; a city's with those of its halls. It is no event of the log, each time is noted. */
export const terminalRights: Readonly<Record<"see" | FleetAct, readonly Group[]>> = {
  see: ["desk"],
  lock: technical,
  unlock: technical,
  rename: technical,
  role: technical,
  revoke: technical,
  logs: technical,
  readSettings: technical,
  applySettings: technical,
};

/** Who sees which releases of the terminals' program there are, and who gives them out and halts them. Each time is noted. */
const releaseRights: Readonly<Record<"see" | "change", readonly Group[]>> = { see: ["desk"], change: technical };

/** Which way in each group may name when it raises a work order: a terminal only its own; the node what comes from outside. */
const raisedBy: Readonly<Partial<Record<Group, readonly OrderChannel[]>>> = {
  kiosk: ["kiosk"],
  window: ["counter"],
  desk: ["desk"],
  node: ["phone", "hotline", "onlineHall"],
};

/** Who sends or asks: a terminal's role, the department of a desk that works for one, the duty of who is signed in at a desk. */
export interface Asker {
  readonly role: Exclude<Group, "department" | Duties>;
  readonly department?: string | null;
  readonly duty?: Duty;
}

/** The group of an asker, but for what he or she may do beyond it by a duty. */
export const groupOf = ({ role, department }: Asker): Exclude<Group, Duties> =>
  role === "desk" && department != null ? "department" : role;

const groupsOf = (asker: Asker): readonly Group[] => {
  const { duty = "clerk" } = asker;
  return groupOf(asker) === "desk" && duty !== "clerk" ? ["desk", duty] : [groupOf(asker)];
};

const senders: ReadonlyMap<string, readonly Group[]> = new Map(
  matters.flatMap((matter) => Object.entries(permissions[matter].act)),
);

/** Whether a role may send a command at all; whether it fits now is for `decide`. */
export const mayIssue = (asker: Asker, type: CommandType): boolean =>
  groupsOf(asker).some((group) => senders.get(type)?.includes(group) === true);

/** Whether somebody may see the releases of the terminals' program, or change whom they reach. */
export const mayRelease = (asker: Asker, act: "see" | "change"): boolean =>
  groupsOf(asker).some((group) => releaseRights[act].includes(group));

/** Whether somebody may see the hall's terminals, or do something with one. */
export const mayServe = (asker: Asker, act: "see" | FleetAct): boolean =>
  groupsOf(asker).some((group) => terminalRights[act].includes(group));

/** Whether somebody may take lists or figures of a matter out of the system. */
export const mayTake = (asker: Asker, matter: Matter): boolean => permissions[matter].take.includes(groupOf(asker));

/** Whether somebody is told by name which clerk did something in a matter. */
export const mayName = (asker: Asker, matter: Matter): boolean => permissions[matter].named.includes(groupOf(asker));

/** Whether somebody may read the personal data of a matter. */
export const mayReveal = (asker: Asker, matter: Matter): boolean => permissions[matter].reveal.includes(groupOf(asker));

/** Whether an order may be raised by somebody as having come in this way. */
export const mayRaiseBy = (asker: Asker, channel: OrderChannel): boolean =>
  raisedBy[groupOf(asker)]?.includes(channel) === true;
