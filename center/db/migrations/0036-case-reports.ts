/** What a report on a case is made from, sealed: cases leave the hall's state, and the platform may be away for long. */
export const sql = `
-- Nonce, tag and cipher text; null for reviews, and once the report is sent or let go.
ALTER TABLE report_queue ADD COLUMN subject bytea;
`;
