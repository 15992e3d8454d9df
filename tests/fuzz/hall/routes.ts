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
  REVIEW_CODE_PATH,
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
  [REVIEW_CODE_PATH]: reviewCodeRequestSchema,
  [FILES_PATH]: fileOfferSchema,
  [RELEASES_PATH]: releaseAskSchema,
  [DESK_RELEASES_PATH]: deskReleasesSchema,
  [`${DESK_RELEASES_PATH}/stage`]: stageReleaseSchema,
  [`${DESK_RELEASES_PATH}/halt`]: haltReleaseSchema,
  "/api/relay/:hallId/releases": hallReleasesSchema,
  "/api/relay/:hallId": relayBatchSchema,
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
