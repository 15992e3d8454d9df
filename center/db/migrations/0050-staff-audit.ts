/** One book of what staff looked at and took out, with the reason they gave; and the way to the events of ledgers. */
export const sql = `
ALTER TABLE staff_audit ADD COLUMN reason text NOT NULL DEFAULT '';
INSERT INTO staff_audit (hall_id, audit_id, at, device_id, clerk_id, act, detail, reason)
SELECT hall_id, reveal_id, at, device_id, clerk_id, 'case.reveal', record_id, reason FROM reveals;
DROP TABLE reveals;

-- A year has few of them among millions: lists and workbooks fold them from the log.
CREATE INDEX events_of_ledgers ON events (hall_id, seq) WHERE type LIKE 'Ledger%';
`;
