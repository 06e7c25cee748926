// data-autosave="URL" on a form: posts it a second after the last key; tries again while the server is away.
// [data-autosave-status] shows data-saving, data-saved or data-failed; the event "house:saved" tells others.
import { csrf, each, language } from "./page.js";

const WAIT = 1000;
const AGAIN = 5000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]");
    form.addEventListener("input", () => this.soon(WAIT));
    form.addEventListener("submit", () => this.stop());
    document.addEventListener("visibilitychange", () => document.hidden && this.waiting && this.save());
  }

  soon(delay) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), delay);
  }

  stop() {
    clearTimeout(this.waiting);
    this.waiting = 0;
    this.running?.abort();
  }

  async save() {
    this.stop();
    this.say("saving");
    const mine = (this.running = new AbortController());
    try {
      const answer = await this.send(mine.signal);
      if (answer.status >= 500) throw new Error(`${answer.status}`);
      this.done(answer.ok);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.say("failed");
      this.soon(AGAIN);
    }
  }

  send(signal) {
    const headers = { "X-CSRFToken": csrf(), "X-Autosave": "1" };
    const body = new FormData(this.form);
    return fetch(this.form.dataset.autosave, { method: "POST", headers, body, signal, keepalive: document.hidden });
  }

  done(ok) {
    this.say(ok ? "saved" : "failed");
    if (ok) this.form.dispatchEvent(new CustomEvent("house:saved", { bubbles: true }));
  }

  say(state) {
    if (!this.status || !this.form.isConnected) return;
    const at = new Date().toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.status.dataset.state = state;
    this.status.textContent = (this.status.dataset[state] ?? "").replace("{time}", at);
  }
}

each("form[data-autosave]", (form) => (form.autosave ??= new Autosave(form)));
