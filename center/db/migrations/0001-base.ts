/** The log, its read tables, identities and the relay. Everything is keyed by hall first, so that Citus can spread it. */
export const sql = `
CREATE TABLE halls (
  hall_id text PRIMARY KEY,
  -- Names this run of the log: a log put back from a backup gets a new one.
  epoch text NOT NULL,
  head bigint NOT NULL DEFAULT 0,
  head_hash text NOT NULL,
  -- Instant of the newest event; the next one is never earlier.
  recorded_at bigint NOT NULL DEFAULT 0,
  -- True: terminals are homed here and this center puts the hall in order. False: relayed by the hall's own node.
  homed boolean NOT NULL,
  name text NOT NULL DEFAULT '',
  plan_version integer,
  relay_key_hash text,
  relay_alarm text
);

CREATE TABLE events (
  hall_id text NOT NULL,
  seq bigint NOT NULL,
  type text NOT NULL,
  v integer NOT NULL,
  at bigint NOT NULL,
  recorded_at bigint NOT NULL,
  command_id text NOT NULL,
  -- Canonical JSON as hashed: text, because jsonb would rewrite numbers and cannot hold U+0000.
  actor text NOT NULL,
  data text NOT NULL,
  prev_hash text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (hall_id, seq)
);

-- What a city held of a hall that came back from a backup with another history. Kept for ever, looked at by people.
CREATE TABLE events_superseded (
  hall_id text NOT NULL,
  superseded_at bigint NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  record text NOT NULL,
  PRIMARY KEY (hall_id, superseded_at, seq)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF current_setting('service_hall.supersede', true) = 'on' AND TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'the event log is append-only' USING ERRCODE = 'insufficient_privilege';
END $body$;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE commands (
  hall_id text NOT NULL,
  command_id uuid NOT NULL,
  device_id text,
  answered_at bigint NOT NULL,
  -- Head of the log after it; null when refused.
  seq bigint,
  refusal text,
  PRIMARY KEY (hall_id, command_id)
);

CREATE TABLE hall_snapshots (
  hall_id text NOT NULL,
  seq bigint NOT NULL,
  -- Fingerprint of the fold that made it: another program folds the log anew.
  fold text NOT NULL,
  hash text NOT NULL,
  state text NOT NULL,
  PRIMARY KEY (hall_id, seq)
);

CREATE TABLE devices (
  hall_id text NOT NULL,
  device_id text NOT NULL,
  role text NOT NULL,
  counter_id text,
  name text NOT NULL,
  secret_hash bytea NOT NULL,
  enrolled_at bigint NOT NULL,
  revoked_at bigint,
  last_seen_at bigint,
  -- When it last said that its outbox was empty: nothing that it sends later can be older.
  settled_at bigint,
  app_version text,
  PRIMARY KEY (hall_id, device_id)
);
CREATE INDEX devices_by_id ON devices (device_id);

CREATE TABLE enrol_codes (
  hall_id text NOT NULL,
  code_hash bytea NOT NULL,
  role text NOT NULL,
  counter_id text,
  expires_at bigint NOT NULL,
  used_at bigint,
  device_id text,
  PRIMARY KEY (hall_id, code_hash)
);

CREATE TABLE clerks (
  hall_id text NOT NULL,
  clerk_id text NOT NULL,
  clerk_no text NOT NULL,
  name text NOT NULL,
  password_hash text NOT NULL,
  disabled_at bigint,
  failures integer NOT NULL DEFAULT 0,
  failed_at bigint,
  PRIMARY KEY (hall_id, clerk_id),
  UNIQUE (hall_id, clerk_no)
);

CREATE TABLE clerk_sessions (
  hall_id text NOT NULL,
  device_id text NOT NULL,
  clerk_id text NOT NULL,
  started_at bigint NOT NULL,
  ended_at bigint,
  PRIMARY KEY (hall_id, device_id, clerk_id, started_at)
);

CREATE TABLE personal (
  hall_id text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  command_id uuid NOT NULL,
  -- AES-256-GCM: nonce, tag, cipher text. Null once erased.
  box bytea,
  recorded_at bigint NOT NULL,
  PRIMARY KEY (hall_id, id)
);

CREATE TABLE tickets (
  hall_id text NOT NULL,
  ticket_id text NOT NULL,
  day text NOT NULL,
  business_id text NOT NULL,
  serial integer NOT NULL,
  number text NOT NULL,
  class text NOT NULL,
  state text NOT NULL,
  source text NOT NULL,
  item_code text,
  taken_at bigint NOT NULL,
  called_at bigint,
  serving_since bigint,
  ended_at bigint,
  calls integer NOT NULL,
  counter_id text,
  clerk_id text,
  PRIMARY KEY (hall_id, ticket_id)
);
CREATE INDEX tickets_by_day ON tickets (hall_id, day);

CREATE TABLE reviews (
  hall_id text NOT NULL,
  review_id text NOT NULL,
  ticket_id text,
  counter_id text,
  clerk_id text,
  state text NOT NULL,
  level integer,
  tags text NOT NULL,
  flags text NOT NULL,
  additions integer NOT NULL,
  invited_at bigint,
  text_id text,
  phone_id text,
  PRIMARY KEY (hall_id, review_id)
);

CREATE TABLE anomalies (
  hall_id text NOT NULL,
  anomaly_id text NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  command_type text NOT NULL,
  code text NOT NULL,
  device_id text,
  ticket_id text,
  counter_id text,
  number text,
  PRIMARY KEY (hall_id, seq, anomaly_id)
);

-- hall_id '*' holds what the city hands to every hall.
CREATE TABLE catalogues (
  hall_id text NOT NULL,
  version text NOT NULL,
  -- The catalogue's JSON, gzip.
  body bytea NOT NULL,
  -- Fingerprint of what it was built from; empty when it was handed down.
  source text NOT NULL,
  imported_at bigint NOT NULL,
  PRIMARY KEY (hall_id)
);

CREATE TABLE handed_plans (
  hall_id text NOT NULL,
  version integer NOT NULL,
  plan text NOT NULL,
  PRIMARY KEY (hall_id)
);
`;
