"""What a browser is asked about the pages that it keeps."""

KEPT = """async () => {
  while (!(await caches.match(location.href, { ignoreSearch: true }))) await new Promise((go) => setTimeout(go, 100));
}"""
