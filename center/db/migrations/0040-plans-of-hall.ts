export const sql = `
-- The plans of a hall are a handful among millions of events, asked for at every start and by the desk.
CREATE INDEX events_plans ON events (hall_id, seq) WHERE type = 'HallPlanSet';
`;
