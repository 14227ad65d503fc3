setTimeout(() => console.log("done"), 60000);
