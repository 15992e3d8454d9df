/** A hall node as a process of its own, with terminals already enrolled: what `center serve` starts, for the benches. */
import { once } from "node:events";
import { setUpHall } from "../../../center/hall-setup.ts";
import { createEnrolCode, enrol } from "../../../center/identity/devices.ts";
import { putClerk } from "../../../center/identity/clerks.ts";
import { startCenter } from "../../../center/start-center.ts";
import type { NodeOrder, NodeReady } from "./start-node.ts";

const [order] = (await once(process, "message")) as [NodeOrder];
let ahead = order.startAt === null ? 0 : order.startAt - Date.now();
const clock = (): number => Date.now() + ahead;

const { mode, dataDir, plan, demo } = order;
const center = await startCenter({ mode, dataDir, plan: plan ?? undefined, demo, clock });
const { hallId, context } = center;
if (hallId === null) throw new Error("the node has no hall");
const hallIds = [hallId];
for (const more of order.morePlans) hallIds.push(await setUpHall(context.database, context.halls, more));
const devices = [];
for (const { role, counterId, hall = 0 } of order.devices) {
  const code = await createEnrolCode(context.database, { hallId: hallIds[hall] ?? hallId, role, counterId }, clock());
  const device = await enrol(context.database, { code, name: `bench ${role}` }, clock());
  if (!device) throw new Error("a bench terminal could not be enrolled");
  devices.push(device);
}
const codes = [];
for (const { role, counterId } of order.codes)
  codes.push(await createEnrolCode(context.database, { hallId, role, counterId }, clock()));
for (const clerk of order.clerks) await putClerk(context.database, { hallId, ...clerk });

// The runner moves the node's clock to let days go by.
process.on("message", (message: { startAt: number }) => {
  ahead = message.startAt - Date.now();
  process.send?.({ moved: true });
});
const stop = (): void => void center.stop().then(() => process.exit(0));
process.once("SIGTERM", stop);
process.once("disconnect", stop);
process.send?.({ url: center.url, databaseUrl: context.database.url, hallId, devices, codes } satisfies NodeReady);
