// All behaviours of the house, one file each. The order matters only for confirm, which must hear a click first.
import "./confirm.js";
import "./double-submit.js";
import "./theme-switch.js";
import "./menus.js";
import "./navigation.js";
import "./shortcuts.js";
import "./toasts.js";
import "./copy.js";
import "./filters.js";
import "./dirty-form.js";
import "./small-parts.js";
import "./charts.js";
