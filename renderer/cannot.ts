import { startCannotPage } from "./cannot/cannot-page.ts";

const element = document.getElementById("page");
if (element !== null) void startCannotPage(element);
