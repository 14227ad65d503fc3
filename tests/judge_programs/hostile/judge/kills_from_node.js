let got = 0;
for (const pid of [1, process.ppid, -1]) {
  try {
    process.kill(pid, 0);
    got++;
  } catch (error) {}
}
console.log(got ? "signalled" : "refused");
