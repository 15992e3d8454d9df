/** What is kept of work orders (办不成事) beside the log; it can be made anew from it. */
export const sql = `
CREATE TABLE work_order_cursors (
  hall_id text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (hall_id)
);

-- The order as its events fold, and what figures group by. Nothing in it tells who the person is.
CREATE TABLE work_orders (
  hall_id text NOT NULL,
  order_id text NOT NULL,
  day text NOT NULL,
  flow text NOT NULL,
  department text,
  item_code text,
  item_name text,
  cause text,
  status text NOT NULL,
  is_on_time boolean,
  state text NOT NULL,
  PRIMARY KEY (hall_id, order_id)
);
CREATE INDEX work_orders_by_day ON work_orders (hall_id, day);

-- Weekly reports with their rows, word for word as they were filed.
CREATE TABLE work_order_reports (
  hall_id text NOT NULL,
  report_id text NOT NULL,
  due_at bigint NOT NULL,
  report text NOT NULL,
  PRIMARY KEY (hall_id, report_id)
);
`;
