/** Reviews given by number at a kiosk, until it is known whose service they are about; can be made anew from the log. */
export const sql = `
CREATE TABLE review_claims (
  hall_id text NOT NULL,
  claim_id text NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  -- JSON of the event.
  data text NOT NULL,
  settled_at bigint,
  PRIMARY KEY (hall_id, claim_id)
);
CREATE INDEX review_claims_open ON review_claims (hall_id, seq) WHERE settled_at IS NULL;
`;
