import type { CommandType } from "../../../shared/domain/hall/commands.ts";

/** Locale key of an act's name, for sentences about what was refused or did not fit. */
const names: Readonly<Record<CommandType, string>> = {
  SetHallPlan: "staff:act.SetHallPlan",
  OpenDay: "staff:act.OpenDay",
  LeaseNumbers: "staff:act.LeaseNumbers",
  OpenCounter: "staff:act.OpenCounter",
  PauseCounter: "staff:act.PauseCounter",
  ResumeCounter: "staff:act.ResumeCounter",
  CloseCounter: "staff:act.CloseCounter",
  TakeTicket: "staff:act.TakeTicket",
  RecordPrint: "staff:act.RecordPrint",
  CallNext: "staff:act.CallNext",
  WithdrawCall: "staff:act.WithdrawCall",
  RecallTicket: "staff:act.RecallTicket",
  MissTicket: "staff:act.MissTicket",
  ReturnTicket: "staff:act.ReturnTicket",
  CancelTicket: "staff:act.CancelTicket",
  PinTicket: "staff:act.PinTicket",
  TransferTicket: "staff:act.TransferTicket",
  BeginService: "staff:act.BeginService",
  ParkService: "staff:act.ParkService",
  ResumeService: "staff:act.ResumeService",
  EndService: "staff:act.EndService",
  GiveReview: "staff:act.GiveReview",
  CloseReview: "staff:act.CloseReview",
  RequestHelp: "staff:act.RequestHelp",
  AnswerHelp: "staff:act.AnswerHelp",
  AssignRectification: "staff:act.AssignRectification",
  VerifyRectification: "staff:act.VerifyRectification",
  MeasureRectification: "staff:act.MeasureRectification",
  AnswerRectification: "staff:act.AnswerRectification",
  RecordCallBack: "staff:act.RecordCallBack",
  CloseRectification: "staff:act.CloseRectification",
  ReopenRectification: "staff:act.ReopenRectification",
  AppealReview: "staff:act.AppealReview",
  DecideAppeal: "staff:act.DecideAppeal",
  JudgeReview: "staff:act.JudgeReview",
  EscalateRectification: "staff:act.EscalateRectification",
};

/** @param type possibly of a newer version of the program, which has no name here */
export const actNameKey = (type: string): string =>
  (names as Readonly<Record<string, string>>)[type] ?? "staff:act.other";
