// Never lets the event loop turn.
const again = () => Promise.resolve().then(again);
again();
