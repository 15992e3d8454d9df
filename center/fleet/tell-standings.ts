import type { CenterContext } from "../context.ts";
import { untilAnswered } from "../db/until-answered.ts";
import type { TerminalLine } from "../routes/terminal-lines.ts";
import { readStandings } from "./standing.ts";

/**
 * Tells every connected terminal anew how it stands, after a time in which no notice was heard. One question a hall, one hall after the
 * other: the database has just come back, and every terminal of the center is waiting for it.
 */
export const tellStandings = async ({ database, lines }: Pick<CenterContext, "database" | "lines">): Promise<void> => {
  const byHall = new Map<string, TerminalLine[]>();
  for (const line of lines.all) {
    const there = byHall.get(line.hallId);
    if (there) there.push(line);
    else byHall.set(line.hallId, [line]);
  }
  for (const [hallId, there] of byHall) {
    const isThere = (line: TerminalLine): boolean => lines.find(line.deviceId) === line;
    const deviceIds = there.map(({ deviceId }) => deviceId);
    const read = untilAnswered(
      () => readStandings(database, hallId, deviceIds),
      () => there.some(isThere),
    );
    // Before it is answered: a line deals with what it is told in order, and a later notice is read later.
    for (const line of there) line.standingChanged(read.then((standings) => standings.get(line.deviceId)));
    // Each line has heard of an error as well; by then none of them is there.
    await read.catch(() => undefined);
  }
};
