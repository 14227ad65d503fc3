fetch("http://127.0.0.1:@port@/").then(
  () => console.log("connected"),
  () => console.log("refused"),
);
