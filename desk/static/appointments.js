// @ts-check
/** The day's appointments beside the desk: who is expected, who has come, and a code that somebody says or shows. */
import { command } from "../command.js";
import { _, day, ngettext, number, time } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useEffect, useLayoutEffect, useRef, useSignal } from "../vendor/ui.js";
import { AppointmentDialog } from "./appointment.js";
import { daysLater, expected, isNamed, matching, parted, standing, subjectOf, visitorOf } from "./day.js";
import { isOffline, once, onlyFresh, useDesk } from "./parts.js";
import { inWords } from "./refusals.js";

const API = "/desk/api/appointments";
const ASPECT = "appointment/"; // with an id, the name of its dialog
const EVERY = 30_000; // ms; "late" comes with time alone
const APART = 2000; // ms between two looks that nobody here has asked for

/** @typedef {import("./day.js").Appointment} Appointment */
/** @typedef {{date: string, today: string, branches: any[], total: number, appointments: Appointment[]}} Day */

/** The day that is looked at, as the server has it; `look` asks again. */
function useDay() {
  const desk = useDesk();
  const date = useSignal(/** @type {string | null} */ (null)); // null: today, also after midnight
  const branch = useSignal("");
  const found = useSignal(/** @type {Day | null} */ (null));
  const asked = useRef({ turn: 0, at: -APART, query: "" });
  const query = `${date.value}/${branch.value}`;

  async function look() {
    const turn = asked.current.turn + 1;
    asked.current = { turn, at: performance.now(), query: `${date.value}/${branch.value}` };
    const wanted = { ...(date.value && { date: date.value }), ...(branch.value && { branch: branch.value }) };
    try {
      const reply = await fetch(`${API}?${new URLSearchParams(wanted)}`, { headers: { Accept: "application/json" } });
      const answer = reply.ok ? await reply.json() : null;
      if (answer && turn === asked.current.turn) found.value = answer;
    } catch {
      // no network: the desk says so, and the next look comes anyway
    }
  }

  useEffect(() => {
    const due = asked.current.query === query ? asked.current.at + APART - performance.now() : 0;
    const timer = setTimeout(() => void look(), Math.max(0, due));
    return () => clearTimeout(timer);
  }, [query, desk.line.state.value.appointments, isOffline(desk)]);
  useEffect(() => {
    const timer = setInterval(() => void look(), EVERY);
    return () => clearInterval(timer);
  }, []);
  return { date, branch, found, look };
}

export function Appointments() {
  const desk = useDesk();
  const { date, branch, found, look } = useDay();
  const text = useSignal("");
  const busy = useSignal(""); // the id, or the code, that is being checked in
  const panel = useRef(/** @type {HTMLElement | null} */ (null));
  const last = useRef(/** @type {string | null} */ (null));
  const shown = found.value;
  const all = shown?.appointments ?? [];
  const { open, over } = parted(matching(all, text.value));

  // A button that was pressed goes away with what it did: whoever works by keyboard stays with the visitor.
  useLayoutEffect(() => {
    if (last.current === null || document.activeElement !== document.body) return;
    if (!focusOn(`[data-appointment="${last.current}"]`)) panel.current?.focus();
    last.current = null;
  });

  /** @param {string} path @param {unknown} body @param {string} what */
  async function checkIn(path, body, what) {
    if (busy.value) return false;
    busy.value = what;
    try {
      const ticket = await command(path, body);
      desk.note(_("%(name)s is checked in: %(number)s", { name: ticket.customer?.name || _("The visitor"), number: ticket.number }), "good");
      return true;
    } catch (error) {
      desk.note(inWords(/** @type {any} */ (error)), "bad");
      return false;
    } finally {
      busy.value = "";
      await look();
    }
  }

  /** @param {string} selector what has the focus from now on, if it is there */
  function focusOn(selector) {
    const found = /** @type {HTMLElement | null | undefined} */ (panel.current?.querySelector(selector));
    found?.focus();
    return Boolean(found);
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const code = text.value.trim();
    const named = all.find((it) => isNamed(it, code));
    if (named) return focusOn("[data-action=check-in]") || focusOn("[data-appointment] button"); // a name is no code
    const field = /** @type {HTMLInputElement} */ (panel.current?.querySelector("[name=code]"));
    if (code && (await checkIn("/desk/api/check-in", { code }, code))) text.value = "";
    else field.select(); // what is scanned next stands in its place
  }

  /** @param {Appointment} it */
  const row = (it) => html`<${Row} key=${it.id} it=${it} busy=${busy.value === it.id}
    press=${() => {
      last.current = it.id;
      void checkIn(`${API}/${it.id}/check-in`, {}, it.id);
    }}
    more=${() => (desk.dialog.value = ASPECT + it.id)} />`;
  const chosen = all.find(({ id }) => desk.dialog.value === ASPECT + id);

  return html`<section class="panel appointments" aria-labelledby="appointments" ref=${panel} tabindex="-1"
      data-date=${shown?.date}>
    <h2 id="appointments">${_("Appointments")}
      ${shown && html`<span class="badge">${ngettext("%(num)s expected", "%(num)s expected", expected(all))}</span>`}</h2>
    <form class="appointments-code" role="search" onSubmit=${submit}>
      <label class="visually-hidden" for="code">${_("Code or name")}</label>
      <input class="input" id="code" name="code" maxlength="2000" autocomplete="off" autocapitalize="characters"
        spellcheck=${false} enterkeyhint="go" placeholder=${_("Code or name")} value=${text.value}
        aria-busy=${busy.value !== ""} onInput=${(/** @type {any} */ event) => (text.value = event.currentTarget.value)} />
      <button type="submit" class="button only-icon" disabled=${isOffline(desk)} aria-label=${_("Check in by code")}
        title=${_("Check in by code")}>${icon("log-in", { directional: true })}</button>
    </form>
    ${shown && html`<${Days} shown=${shown} date=${date} />`}
    ${shown && shown.branches.length > 1 && html`<${Branches} shown=${shown} branch=${branch} />`}
    ${shown && open.length === 0 && html`<p class="soft">${nothing(all, text.value, over.length)}</p>`}
    <ul class="lines">${open.map(row)}</ul>
    ${over.length > 0 &&
    html`<details class="appointments-over" open=${text.value !== ""}>
      <summary>${ngettext("%(num)s that is over", "%(num)s that are over", over.length)}</summary>
      <ul class="lines">${over.map(row)}</ul>
    </details>`}
    ${shown && shown.total > all.length &&
    html`<p class="hint">${_("Only the first %(number)s are listed. Please choose a branch.", { number: number(all.length) })}</p>`}
    ${chosen && html`<${AppointmentDialog} it=${chosen} look=${look} close=${() => (desk.dialog.value = null)} />`}
  </section>`;
}

/** @param {Appointment[]} all @param {string} text @param {number} over */
function nothing(all, text, over) {
  if (text.trim() && over === 0) return _("Nobody of this name. Press Enter to check in by this code.");
  return all.length === 0 ? _("No appointments.") : _("Nobody is expected any more.");
}

/** @param {{shown: Day, date: {value: string | null}}} props */
function Days({ shown, date }) {
  const go = (/** @type {number} */ days) => () => {
    const next = daysLater(shown.date, days);
    date.value = next === shown.today ? null : next;
  };
  const named = day(`${shown.date}T12:00:00Z`, "UTC", { weekday: "short", day: "numeric", month: "short" });
  return html`<div class="appointments-days" role="group" aria-label=${_("Day")}>
    <button type="button" class="button quiet only-icon" aria-label=${_("Previous day")} title=${_("Previous day")}
      onClick=${go(-1)}>${icon("chevron-left", { directional: true })}</button>
    <span class="appointments-day">
      ${shown.date === shown.today ? html`<strong>${_("Today")}</strong> · ${named}` : html`<strong>${named}</strong>`}</span>
    ${shown.date !== shown.today &&
    html`<button type="button" class="button quiet small" onClick=${() => (date.value = null)}>${_("Today")}</button>`}
    <button type="button" class="button quiet only-icon" aria-label=${_("Next day")} title=${_("Next day")}
      onClick=${go(1)}>${icon("chevron-right", { directional: true })}</button>
  </div>`;
}

/** @param {{shown: Day, branch: {value: string}}} props */
function Branches({ shown, branch }) {
  return html`<div>
    <label class="visually-hidden" for="of-branch">${_("Branch")}</label>
    <select class="input" id="of-branch" value=${branch.value}
        onChange=${(/** @type {any} */ event) => (branch.value = event.currentTarget.value)}>
      <option value="">${_("All branches")}</option>
      ${shown.branches.map(({ id, label, name }) => html`<option value=${id} key=${id}>${label || name}</option>`)}
    </select>
  </div>`;
}

/** @param {{it: Appointment, busy: boolean, press: () => void, more: () => void}} props */
function Row({ it, busy, press, more }) {
  const desk = useDesk();
  const badge = standing(it, desk.now.value);
  const says = _("More about the appointment of %(name)s", { name: visitorOf(it) });
  return html`<li class="line appointment" data-appointment=${it.id} data-state=${it.state} tabindex="-1">
    <div class="appointment-head">
      <time class="appointment-time" datetime=${it.starts_at}>${time(it.starts_at, it.timezone)}</time>
      <h3 class="appointment-name"><bdi>${visitorOf(it)}</bdi></h3>
      <button type="button" class="button quiet small only-icon" aria-haspopup="dialog" aria-label=${says} title=${says}
        onClick=${more}>${icon("ellipsis")}</button>
    </div>
    <p class="appointment-subject"><bdi>${subjectOf(it)}</bdi>${it.agent && html` · <bdi>${it.agent.name}</bdi>`}</p>
    <div class="appointment-foot">
      ${badge && html`<span class="badge" data-tone=${badge.tone}>${icon(badge.icon)} <bdi>${badge.words}</bdi></span>`}
      ${it.code && html`<bdi class="appointment-code" data-code>${it.code}</bdi>`}
      ${it.may.includes("check-in") &&
      html`<button type="button" class="button small" data-action="check-in" disabled=${isOffline(desk)} aria-busy=${busy}
          aria-label=${_("Check in %(name)s", { name: visitorOf(it) })} onClick=${once(press)} onKeyDown=${onlyFresh}>
        ${icon("user-check")} ${_("Check in")}</button>`}
    </div>
  </li>`;
}
