import { startTicketPage } from "./phone/ticket-page.ts";

const element = document.getElementById("page");
if (element !== null) void startTicketPage(element);
