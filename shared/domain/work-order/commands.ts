import { z } from "zod";
import { idSchema as id } from "../../basics/id.ts";
import {
  orderCallOutcomeSchema,
  orderChannelSchema,
  orderProblemSchema,
  orderResultSchema,
  supervisionGroundSchema,
} from "./work-order.ts";
import { responseLevelSchema } from "./rules.ts";

const orderId = id;
const key = z.string().min(1).max(30);
const day = z.iso.date();
const department = z.string().trim().min(1).max(60);
/** Something that was really written. Names and numbers of people do not belong here. */
const sentence = z.string().trim().min(4).max(500);
const long = z.string().trim().min(4).max(2_000);
const item = { itemCode: z.string().max(64).nullable(), itemName: z.string().max(200).nullable() };

/** Commands about what could not be done (办不成事); `docs/actions.md` tells each in words. */
export const workOrderCommandSchemas = {
  RaiseWorkOrder: z.object({
    orderId,
    flow: key,
    channel: orderChannelSchema,
    problem: orderProblemSchema,
    ...item,
    /** The refused intake or failed case that it is about: what was asked and why it was refused come along. */
    intakeId: id.nullable(),
    caseId: id.nullable(),
    ticketNumber: z.string().max(12).nullable(),
    externalId: id.nullable(),
    wordsId: z.string().max(80).nullable(),
    contactId: z.string().max(80).nullable(),
  }),
  /** Corrects facts of an order. No clock is touched by it. */
  EditWorkOrder: z.object({ orderId, problem: orderProblemSchema, ...item, summary: sentence }),
  TakeWorkOrderIn: z.object({ orderId, flow: key, level: responseLevelSchema, summary: sentence }),
  RejectWorkOrder: z.object({ orderId, exclusion: key, reason: sentence, turnTo: z.string().trim().min(2).max(200) }),
  DispatchWorkOrder: z.object({ orderId, stage: key, department, note: sentence }),
  AcceptWorkOrder: z.object({ orderId }),
  ReturnWorkOrder: z.object({ orderId, reason: sentence }),
  ExtendWorkOrder: z.object({ orderId, until: day, reason: sentence }),
  PauseWorkOrder: z.object({ orderId, reason: key, note: sentence }),
  ResumeWorkOrder: z.object({ orderId, note: sentence }),
  HoldOrderMeeting: z.object({
    orderId,
    meetingId: id,
    day,
    participants: z.array(department).min(2).max(30),
    minutes: long,
    decision: sentence,
  }),
  ReportOrderToCity: z.object({ orderId, reason: sentence }),
  RecordCityAnswer: z.object({ orderId, answer: sentence }),
  AnswerWorkOrder: z.object({
    orderId,
    result: orderResultSchema,
    cause: key,
    answer: sentence,
    guideChange: sentence.nullable(),
  }),
  /** The guide's text was changed as the answer asked for: what stands there now. */
  RecordGuideChange: z.object({ orderId, what: sentence }),
  VerifyWorkOrder: z.object({ orderId, isRight: z.boolean(), finding: sentence }),
  CallBackOrder: z.object({ orderId, outcome: orderCallOutcomeSchema, note: sentence }),
  CloseWorkOrder: z.object({ orderId }),
  ReopenWorkOrder: z.object({ orderId, reason: sentence }),
  SuperviseWorkOrder: z.object({ orderId, ground: supervisionGroundSchema, note: sentence }),
  StrikeWorkOrder: z.object({ orderId, finding: sentence }),
  /** Sent by the node itself when a light comes on. */
  EscalateWorkOrder: z.object({ orderId, clock: z.int().min(1), step: z.enum(["yellow", "red"]) }),
  /** Sent by the node itself when a weekly report is due. */
  FileOrderReports: z.object({ kind: z.enum(["department", "lead"]), dueAt: z.int().min(0) }),
  /** Says what is wrong in a report that was filed; the report itself stays as it was. */
  CorrectOrderReport: z.object({ reportId: z.string().min(1).max(160), text: sentence }),
} as const;

export type WorkOrderCommandType = keyof typeof workOrderCommandSchemas;
