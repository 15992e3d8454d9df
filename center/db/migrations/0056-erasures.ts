/** That personal data was erased, when and why; never what it was. Kept for ever. */
export const sql = `
CREATE TABLE erasures (
  hall_id text NOT NULL,
  erasure_id uuid NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  records integer NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (hall_id, erasure_id)
);
CREATE INDEX personal_by_age ON personal (hall_id, kind, recorded_at) WHERE box IS NOT NULL;
`;
