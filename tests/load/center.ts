/** A center under load, a process of its own: many halls on its database, each with its terminals and one clerk a window. */
import { uuidv7 } from "uuidv7";
import { setUpHall } from "../../center/hall-setup.ts";
import { putClerk } from "../../center/identity/clerks.ts";
import { createEnrolCode, enrol } from "../../center/identity/devices.ts";
import { startCenter } from "../../center/start-center.ts";
import { placesOf, planOf, type LoadDevice, type LoadOrder, type LoadReady } from "./order.ts";

const FURNISHED_AT_ONCE = 8;

const order = JSON.parse(process.env["LOAD_ORDER"] ?? "{}") as LoadOrder;
const isFirst = order.databaseUrl === undefined;
const center = await startCenter({
  // A city's process serves whichever hall a terminal belongs to.
  mode: isFirst ? "hall" : "city",
  dataDir: order.dataDir,
  databaseUrl: order.databaseUrl,
  plan: isFirst ? planOf(0) : undefined,
});
const { database, halls } = center.context;
const now = Date.now();

/** A hall with its clerk and its terminals. */
const furnish = async (index: number): Promise<readonly LoadDevice[]> => {
  const plan = planOf(index);
  const hallId = index === 0 ? (center.hallId ?? "") : await setUpHall(database, halls, plan);
  const clerkId = await putClerk(database, { hallId, clerkNo: "1001", name: "1001", password: uuidv7() });
  const devices: LoadDevice[] = [];
  for (const { role, counterId } of placesOf(order.terminals)) {
    const code = await createEnrolCode(database, { hallId, role, counterId }, now);
    const device = await enrol(database, { code, name: role }, now);
    if (!device) throw new Error("a terminal could not be enrolled");
    if (role === "window")
      await database.query(
        "INSERT INTO clerk_sessions (hall_id, device_id, clerk_id, started_at) VALUES ($1, $2, $3, $4)",
        [hallId, device.deviceId, clerkId, now],
      );
    devices.push({ ...device, clerkId });
  }
  return devices;
};
const devices: LoadDevice[] = [];
for (let index = 0; isFirst && index < order.halls; index += FURNISHED_AT_ONCE) {
  const some = Array.from({ length: Math.min(FURNISHED_AT_ONCE, order.halls - index) }, (_, n) => furnish(index + n));
  devices.push(...(await Promise.all(some)).flat());
}
const heads = (): number => halls.open.reduce((sum, { hall }) => sum + hall.head.seq, 0);
process.on("message", () => process.send?.({ events: heads(), rss: process.memoryUsage.rss() }));
process.once("disconnect", () => void center.stop().then(() => process.exit(0)));
process.send?.({ url: center.url, databaseUrl: database.url, devices } satisfies LoadReady);
