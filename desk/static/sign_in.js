// @ts-check
/** The way in: account, e-mail and password. */
import { command } from "../command.js";
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { pageData } from "../page.js";
import { html, useEffect, useRef, useSignal } from "../vendor/ui.js";
import { Languages } from "./languages.js";
import { prefer, preferences } from "./preferences.js";
import { inWords } from "./refusals.js";

const PATIENCE = [10_000, 10_000, 10_000]; // ms: each look at a password takes long on purpose, and counts

/**
 * @param {object} props
 * @param {string} props.said why the agent is asked (again); "" the first time
 * @param {(state: any) => void} props.onIn what to do with the state that a sign-in brings
 */
export function SignIn({ said, onIn }) {
  const refusal = useSignal("");
  const wanted = useSignal("");
  const busy = useSignal(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const asked = new URLSearchParams(location.search).get("account");
  const account = asked ?? preferences.value.account;
  const { provider } = pageData(/** @type {HTMLElement} */ (document.querySelector("[data-page]")));

  useEffect(() => {
    /** @type {HTMLInputElement | null | undefined} */
    const first = form.current?.querySelector(account ? "[name=email]" : "[name=account]");
    first?.focus();
  }, []);

  useEffect(() => {
    /** @type {HTMLInputElement | null | undefined} */
    const next = wanted.value && form.current?.querySelector(`[name=${wanted.value}]`);
    if (next) next.focus();
  }, [wanted.value]);

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    if (busy.value || !form.current) return;
    const values = Object.fromEntries(new FormData(form.current).entries());
    busy.value = true;
    refusal.value = "";
    try {
      const { state } = await command("/desk/api/session", values, { patience: PATIENCE });
      prefer({ account: String(values.account) });
      onIn(state);
    } catch (/** @type {any} */ error) {
      if (WANTED.includes(error?.details?.kind)) wanted.value = error.details.kind;
      refusal.value = whyNot(error);
      const next = form.current?.querySelector(`[name=${wanted.value || "password"}]`);
      /** @type {HTMLInputElement | null | undefined} */ (next)?.select();
    } finally {
      busy.value = false;
    }
  }

  return html`<div class="way-in"><div class="way-in-middle">
    <form class="card stack way-in-form" ref=${form} onSubmit=${submit} aria-labelledby="way-in">
      <div class="way-in-mark">${icon("headset")}</div>
      <h1 id="way-in">${_("Sign in to your desk")}</h1>
      ${said && html`<p class="alert" role="alert" data-tone="info">${icon("info")}<span>${said}</span></p>`}
      ${refusal.value &&
      html`<p class="alert" role="alert" data-tone="bad">${icon("circle-alert")}<span>${refusal.value}</span></p>`}
      <${Field} name="account" label=${_("Account")} value=${account} complete="organization" />
      <${Field} name="email" label=${_("E-mail")} type="email" complete="username" />
      <${Field} name="password" label=${_("Password")} type="password" complete="current-password" />
      ${wanted.value === "code" &&
      html`<${Field} name="code" label=${_("Code of your app, or a recovery code")} complete="one-time-code" />`}
      ${wanted.value === "new_password" &&
      html`<${Field} name="new_password" label=${_("New password")} type="password" complete="new-password" />`}
      <button class="button primary large block" type="submit" aria-busy=${busy.value}>${_("Sign in")}</button>
      ${provider &&
      html`<a class="button large block" data-action="single-sign-on" href=${`/desk/single-sign-on/${provider.account}`}>
        ${_("Sign in with %(name)s", { name: provider.name })}</a>`}
    </form></div>
    <${Languages} />
  </div>`;
}

/** @param {{name: string, label: string, value?: string, type?: string, complete: string}} props */
function Field({ name, label, value = "", type = "text", complete }) {
  return html`<div class="field">
    <label for=${`way-in-${name}`}>${label}</label>
    <input class="input" id=${`way-in-${name}`} name=${name} type=${type} defaultValue=${value} required
      autocomplete=${complete} autocapitalize="none" spellcheck=${false} />
  </div>`;
}

/** What may be wanted besides: the kinds of the problem, which are the names of the fields. */
const WANTED = ["code", "new_password"];

/** @param {any} error */
function whyNot(error) {
  if (error?.details?.kind === "code") return _("Say the code that your app shows now.");
  if (error?.details?.kind === "new_password") return _("Choose a new password, of 12 letters or more.");
  if (error?.status === 401) return _("The account, the e-mail or the password is wrong.");
  return inWords(error);
}
