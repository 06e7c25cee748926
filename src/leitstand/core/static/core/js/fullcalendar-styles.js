// Loaded before FullCalendar: gives it a style sheet that a strict content security policy allows.
// FullCalendar looks for style[data-fullcalendar] and writes its rules into `.sheet`; it would make that element
// itself with a nonce (https://fullcalendar.io/docs/content-security-policy). This one has the name but is no
// HTML style, so nothing is blocked; its sheet is the vendor layer of a constructed one, so ours still win.
// Its icon font comes as data: and would be blocked; calendar.css draws those icons with Tabler's font.
(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("@layer vendor {}");
  const holder = document.createElementNS("urn:leitstand", "style");
  holder.setAttribute("data-fullcalendar", "");
  const layer = sheet.cssRules[0];
  const ours = (rule) => (rule.startsWith("@font-face") ? ".fc-no-font {}" : rule.replace("fcicons", "tabler-icons"));
  const insertRule = (rule, at) => layer.insertRule(ours(rule), at);
  Object.defineProperty(holder, "sheet", { value: { insertRule, cssRules: layer.cssRules } });
  document.head.append(holder);
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
})();
