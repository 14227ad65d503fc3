process.on("SIGTERM", () => {});
process.on("uncaughtException", () => {});
setInterval(() => {}, 1);
