// Shows the notices that the shop sends, and opens the order when one is touched.
self.addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data ? event.data.json() : {};
  } catch {
    told = {};
  }
  const shown = { body: told.body || "", tag: told.tag || "order", data: { url: told.url || "" } };
  event.waitUntil(self.registration.showNotification(told.title || "…", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = event.notification.data?.url || "";
  if (/^https?:\/\//.test(url)) event.waitUntil(self.clients.openWindow(url));
});
