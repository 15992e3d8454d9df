/** A city counts work orders too. Every hall is counted anew, so that what happened before is in it. */
export const sql = `
ALTER TABLE city_days
  ADD COLUMN work_raised integer NOT NULL DEFAULT 0,
  ADD COLUMN work_rejected integer NOT NULL DEFAULT 0,
  ADD COLUMN work_answered integer NOT NULL DEFAULT 0,
  ADD COLUMN work_closed integer NOT NULL DEFAULT 0,
  ADD COLUMN work_on_time integer NOT NULL DEFAULT 0,
  ADD COLUMN work_reopened integer NOT NULL DEFAULT 0,
  ADD COLUMN work_to_city integer NOT NULL DEFAULT 0;
UPDATE city_cursors SET epoch = 'anew';
`;
