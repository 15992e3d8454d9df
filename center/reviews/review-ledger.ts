import type pg from "pg";
import { dayOf } from "../../shared/basics/time.ts";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import type { ReviewClaim } from "../../shared/domain/review/claim.ts";
import { isRectificationEvent, rectificationEventTypes } from "../../shared/domain/rectification/events.ts";
import { evolveRectification } from "../../shared/domain/rectification/evolve.ts";
import type { Rectification } from "../../shared/domain/rectification/rectification.ts";
import type { ReviewedService } from "../../shared/domain/review/review.ts";
import type { Database } from "../db/database.ts";
import type { HallLog } from "../log/hall-log.ts";
import { isReportedCaseEvent, reportedCaseTypes, type ReportedCaseEvent } from "../reports/case-reports.ts";
import type { Logger } from "../logger.ts";

/** What somebody else writes in the same transaction as the ledger. */
export interface LedgerFeeds {
  /** A review has come into the ledger. */
  readonly onReview: (client: pg.PoolClient, hall: HallLog, seq: number, at: number) => Promise<void>;
  /** A case has come so far that platforms are told. */
  readonly onCase: (client: pg.PoolClient, hall: HallLog, event: ReportedCaseEvent, seq: number) => Promise<void>;
}
import { LogFollower } from "../log/log-follower.ts";

/** Keeps each review, invitation and order of a hall in tables that figures and reports are read from. */
export class ReviewLedger {
  private readonly follower: LogFollower;
  private hasNewClaims = false;

  constructor(
    private readonly hall: HallLog,
    database: Database,
    log: Logger,
    private readonly feeds: LedgerFeeds,
    /** Reviews by number have come in. */
    private readonly onClaims: () => void,
  ) {
    this.follower = new LogFollower(hall, database, log, {
      cursors: "review_ledger_cursors",
      tables: ["review_ledger", "review_invitations", "rectifications", "review_claims"],
      types: [
        ...rectificationEventTypes,
        ...reportedCaseTypes,
        "ReviewInvited",
        "ReviewGiven",
        "ReviewAdded",
        "ReviewClaimed",
      ],
      keep: (client, seq, event) => this.keep(client, seq, event),
      onCaughtUp: () => this.tellOfClaims(),
    });
  }

  /** Resolves when everything committed so far is in the ledger. */
  async caughtUp(): Promise<void> {
    await this.follower.caughtUp();
  }

  async stop(): Promise<void> {
    await this.follower.stop();
  }

  private tellOfClaims(): void {
    if (!this.hasNewClaims) return;
    this.hasNewClaims = false;
    this.onClaims();
  }

  private async keep(client: pg.PoolClient, seq: number, event: DomainEvent): Promise<void> {
    const { hallId } = this.hall;
    const day = dayOf(event.at, this.hall.plan?.utcOffsetMinutes ?? 480);
    if (isRectificationEvent(event)) {
      if (event.type === "ReviewJudged") {
        const { reviewId, counts } = event.data;
        await this.count(client, reviewId, counts);
      } else await this.keepOrder(client, event, day);
      return;
    }
    if (event.type === "ReviewInvited") {
      const { reviewId, ticketId, counterId, clerkId } = event.data;
      const service = await this.serviceOf(client, ticketId);
      await client.query(
        `INSERT INTO review_invitations (hall_id, review_id, day, counter_id, clerk_id, business_id, item_code, item_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
        [hallId, reviewId, day, counterId, clerkId, service.businessId, service.itemCode, service.itemName],
      );
      return;
    }
    if (isReportedCaseEvent(event)) return this.feeds.onCase(client, this.hall, event, seq);
    if (event.type === "ReviewClaimed") return this.keepClaim(client, seq, event.at, event.data);
    if (event.type !== "ReviewGiven" && event.type !== "ReviewAdded") return;
    const { reviewId, level, tags, flags, channel, elapsedMs, textId, phoneId } = event.data;
    const ticketId = event.data.service?.ticketId ?? reviewId.slice(0, reviewId.lastIndexOf("."));
    const known = await this.serviceOf(client, ticketId);
    const service = event.data.service ?? { ...known, caseId: null };
    await client.query(
      `INSERT INTO review_ledger (hall_id, seq, review_id, at, day, number, ticket_id, case_id, counter_id, clerk_id,
         business_id, item_code, item_name, level, tags, flags, channel, elapsed_ms, is_first, text_id, phone_id, counts)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, true)
       ON CONFLICT DO NOTHING`,
      [
        hallId,
        seq,
        reviewId,
        event.at,
        day,
        service.number,
        service.ticketId,
        service.caseId,
        event.data.counterId ?? service.counterId,
        service.clerkId,
        service.businessId,
        service.itemCode,
        service.itemName,
        level,
        JSON.stringify(tags),
        JSON.stringify(flags),
        channel,
        elapsedMs,
        event.type === "ReviewGiven",
        textId,
        phoneId,
      ],
    );
    await this.feeds.onReview(client, this.hall, seq, event.at);
  }

  private async keepClaim(client: pg.PoolClient, seq: number, at: number, claim: ReviewClaim): Promise<void> {
    this.hasNewClaims = true;
    await client.query(
      "INSERT INTO review_claims (hall_id, claim_id, seq, at, data) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
      [this.hall.hallId, claim.claimId, seq, at, JSON.stringify(claim)],
    );
  }

  private async count(client: pg.PoolClient, reviewId: string, counts: boolean): Promise<void> {
    await client.query("UPDATE review_ledger SET counts = $3 WHERE hall_id = $1 AND review_id = $2", [
      this.hall.hallId,
      reviewId,
      counts,
    ]);
  }

  private async keepOrder(
    client: pg.PoolClient,
    event: Parameters<typeof evolveRectification>[1],
    day: string,
  ): Promise<void> {
    const { hallId } = this.hall;
    const { rectificationId } = event.data;
    const { rows } = await client.query<{ state: string }>(
      "SELECT state FROM rectifications WHERE hall_id = $1 AND rectification_id = $2",
      [hallId, rectificationId],
    );
    const before = rows[0] && (JSON.parse(rows[0].state) as Rectification);
    const order = evolveRectification(before, event);
    if (!order) return;
    const isOnTime =
      event.type === "RectificationClosed"
        ? event.data.isOnTime
        : event.type === "RectificationReopened"
          ? null
          : undefined;
    await client.query(
      `INSERT INTO rectifications (hall_id, rectification_id, day, state, is_on_time) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (hall_id, rectification_id) DO UPDATE SET state = excluded.state,
         is_on_time = CASE WHEN $6 THEN excluded.is_on_time ELSE rectifications.is_on_time END`,
      [hallId, rectificationId, day, JSON.stringify(order), isOnTime ?? null, isOnTime !== undefined],
    );
    if (event.type === "AppealDecided" && event.data.isUpheld) await this.count(client, rectificationId, false);
  }

  /** What the read tables know of a ticket's service. */
  private async serviceOf(
    client: pg.PoolClient,
    ticketId: string,
  ): Promise<Omit<ReviewedService, "isReviewed" | "caseId">> {
    const { rows } = await client.query<{
      number: string;
      counter_id: string | null;
      clerk_id: string | null;
      business_id: string;
      item_code: string | null;
    }>(
      "SELECT number, counter_id, clerk_id, business_id, item_code FROM tickets WHERE hall_id = $1 AND ticket_id = $2",
      [this.hall.hallId, ticketId],
    );
    const row = rows[0];
    return {
      ticketId: row ? ticketId : null,
      number: row?.number ?? null,
      counterId: row?.counter_id ?? null,
      clerkId: row?.clerk_id ?? null,
      businessId: row?.business_id ?? null,
      itemCode: row?.item_code ?? null,
      itemName: null,
    };
  }
}
