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
});
