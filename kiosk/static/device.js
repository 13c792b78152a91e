// @ts-check
/** The kiosk as a device: it obeys those who look after it, tries its printer and its sound, and says how it is. */
import { command } from "../command.js";
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { obeying } from "../orders.js";
import { sound } from "../sound.js";
import { computed, effect, html, signal } from "../vendor/ui.js";

const SHOWN = 4000; // ms that it is seen that something is tried
const PAUSE = 1000; // ms between two looks whether nobody is served
const EVERY = 10 * 60_000; // ms between two reports where nothing is new

/** Say something about oneself; what does not arrive is said again. @param {string} path @param {unknown} body */
const tell = (path, body) => command(path, body).then(() => true, () => false);

/**
 * @param {object} kiosk
 * @param {string} kiosk.path
 * @param {import("../live.js").Live} kiosk.line
 * @param {import("./flow.js").Flow} kiosk.flow
 * @param {boolean} kiosk.prints whether the server has a printer for it
 */
export function device({ path, line, flow, prints }) {
  const sounds = sound();
  const started = new Date(line.clock.now()).toISOString();
  const release = document.querySelector("meta[name=version]")?.getAttribute("content") ?? undefined;
  const size = signal([innerWidth, innerHeight]);
  addEventListener("resize", () => (size.value = [innerWidth, innerHeight]));
  effect(() => void (sounds.volume.value = flow.volume.value));

  function reload() {
    if (flow.pristine()) location.reload();
    else setTimeout(reload, PAUSE);
  }

  /** @param {number} order */
  async function test(order) {
    const seen = new Promise((go) => setTimeout(go, SHOWN));
    await Promise.all([seen, sounds.chime("call"), prints && tell(`${path}/test-prints`, { order })]);
  }

  const { identified, testing, tested } = obeying(computed(() => line.state.value.device.orders), { test, reload });

  function report() {
    const [width, height] = size.value;
    void tell(`${path}/report`, { width, height, release, started_at: started, tested: tested.value });
  }
  effect(report);
  setInterval(report, EVERY);
  return { name: computed(() => line.state.value.device.name), identified, testing };
}

/** Over everything else, for those who look after it: which one it is, and that something is tried.
 *  @param {{device: ReturnType<typeof device>}} props */
export function Identity({ device: { name, identified, testing } }) {
  return html`${identified.value && html`<p class="identity" role="status"><bdi>${name.value}</bdi> <span>${innerWidth} × ${innerHeight}</span></p>`}
    ${testing.value && html`<p class="identity" role="status">${icon("printer")} ${_("Test")}</p>`}`;
}
