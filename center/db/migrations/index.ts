import { sql as base } from "./0001-base.ts";
import { sql as files } from "./0002-files.ts";
import { sql as eventsByCommand } from "./0003-events-by-command.ts";
import { sql as platforms } from "./0020-platforms.ts";
import { sql as reviewLoop } from "./0030-review-loop.ts";
import { sql as reviewClaims } from "./0035-review-claims.ts";
import { sql as plansOfHall } from "./0040-plans-of-hall.ts";
import { sql as staffAudit } from "./0050-staff-audit.ts";
import { sql as caseReports } from "./0036-case-reports.ts";
import { sql as workOrders } from "./0045-work-orders.ts";
import { sql as city } from "./0051-city.ts";
import { sql as cityWorkOrders } from "./0052-city-work-orders.ts";
import { sql as cases } from "./0004-cases.ts";
import { sql as lockAsKnown } from "./0005-lock-as-known.ts";
import { sql as appendOnlyRoles } from "./0055-append-only-roles.ts";
import { sql as erasures } from "./0056-erasures.ts";
import { sql as duties } from "./0060-duties.ts";
import { sql as guideChanges } from "./0065-guide-changes.ts";
import { sql as messages } from "./0066-messages.ts";
import { sql as orderNumbers } from "./0067-order-numbers.ts";
import { sql as logByHall } from "./0070-log-by-hall.ts";
import { sql as cityCoverage } from "./0071-city-coverage.ts";
import { sql as authority } from "./0080-authority.ts";
import { sql as deviceKeys } from "./0081-device-keys.ts";
import { sql as fleet } from "./0083-fleet.ts";
import { sql as releases } from "./0086-releases.ts";
import { sql as appendAsKnown } from "./0092-append-as-known.ts";
import { sql as secondFactor } from "./0094-second-factor.ts";
import { sql as headsSeen } from "./0095-heads-seen.ts";
import { sql as authoritySuccessor } from "./0096-authority-successor.ts";
import { sql as ordersTaken } from "./0108-orders-taken.ts";
import { sql as answeredByIndex } from "./0126-answered-by-index.ts";
import { sql as disputesAsTheyWere } from "./0101-disputes-as-they-were.ts";

export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}

/** In order. A released migration is never changed: add another. Text in modules, so that the bundle carries it. */
export const migrations: readonly Migration[] = [
  { id: 1, name: "base", sql: base },
  { id: 2, name: "files", sql: files },
  { id: 3, name: "events-by-command", sql: eventsByCommand },
  { id: 4, name: "cases", sql: cases },
  { id: 5, name: "lock-as-known", sql: lockAsKnown },
  { id: 20, name: "platforms", sql: platforms },
  { id: 30, name: "review-loop", sql: reviewLoop },
  { id: 35, name: "review-claims", sql: reviewClaims },
  { id: 36, name: "case-reports", sql: caseReports },
  { id: 40, name: "plans-of-hall", sql: plansOfHall },
  { id: 45, name: "work-orders", sql: workOrders },
  { id: 50, name: "staff-audit", sql: staffAudit },
  { id: 51, name: "city", sql: city },
  { id: 52, name: "city-work-orders", sql: cityWorkOrders },
  { id: 55, name: "append-only-roles", sql: appendOnlyRoles },
  { id: 56, name: "erasures", sql: erasures },
  { id: 60, name: "duties", sql: duties },
  { id: 65, name: "guide-changes", sql: guideChanges },
  { id: 66, name: "messages", sql: messages },
  { id: 67, name: "order-numbers", sql: orderNumbers },
  { id: 70, name: "log-by-hall", sql: logByHall },
  { id: 71, name: "city-coverage", sql: cityCoverage },
  { id: 80, name: "authority", sql: authority },
  { id: 81, name: "device-keys", sql: deviceKeys },
  { id: 83, name: "fleet", sql: fleet },
  { id: 86, name: "releases", sql: releases },
  { id: 92, name: "append-as-known", sql: appendAsKnown },
  { id: 94, name: "second-factor", sql: secondFactor },
  { id: 95, name: "heads-seen", sql: headsSeen },
  { id: 96, name: "authority-successor", sql: authoritySuccessor },
  { id: 101, name: "disputes-as-they-were", sql: disputesAsTheyWere },
  { id: 108, name: "orders-taken", sql: ordersTaken },
  { id: 126, name: "answered-by-index", sql: answeredByIndex },
];
