/** Parts of the log (decision 0070). */
const PARTS = 16;
const parts = Array.from({ length: PARTS }, (_, part) => part);
const nameOf = (part: number): string => `events_part_${String(part).padStart(2, "0")}`;

/**
 * The log in parts by hall: every hall's events lie together in one of them, and whoever asks with a hall's id touches that
 * one alone. All events move over in this one transaction, word for word; were one of them missing, nothing would have changed.
 */
export const sql = `
ALTER TABLE events RENAME TO events_undivided;

CREATE TABLE events (
  hall_id text NOT NULL,
  seq bigint NOT NULL,
  type text NOT NULL,
  v integer NOT NULL,
  at bigint NOT NULL,
  recorded_at bigint NOT NULL,
  command_id text NOT NULL,
  actor text NOT NULL,
  data text NOT NULL,
  prev_hash text NOT NULL,
  hash text NOT NULL
) PARTITION BY HASH (hall_id);
${parts.map((part) => `CREATE TABLE ${nameOf(part)} PARTITION OF events FOR VALUES WITH (MODULUS ${String(PARTS)}, REMAINDER ${String(part)});`).join("\n")}

INSERT INTO events (hall_id, seq, type, v, at, recorded_at, command_id, actor, data, prev_hash, hash)
SELECT hall_id, seq, type, v, at, recorded_at, command_id, actor, data, prev_hash, hash FROM events_undivided ORDER BY hall_id, seq;

DO $body$ BEGIN
  IF (SELECT count(*) FROM events) <> (SELECT count(*) FROM events_undivided) THEN
    RAISE EXCEPTION 'not every event moved into the log by hall';
  END IF;
END $body$;
DROP TABLE events_undivided;

ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY (hall_id, seq);
CREATE INDEX events_by_command ON events (hall_id, command_id);
CREATE INDEX events_plans ON events (hall_id, seq) WHERE type = 'HallPlanSet';
CREATE INDEX events_of_ledgers ON events (hall_id, seq) WHERE type LIKE 'Ledger%';

CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- A part can be emptied by its own name, past the trigger of the whole.
${parts.map((part) => `CREATE TRIGGER ${nameOf(part)}_no_truncate BEFORE TRUNCATE ON ${nameOf(part)} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`).join("\n")}
`;
