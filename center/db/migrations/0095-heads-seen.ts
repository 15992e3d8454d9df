/** What a city keeps to show that a hall changed its history: heads as the hall signed them, and where two histories part. */
export const sql = `
CREATE TABLE relay_heads (
  hall_id text NOT NULL,
  epoch text NOT NULL,
  -- The last head of each day, UTC.
  day text NOT NULL,
  seq bigint NOT NULL,
  hash text NOT NULL,
  seen_at bigint NOT NULL,
  public_key text NOT NULL,
  signature text NOT NULL,
  PRIMARY KEY (hall_id, epoch, day)
);
CREATE TABLE relay_disputes (
  hall_id text NOT NULL,
  -- The first event that is another one than the city held.
  seq bigint NOT NULL,
  hash text NOT NULL,
  kind text NOT NULL,
  held_epoch text NOT NULL,
  sent_epoch text NOT NULL,
  seen_at bigint NOT NULL,
  -- What the hall sent from there on, and its signature on the last of it; null: of an older program.
  records text NOT NULL,
  public_key text,
  signature text,
  PRIMARY KEY (hall_id, seq, hash)
);
CREATE INDEX relay_disputes_newest ON relay_disputes (hall_id, seen_at DESC);
`;
