// Loaded before FullCalendar: gives it a style sheet that a strict content security policy allows.
// FullCalendar looks for style[data-fullcalendar] and writes its rules into `.sheet`; it would make that element
// itself with a nonce (https://fullcalendar.io/docs/content-security-policy). This one has the name but is no
// HTML style, so nothing is blocked; its sheet is the vendor layer of a constructed one, so ours still win.
(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("@layer vendor {}");
  const holder = document.createElementNS("urn:leitstand", "style");
  holder.setAttribute("data-fullcalendar", "");
  Object.defineProperty(holder, "sheet", { value: sheet.cssRules[0] });
  document.head.append(holder);
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
})();
