// Follows what the page asks its server for, so that a test can wait until everything asked has been answered. Before the
// app's own script, in each document. What stands on the page says nothing of it at once: between a click and the
// beginning of its run, the app looks as if it were at rest.
(() => {
  const asked = { run: false, running: false, addresses: 0, files: 0, frames: 0, since: null };
  const NEW_SESSION = 4, SCRIPT_FINISHED = 6, FILE_ADDRESSES = 19, EARLY_FOR_RERUN = 2; // ForwardMsg.proto
  const RERUN = 0x5a, FILE_ADDRESSES_PLEASE = 0x82; // the tags that BackMsg.proto's fields 11 and 16 begin with

  // A message's fields up to the one that says what it is: [number, its value where it is a number].
  const kind = (bytes) => {
    let at = 0;
    const number = () => {
      let value = 0;
      for (let shift = 0; at < bytes.length; shift += 7) {
        const byte = bytes[at++];
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) break;
      }
      return value;
    };
    while (at < bytes.length) {
      const tag = number();
      const value = number(); // the length, where the field is one of bytes
      if (tag >> 3 > 2) return [tag >> 3, value]; // 1 and 2 are the message's hash and what is said about it
      if ((tag & 7) === 2) at += value;
    }
    return [0, 0];
  };

  const heard = ({ data }) => {
    if (!(data instanceof ArrayBuffer)) return;
    const [field, value] = kind(new Uint8Array(data));
    if (field === NEW_SESSION) [asked.run, asked.running] = [false, true];
    if (field === SCRIPT_FINISHED) asked.running = value === EARLY_FOR_RERUN; // another one begins
    if (field === FILE_ADDRESSES) asked.addresses = Math.max(0, asked.addresses - 1);
  };

  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", heard);
      this.addEventListener("close", () => Object.assign(asked, { run: false, running: false, addresses: 0 }));
    }
    send(data) {
      const first = ArrayBuffer.isView(data) ? data[0] : data instanceof ArrayBuffer ? new Uint8Array(data)[0] : 0;
      if (first === RERUN) asked.run = true;
      if (first === FILE_ADDRESSES_PLEASE) asked.addresses += 1;
      super.send(data);
    }
  };

  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...given) {
    asked.files += 1;
    this.addEventListener("loadend", () => (asked.files -= 1));
    return send.apply(this, given);
  };

  // At rest: the browser has said who it is, all that was asked for is there, nothing on the page waits for its content.
  const resting = () =>
    document.documentElement?.dataset.toile === "known" &&
    !(asked.run || asked.running || asked.addresses || asked.files) &&
    document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning" &&
    !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]') &&
    document.fonts.status === "loaded";

  // Asked once in each frame: has the app been at rest for four frames on end since `since`? A click's effects, and what a
  // run's new elements ask for in their turn, come a frame or two later.
  window.standsStill = (since) => {
    if (asked.since !== since) Object.assign(asked, { since, frames: 0 });
    asked.frames = resting() ? asked.frames + 1 : 0;
    return asked.frames > 4;
  };
  window.standsStill.asked = asked;
})();
