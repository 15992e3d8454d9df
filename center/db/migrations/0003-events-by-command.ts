/** The answer to a command that made events is found in the log itself; `commands` keeps only what made none. */
export const sql = `
CREATE INDEX events_by_command ON events (hall_id, command_id);
`;
