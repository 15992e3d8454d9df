import { afterAll, beforeAll, expect, it } from "vitest";
import { startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { setUpHall } from "../hall-setup.ts";

/* A city homes more halls than its database has connections (a node's own server takes 40 in all): the halls' writers share a few of them. */
const HALLS = 60;
let center: TestCenter;
beforeAll(async () => {
  center = await startCenter();
});
afterAll(() => center.stop());

it("lets sixty halls commit at once on a few connections, each to its own log", { timeout: 60_000 }, async () => {
  const { database, halls } = center.context;
  const ids = await Promise.all(
    Array.from({ length: HALLS }, (_, index) =>
      setUpHall(database, halls, { ...testPlan, hallId: `many-${String(index)}` }),
    ),
  );
  const change = { change: { waitLimitMinutes: { warn: 5, alarm: 10 } }, reason: "x" };
  const open = await Promise.all(ids.map((hallId) => halls.get(hallId)));
  const before = open.map(({ hall }) => hall.head.seq);
  const answers = await Promise.all(
    open.map(({ hall }, index) =>
      hall.execute(
        {
          id: `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`,
          type: "ChangeHallPlan",
          mode: "claim",
          at: 0,
          data: change,
        },
        { role: "desk", deviceId: "d", clerkId: "c", counterId: null, duty: "manager" },
      ),
    ),
  );
  expect(answers.filter(({ status }) => status !== "accepted")).toEqual([]);
  expect(open.map(({ hall }) => hall.head.seq)).toEqual(before.map((seq) => seq + 1));
  const { rows } = await database.query<{ lines: number }>(
    "SELECT count(*)::integer AS lines FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = current_database()",
  );
  expect(rows[0]?.lines).toBeLessThan(30);
});
