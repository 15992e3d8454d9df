import "../shared/basics/zod-config.ts";
import { boot } from "./boot/boot.tsx";

const element = document.getElementById("root");
if (element) void boot(element);
