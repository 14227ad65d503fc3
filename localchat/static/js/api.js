/** The server's JSON interface, one function a call. Every failure is an Error with the server's words. */

async function call(method, path, { json, form } = {}) {
  const request = { method, headers: {} };
  if (json !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(json);
  }
  if (form) request.body = form;
  const response = await fetch(`/api${path}`, request);
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(reason(body) ?? `${response.status} ${response.statusText}`);
  return body;
}

/** Frameworks name the reason differently; a validation report is a list of its own. */
function reason(body) {
  const words = body?.description ?? body?.error ?? body?.detail;
  return Array.isArray(words) ? words.map((each) => each.msg).join("; ") : words;
}

export const bots = () => call("GET", "/bots");
export const people = () => call("GET", "/people");
export const addPerson = (person) => call("POST", "/people", { json: person });

/** The calls of one person's chat with one bot. */
export class ChatApi {
  constructor(bot, person) {
    this.path = `/chats/${bot}/${person}`;
  }

  state() {
    return call("GET", this.path);
  }

  send(text, replyTo) {
    const json = replyTo ? { text, reply_to_message_id: replyTo } : { text };
    return call("POST", `${this.path}/messages`, { json });
  }

  edit(messageId, text) {
    return call("POST", `${this.path}/edits`, { json: { message_id: messageId, text } });
  }

  /** `seconds` is how long a voice note lasts, where that is known. */
  sendFile(kind, file, caption, seconds) {
    const form = new FormData();
    form.append("kind", kind);
    if (seconds) form.append("duration", String(Math.round(seconds)));
    form.append("caption", caption ?? "");
    form.append("file", file, file.name);
    return call("POST", `${this.path}/files`, { form });
  }

  press(messageId, data) {
    return call("POST", `${this.path}/presses`, { json: { message_id: messageId, data } });
  }

  block() {
    return call("POST", `${this.path}/block`);
  }

  unblock() {
    return call("POST", `${this.path}/unblock`);
  }

  fileUrl(fileId) {
    return `/api${this.path}/files/${encodeURIComponent(fileId)}`;
  }
}
