// @ts-check
/** Everything that the desk shows about a visitor. */
import { _, duration, fill, ngettext, time } from "../i18n.js";
import { icon } from "../icons.js";
import { html } from "../vendor/ui.js";
import { useDesk } from "./parts.js";
import { answersOf, languageName, nameOf, sentAlong } from "./visit.js";

const LONG = 60; // characters; a longer answer gets a line of its own

/** Everything about a visitor. @param {{ticket: any}} props */
export function Who({ ticket }) {
  const name = nameOf(ticket.customer);
  const said = answersOf(ticket.form);
  const along = sentAlong(ticket.integration_data);
  return html`
    <div class="visit-number">
      <span class="number" data-number>${ticket.number}</span>
      ${ticket.poc
        ? html`<span class="plate" data-poc=${ticket.poc.key}>${ticket.poc.label}</span>`
        : ticket.place === "remote" && html`<span class="badge" data-tone="info">${icon("video")} ${_("By video")}</span>`}
    </div>
    ${name && html`<p class="visit-name"><bdi>${name}</bdi></p>`}
    <ul class="visit-facts">
      ${ticket.class && html`<li><span class="badge" data-tone="warn">${icon("accessibility")} <bdi>${ticket.class}</bdi></span></li>`}
      <li>${icon("users")} <span>${place(ticket)}</span></li>
      ${ticket.created_at && html`<li>${icon("hourglass")} <${Waited} ticket=${ticket} /></li>`}
      ${ticket.place === "remote" && ticket.customer?.phone && html`<li>${icon("phone")}
        <a href=${`tel:${ticket.customer.phone.replace(/[^+0-9]/g, "")}`} dir="ltr">${ticket.customer.phone}</a></li>`}
      ${ticket.language && html`<li>${icon("languages")} <span>${languageName(ticket.language)}</span></li>`}
      ${ticket.appointment && html`<li>${icon("calendar-check")} <span>${appointment(ticket)}</span></li>`}
      ${ticket.recall > 0 && html`<li>${icon("bell-ring")}
        <span>${ngettext("called again once", "called again %(num)s times", ticket.recall)}</span></li>`}
    </ul>
    ${said.length > 0 && html`<${Facts} title=${_("What the visitor said")} facts=${said} />`}
    ${along.length > 0 && html`<${Facts} title=${_("Sent along")} facts=${along} />`}
  `;
}

/** @param {any} ticket */
function place({ queue, branch }) {
  const names = [queue?.name, branch?.label || branch?.name].filter(Boolean);
  return names.join(" · ");
}

/** How long the visitor has waited: until the call, or until now. @param {{ticket: any}} props */
function Waited({ ticket }) {
  const desk = useDesk();
  const until = ticket.called_at ? Date.parse(ticket.called_at) : desk.now.value;
  const waited = Math.max(0, (until - Date.parse(ticket.created_at)) / 1000);
  return html`<span>${_("waited %(time)s", { time: duration(waited < 60 ? waited : Math.floor(waited / 60) * 60) })}</span>`;
}

/** @param {any} ticket */
function appointment({ appointment: booked, branch }) {
  const starts = booked.starts_at ?? booked.start;
  if (!starts) return _("by appointment");
  return fill(_("appointment at %(time)s: %(title)s"), {
    time: time(starts, branch?.timezone),
    title: html`<bdi>${booked.title ?? ""}</bdi>`,
  });
}

/** @param {{title: string, facts: import("./visit.js").Fact[]}} props */
function Facts({ title, facts }) {
  return html`<section class="said">
    <h2>${icon("message-square")} ${title}</h2>
    <dl>${facts.map(({ label, text }) => html`<div data-long=${text.length > LONG}>
      <dt><bdi>${label}</bdi></dt><dd><bdi>${text}</bdi></dd></div>`)}</dl>
  </section>`;
}
