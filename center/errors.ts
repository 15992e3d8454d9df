import type { ApiErrorCode } from "../shared/contract/api.ts";
import type { RefusalCode } from "../shared/domain/hall/refusal.ts";

type Params = Readonly<Record<string, string | number>>;

/** Status and English sentence of each code. `forbidden_origin` is told as `unauthorised`. */
const table = {
  bad_request: [400, "The request is not of the expected form."],
  not_found: [404, "There is nothing at this address."],
  enrol_code_unknown: [404, "This code is unknown, was used already, or is older than a day. Ask for a new one."],
  unauthorised: [401, "This terminal is not enrolled here, or its enrolment was ended."],
  terminal_locked: [403, "This terminal was taken out of service. The hall's technician can put it back."],
  forbidden_origin: [403, "Requests from this page are not allowed."],
  login_failed: [401, "The number or the password is wrong."],
  code_wrong: [401, "The code is not right, or was used already."],
  login_locked: [429, "Too many wrong passwords. Try again in {minutes} minutes."],
  too_many_requests: [429, "Too many requests. Try again in {seconds} seconds."],
  too_large: [413, "The request is too large."],
  progress_unknown: [404, "The number of the case or the last four characters are not right."],
  review_not_yet: [409, "The service of this number has not ended yet."],
  no_clerk: [403, "Nobody is signed in at this terminal."],
  file_unknown: [404, "This file is not known here, or this terminal may not see it."],
  file_incomplete: [409, "Parts of the file are missing: {missing} blocks."],
  file_differs: [409, "What arrived is not the file that was announced. It has to be sent anew."],
  file_type_wrong: [415, "The file is not of the kind that was announced."],
  relay_gap: [409, "Events are missing before this batch: the city holds this hall up to {head}."],
  relay_forked: [409, "The hall's log differs from the one that the city holds, from event {seq} on."],
  unavailable: [503, "The service is not available just now. It goes on by itself."],
  internal: [500, "Something went wrong here. It was logged."],
} as const satisfies Record<ApiErrorCode | "forbidden_origin", readonly [number, string]>;

/** An expected failure of an HTTP request: becomes `{error: {code, message, params}}`, never a stack. */
export class HttpError extends Error {
  readonly statusCode: number;

  constructor(
    readonly code: ApiErrorCode | RefusalCode,
    statusCode: number,
    message: string,
    readonly params: Params,
  ) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** The error of a code, with its sentence. */
export const apiError = (code: keyof typeof table, params: Params = {}): HttpError => {
  const [status, sentence] = table[code];
  const message = sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ""));
  return new HttpError(code === "forbidden_origin" ? "unauthorised" : code, status, message, params);
};

/** The body of an error answer. */
export const errorBody = ({
  code,
  message,
  params,
}: HttpError): { error: { code: string; message: string; params: Params } } => ({
  error: { code, message, params },
});
