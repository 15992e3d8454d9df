/** Messages to people go through the same queue as reports to platforms. */
export const sql = `
-- report, message
ALTER TABLE report_queue ADD COLUMN kind text NOT NULL DEFAULT 'report';
`;
