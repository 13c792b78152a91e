// @ts-check
/** The style guide: tokens drawn as what they are, and what lies over a page opened when it is asked for. */

/** @type {Record<string, string>} */
const DRAWN = { colour: "background", size: "fontSize", space: "inlineSize", radius: "borderRadius", shadow: "boxShadow" };

for (const element of document.querySelectorAll("[data-token]")) {
  if (!(element instanceof HTMLElement)) continue;
  const { token, kind } = element.dataset;
  Object.assign(element.style, { [DRAWN[String(kind)]]: `var(--${token})` });
}

const dialog = document.querySelector("dialog");
document.querySelector("#open-dialog")?.addEventListener("click", () => dialog?.showModal());
dialog?.addEventListener("click", ({ target }) => target instanceof HTMLButtonElement && dialog.close());

const toasts = document.querySelector(".toasts");
document.querySelector("#show-toast")?.addEventListener("click", () => {
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = "C014 is finished.";
  toasts?.replaceChildren(toast);
});
for (const button of document.querySelectorAll("[role=switch]")) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-checked", String(button.getAttribute("aria-checked") !== "true"));
  });
}
