/**
 * Orders tell whether the guide was changed because of them, filed reports what was found wrong in them. Both are made anew
 * from the log, so that older ones tell it too.
 */
export const sql = `
ALTER TABLE work_order_reports ADD COLUMN corrections text NOT NULL DEFAULT '[]';
UPDATE work_order_cursors SET epoch = 'anew';
`;
