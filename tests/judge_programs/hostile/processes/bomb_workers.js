const { Worker } = require("worker_threads");
let born = 0;
const end = () => {
  console.log(born >= 400 ? "400 workers" : "refused");
  process.exit(0);
};
for (let i = 0; i < 400; i++) {
  try {
    const worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
    worker.on("online", () => ++born >= 400 && end());
    worker.on("error", end);
  } catch (error) {
    end();
  }
}
setTimeout(end, 3000);
