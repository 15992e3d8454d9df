/** What the review loop keeps beside the log: a ledger that can be made anew from it, and what reports and people need. */
export const sql = `
-- How far the ledger has followed the log, and of which run of the log.
CREATE TABLE review_ledger_cursors (
  hall_id text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (hall_id)
);

-- One row for each review as it was given, additions too. Nothing in it tells who gave it.
CREATE TABLE review_ledger (
  hall_id text NOT NULL,
  seq bigint NOT NULL,
  review_id text NOT NULL,
  at bigint NOT NULL,
  day text NOT NULL,
  number text,
  ticket_id text,
  case_id text,
  counter_id text,
  clerk_id text,
  business_id text,
  item_code text,
  item_name text,
  level integer NOT NULL,
  tags text NOT NULL,
  flags text NOT NULL,
  channel text NOT NULL,
  elapsed_ms bigint NOT NULL,
  is_first boolean NOT NULL,
  text_id text,
  phone_id text,
  -- False once the desk has decided so, or an appeal was upheld.
  counts boolean NOT NULL,
  PRIMARY KEY (hall_id, seq)
);
CREATE INDEX review_ledger_by_day ON review_ledger (hall_id, day);
CREATE INDEX review_ledger_by_review ON review_ledger (hall_id, review_id);

CREATE TABLE review_invitations (
  hall_id text NOT NULL,
  review_id text NOT NULL,
  day text NOT NULL,
  counter_id text,
  clerk_id text,
  business_id text,
  item_code text,
  item_name text,
  PRIMARY KEY (hall_id, review_id)
);
CREATE INDEX review_invitations_by_day ON review_invitations (hall_id, day);

-- The order as its events fold.
CREATE TABLE rectifications (
  hall_id text NOT NULL,
  rectification_id text NOT NULL,
  day text NOT NULL,
  state text NOT NULL,
  is_on_time boolean,
  PRIMARY KEY (hall_id, rectification_id)
);
CREATE INDEX rectifications_by_day ON rectifications (hall_id, day);

-- Who looked at, took out or sent what. Kept at least six months.
CREATE TABLE staff_audit (
  hall_id text NOT NULL,
  audit_id uuid NOT NULL,
  at bigint NOT NULL,
  device_id text NOT NULL,
  clerk_id text NOT NULL,
  act text NOT NULL,
  detail text NOT NULL,
  PRIMARY KEY (hall_id, audit_id)
);
CREATE INDEX staff_audit_by_time ON staff_audit (hall_id, at);

CREATE TABLE report_queue (
  hall_id text NOT NULL,
  -- What it reports: 'evaluation <seq>' or 'case <id>'; the same thing is queued once.
  report_id text NOT NULL,
  profile text NOT NULL,
  queued_at bigint NOT NULL,
  -- waiting, sent, dead, dropped
  state text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_at bigint NOT NULL,
  sent_at bigint,
  receipt text,
  fault text,
  PRIMARY KEY (hall_id, report_id, profile)
);
CREATE INDEX report_queue_due ON report_queue (hall_id, state, next_at);
`;
