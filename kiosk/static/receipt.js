// @ts-check
/** Prints the receipt where a kiosk opened it (`?print=1`), and goes away. */

if (new URL(location.href).searchParams.has("print")) {
  addEventListener("afterprint", () => close());
  void document.fonts.ready.then(() => print());
}
