import { startAppointmentPage } from "./appointment/appointment-page.ts";

const element = document.getElementById("page");
if (element !== null) void startAppointmentPage(element);
