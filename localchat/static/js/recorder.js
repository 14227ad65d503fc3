/** A voice note from the microphone. */

const TYPES = [
  ["audio/ogg;codecs=opus", "ogg"],
  ["audio/webm;codecs=opus", "webm"],
  ["audio/mp4", "m4a"],
];

export class Recorder {
  /** Throws where there is no microphone or it may not be used. */
  async start() {
    if (!navigator.mediaDevices || !window.MediaRecorder) throw new Error("no microphone");
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const [type, ending] = TYPES.find(([each]) => MediaRecorder.isTypeSupported(each)) ?? ["", "webm"];
    this.ending = ending;
    this.chunks = [];
    this.recorder = new MediaRecorder(this.stream, type ? { mimeType: type } : {});
    this.recorder.addEventListener("dataavailable", (event) => this.chunks.push(event.data));
    this.recorder.start();
    this.began = performance.now();
    this.listen();
  }

  listen() {
    this.context = new AudioContext();
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 512;
    this.samples = new Float32Array(this.analyser.fftSize);
    this.context.createMediaStreamSource(this.stream).connect(this.analyser);
  }

  get seconds() {
    return (performance.now() - this.began) / 1000;
  }

  /** How loud it is now, from 0 to 1. */
  get level() {
    this.analyser.getFloatTimeDomainData(this.samples);
    const power = this.samples.reduce((sum, each) => sum + each * each, 0) / this.samples.length;
    return Math.min(1, Math.sqrt(power) * 4);
  }

  /** Stop, and give the recording as a file. */
  async finish() {
    this.length = this.seconds;
    const stopped = new Promise((resolve) => this.recorder.addEventListener("stop", resolve, { once: true }));
    this.recorder.stop();
    await stopped;
    this.release();
    const type = this.recorder.mimeType.split(";")[0] || "audio/webm";
    return new File(this.chunks, `voice.${this.ending}`, { type });
  }

  discard() {
    if (this.recorder?.state === "recording") this.recorder.stop();
    this.release();
  }

  release() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.context?.close();
    this.context = null;
  }
}
