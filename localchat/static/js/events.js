/**
 * The stream of what happens, kept open for good.
 *
 * The browser's own reconnection gives up on some errors and waits long on others,
 * so each try is a new EventSource, which hears only what happens from then on.
 * `onOpen` is called after every (re)connection, and whoever listens loads the chats
 * anew then, so that nothing is missed.
 */
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 5000;

export class Events {
  constructor({ onOpen, onEvent, onState }) {
    this.onOpen = onOpen;
    this.onEvent = onEvent;
    this.onState = onState;
    this.wait = FIRST_WAIT_MS;
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.hurry();
    });
  }

  connect() {
    clearTimeout(this.timer);
    this.timer = null;
    const source = new EventSource("/api/events");
    this.source = source;
    source.onopen = () => {
      this.wait = FIRST_WAIT_MS;
      this.onState("online");
      this.onOpen();
    };
    source.onmessage = (message) => this.onEvent({ ...JSON.parse(message.data), number: Number(message.lastEventId) });
    source.onerror = () => this.lost(source);
  }

  lost(source) {
    if (source !== this.source) return;
    source.close();
    this.onState("offline");
    this.timer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 1.6, LONGEST_WAIT_MS);
  }

  /** Try at once instead of waiting out the pause. */
  hurry() {
    if (this.timer) this.connect();
  }
}
