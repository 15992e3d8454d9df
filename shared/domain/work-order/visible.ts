import type { DomainEvent } from "../hall/events.ts";
import type { HallState } from "../hall/state.ts";
import type { Viewer } from "../hall/visible.ts";
import type { WorkOrderEvent } from "./evolve.ts";

/** The duty desk sees all orders; a department those that it works on; nobody else any. */
const isDutyDesk = ({ role, department }: Viewer): boolean => role === "desk" && department == null;

/** Whoever may raise an order learns its number, so that the person can be told. */
const seesNumbers = (viewer: Viewer): boolean =>
  viewer.department == null && ["window", "kiosk", "desk"].includes(viewer.role);

/** An event of this matter as a viewer may see it, or null. */
export const visibleWorkOrder = (event: WorkOrderEvent, viewer: Viewer): DomainEvent | null => {
  if (event.type === "WorkOrderNumbered") return seesNumbers(viewer) ? event : null;
  if (isDutyDesk(viewer)) return event;
  const { role, department } = viewer;
  if (role !== "desk" || department == null) return null;
  switch (event.type) {
    case "WorkOrderLeft":
    case "OrderWeekFiled":
      return null;
    case "OrderReportFiled":
      return event.data.report.department === department ? event : null;
    case "WorkOrderDispatched":
      if (event.data.department !== department && event.data.from === department)
        return { type: "WorkOrderLeft", v: 1, at: event.at, data: { orderId: event.data.orderId } };
      return event.data.department === department ? event : null;
    case "WorkOrderReturned":
      if (event.data.department !== department) return null;
      return { type: "WorkOrderLeft", v: 1, at: event.at, data: { orderId: event.data.orderId } };
    default:
      return event.data.department === department ? event : null;
  }
};

type OrderPart = Pick<HallState, "workOrders" | "orderReceipts" | "orderReports" | "orderSerial" | "orderFiled">;

const only = <V extends { readonly department: string | null }>(
  map: ReadonlyMap<string, V>,
  department: string | null | undefined,
): ReadonlyMap<string, V> =>
  department == null ? new Map() : new Map([...map].filter(([, value]) => value.department === department));

/** The orders that a viewer may hold: what folding the visible events gives. */
export const visibleOrders = (state: HallState, viewer: Viewer): OrderPart => {
  const { workOrders, orderReceipts, orderReports, orderSerial, orderFiled } = state;
  const numbers = seesNumbers(viewer)
    ? { orderReceipts, orderSerial }
    : { orderReceipts: new Map<string, string>(), orderSerial: null };
  if (isDutyDesk(viewer)) return { workOrders, orderReports, orderFiled, ...numbers };
  const department = viewer.role === "desk" ? viewer.department : null;
  return {
    workOrders: only(workOrders, department),
    orderReports: only(orderReports, department),
    orderFiled: { department: null, lead: null },
    ...numbers,
  };
};
