// @ts-check
// The page /docs: Swagger UI on our own document, asking nobody else.

const root = /** @type {HTMLElement} */ (document.querySelector("#swagger"));
const dark = matchMedia("(prefers-color-scheme: dark)");

function followTheme() {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

/**
 * Whatever address the document gives, what is tried here goes to where the page came from; the policy allows no other.
 * @param {{ url: string }} request
 */
function toThisOrigin(request) {
  const { pathname, search } = new URL(request.url, location.href);
  return { ...request, url: location.origin + pathname + search };
}

/**
 * A link within the button that opens an operation is a text: the address follows what is opened all the same.
 * @param {{ React: any }} system
 */
function forEverybody({ React }) {
  return {
    wrapComponents: {
      DeepLink: () => (/** @type {{ text: unknown }} */ { text }) => React.createElement("span", null, text),
    },
  };
}

/** What Swagger UI 5 leaves out, for those who do not see the page. @type {[string, Record<string, string>][]} */
const SAID = [
  [".information-container", { role: "region", "aria-label": "About" }],
  [".schemes-server-container", { role: "region", "aria-label": "Servers" }],
  [".filter-container", { role: "search" }],
  ["#servers", { "aria-label": "Server" }],
  ["h3", { "aria-level": "2" }],
  ["h4", { "aria-level": "3" }],
  ["h5", { "aria-level": "4" }],
];

function nameParts() {
  for (const [selector, attributes] of SAID) {
    for (const part of root.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    }
  }
}

new MutationObserver(nameParts).observe(root, { subtree: true, childList: true });
dark.addEventListener("change", followTheme);
followTheme();

// @ts-expect-error: the bundle is a script of before there were modules, and puts its name on the window.
window.SwaggerUIBundle({
  url: root.dataset.document,
  domNode: root,
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: -1,
  filter: true,
  displayRequestDuration: true,
  persistAuthorization: false,
  validatorUrl: null,
  requestInterceptor: toThisOrigin,
  plugins: [forEverybody],
});
