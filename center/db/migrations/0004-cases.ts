/** Read tables of intakes and cases, the department of a desk, who looked at personal data, and failed progress queries. */
export const sql = `
ALTER TABLE devices ADD COLUMN department text;
ALTER TABLE enrol_codes ADD COLUMN department text;

CREATE TABLE intakes (
  hall_id text NOT NULL,
  intake_id text NOT NULL,
  number text NOT NULL,
  state text NOT NULL,
  ticket_id text,
  counter_id text NOT NULL,
  clerk_id text,
  subject text NOT NULL,
  -- Keyed hash, made by the node.
  person_key text,
  -- Ids of personal records.
  applicant_id text NOT NULL,
  agent_id text,
  form_id text,
  package_id text,
  received_day text NOT NULL,
  accepted_day text,
  accepted_how text,
  corrections integer NOT NULL,
  opened_at bigint NOT NULL,
  touched_at bigint NOT NULL,
  PRIMARY KEY (hall_id, intake_id)
);
CREATE INDEX intakes_by_person ON intakes (hall_id, person_key, opened_at) WHERE person_key IS NOT NULL;

CREATE TABLE cases (
  hall_id text NOT NULL,
  case_id text NOT NULL,
  intake_id text NOT NULL,
  number text NOT NULL,
  platform_no text,
  item_code text NOT NULL,
  item_name text NOT NULL,
  department text NOT NULL,
  state text NOT NULL,
  accepted_day text,
  promised_due text,
  legal_due text,
  outcome text,
  decided_day text,
  ended_day text,
  returns integer NOT NULL,
  touched_at bigint NOT NULL,
  -- JSON of what its applicant may be told.
  progress text NOT NULL,
  PRIMARY KEY (hall_id, case_id)
);
CREATE INDEX cases_by_number ON cases (hall_id, number);
CREATE INDEX cases_by_intake ON cases (hall_id, intake_id);
CREATE INDEX cases_by_due ON cases (hall_id, promised_due) WHERE ended_day IS NULL;

-- Who read whose data, when, and why. Kept for ever.
CREATE TABLE reveals (
  hall_id text NOT NULL,
  reveal_id uuid NOT NULL,
  at bigint NOT NULL,
  device_id text NOT NULL,
  clerk_id text NOT NULL,
  record_id text NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (hall_id, reveal_id)
);

CREATE TABLE progress_failures (
  hall_id text NOT NULL,
  number text NOT NULL,
  failures integer NOT NULL,
  failed_at bigint NOT NULL,
  PRIMARY KEY (hall_id, number)
);
`;
