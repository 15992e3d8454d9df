import { startProgressPage } from "./progress/progress-page.ts";

const element = document.getElementById("page");
if (element !== null) void startProgressPage(element);
