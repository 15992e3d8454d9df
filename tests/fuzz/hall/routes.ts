import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { enrolRequestSchema, loginRequestSchema } from "../../../shared/contract/api.ts";
import {
  APPLICANT_CASES_PATH,
  applicantCasesRequestSchema,
  PROGRESS_PATH,
  progressRequestSchema,
  REVEAL_PATH,
  revealRequestSchema,
} from "../../../shared/contract/cases.ts";
import {
  DESK_CLERKS_PATH,
  DESK_CONTACT_PATH,
  DESK_PLANS_PATH,
  deskClerksSchema,
  deskContactSchema,
} from "../../../shared/contract/desk-floor.ts";
import {
  DESK_REVIEWS_PATH,
  deskListSchema,
  deskRangeSchema,
  deskReportSchema,
  deskReportsSchema,
  deskWordsSchema,
  REVIEW_CASE_KEY_PATH,
  REVIEW_CODE_PATH,
  reviewCaseKeyRequestSchema,
  reviewCodeRequestSchema,
} from "../../../shared/contract/desk-reviews.ts";
import {
  challengeRequestSchema,
  DEVICE_CHALLENGE_PATH,
  DEVICE_KEY_PATH,
  DEVICE_TOKEN_PATH,
  keyRequestSchema,
  tokenRequestSchema,
} from "../../../shared/contract/device-token.ts";
import {
  DESK_RELEASES_PATH,
  deskReleasesSchema,
  haltReleaseSchema,
  stageReleaseSchema,
} from "../../../shared/contract/desk-releases.ts";
import { CANNOT_RAISE_PATH } from "../../../shared/contract/cannot-page.ts";
import { CITY_PATH, cityHallSchema, cityRangeSchema } from "../../../shared/contract/city.ts";
import { DESK_AUDIT_PATH, deskAuditSchema } from "../../../shared/contract/desk-audit.ts";
import {
  DESK_LEDGERS_PATH,
  deskLedgerCodeSchema,
  deskLedgerRangeSchema,
} from "../../../shared/contract/desk-ledgers.ts";
import {
  DESK_MATTER_PATH,
  DESK_SEARCH_PATH,
  deskMatterSchema,
  deskSearchSchema,
} from "../../../shared/contract/desk-search.ts";
import { REVIEW_BY_NUMBER_PATH, reviewByNumberRequestSchema } from "../../../shared/contract/review-by-number.ts";
import {
  cannotRequestSchema,
  DESK_ORDERS_PATH,
  deskOrderFiguresSchema,
  deskOrderPaperSchema,
  deskOrderReportSchema,
  deskOrderReportsSchema,
  deskOrderSheetSchema,
  deskOrderWordsSchema,
} from "../../../shared/contract/work-orders.ts";
import {
  ANSWER_PATH,
  answerRequestSchema,
  ATTEND_PATH,
  attendRequestSchema,
  FLEET_PATH,
  fleetAnswerRequestSchema,
  fleetListSchema,
  fleetOrderRequestSchema,
  relayFleetSchema,
} from "../../../shared/contract/fleet.ts";
import { fileOfferSchema, FILES_PATH } from "../../../shared/contract/files.ts";
import { hallReleasesSchema, releaseAskSchema, RELEASES_PATH } from "../../../shared/contract/releases.ts";
import { relayBatchSchema } from "../../../shared/contract/log-record.ts";
import { DESK_FACTORS_PATH, resetFactorSchema } from "../../../shared/contract/second-factor.ts";
import { PLATFORM_PATH, platformBookingSchema } from "../../../shared/contract/platform.ts";

export interface Route {
  readonly method: string;
  readonly url: string;
}

/** What a body of an end point should look like. An end point that is not here is fuzzed with whatever JSON. */
export const bodySchemas: Readonly<Record<string, z.ZodType>> = {
  "/api/enrol": enrolRequestSchema,
  "/api/login": loginRequestSchema,
  "/api/logout": loginRequestSchema.pick({ deviceId: true, secret: true }),
  [DEVICE_CHALLENGE_PATH]: challengeRequestSchema,
  [DEVICE_TOKEN_PATH]: tokenRequestSchema,
  [DEVICE_KEY_PATH]: keyRequestSchema,
  [PROGRESS_PATH]: progressRequestSchema,
  [REVEAL_PATH]: revealRequestSchema,
  [APPLICANT_CASES_PATH]: applicantCasesRequestSchema,
  [DESK_CLERKS_PATH]: deskClerksSchema,
  [DESK_CONTACT_PATH]: deskContactSchema,
  [`${DESK_REVIEWS_PATH}/figures`]: deskRangeSchema,
  [`${DESK_REVIEWS_PATH}/list`]: deskListSchema,
  [`${DESK_REVIEWS_PATH}/words`]: deskWordsSchema,
  [`${DESK_REVIEWS_PATH}/export`]: deskRangeSchema,
  [`${DESK_REVIEWS_PATH}/reports`]: deskReportsSchema,
  [`${DESK_REVIEWS_PATH}/report`]: deskReportSchema,
  [DESK_FACTORS_PATH]: deskClerksSchema,
  [`${DESK_FACTORS_PATH}/reset`]: resetFactorSchema,
  [DESK_PLANS_PATH]: deskClerksSchema,
  [DESK_AUDIT_PATH]: deskAuditSchema,
  [DESK_SEARCH_PATH]: deskSearchSchema,
  [DESK_MATTER_PATH]: deskMatterSchema,
  [`${DESK_LEDGERS_PATH}/list`]: deskLedgerRangeSchema,
  [`${DESK_LEDGERS_PATH}/export`]: deskLedgerRangeSchema,
  [`${DESK_LEDGERS_PATH}/code`]: deskLedgerCodeSchema,
  [`${DESK_ORDERS_PATH}/words`]: deskOrderWordsSchema,
  [`${DESK_ORDERS_PATH}/figures`]: deskOrderFiguresSchema,
  [`${DESK_ORDERS_PATH}/report`]: deskOrderReportSchema,
  [`${DESK_ORDERS_PATH}/reports`]: deskOrderReportsSchema,
  [`${DESK_ORDERS_PATH}/paper`]: deskOrderPaperSchema,
  [`${DESK_ORDERS_PATH}/sheet`]: deskOrderSheetSchema,
  [`${CITY_PATH}/overview`]: cityRangeSchema,
  [`${CITY_PATH}/hall`]: cityHallSchema,
  [`${CITY_PATH}/export`]: cityRangeSchema,
  [REVIEW_CODE_PATH]: reviewCodeRequestSchema,
  [REVIEW_CASE_KEY_PATH]: reviewCaseKeyRequestSchema,
  [REVIEW_BY_NUMBER_PATH]: reviewByNumberRequestSchema,
  [CANNOT_RAISE_PATH]: cannotRequestSchema,
  [FILES_PATH]: fileOfferSchema,
  [RELEASES_PATH]: releaseAskSchema,
  [DESK_RELEASES_PATH]: deskReleasesSchema,
  [`${DESK_RELEASES_PATH}/stage`]: stageReleaseSchema,
  [`${DESK_RELEASES_PATH}/halt`]: haltReleaseSchema,
  "/api/relay/:hallId/releases": hallReleasesSchema,
  [`${FLEET_PATH}/list`]: fleetListSchema,
  [`${FLEET_PATH}/order`]: fleetOrderRequestSchema,
  [`${FLEET_PATH}/answer`]: fleetAnswerRequestSchema,
  [ATTEND_PATH]: attendRequestSchema,
  [ANSWER_PATH]: answerRequestSchema,
  "/api/relay/:hallId": relayBatchSchema,
  "/api/relay/:hallId/fleet": relayFleetSchema,
  [`${PLATFORM_PATH}/appointments/:externalId`]: platformBookingSchema,
};

/** Every end point that the program really has, as its own router tells it. */
export const routesOf = (app: FastifyInstance): Route[] => {
  const routes: Route[] = [];
  const path: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false, includeHooks: false }).split("\n")) {
    const match = /^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/u.exec(line);
    if (!match) continue;
    const depth = (match[1] ?? "").length / 4;
    path.length = depth;
    path[depth] = match[2] ?? "";
    for (const method of (match[3] ?? "").split(", ").filter((each) => each !== "" && each !== "HEAD"))
      routes.push({ method, url: path.join("") });
  }
  return routes;
};
