"""The component kit: `{% load house %}`. All rooms build their pages from these parts.

A page
    {% extends "base.html" %}{% load i18n house %}
    blocks: title · subtitle · actions (buttons of the page header) · content · head · scripts
    A narrow page without navigation (sign-in, wizard, errors) extends "core/plain.html".

Words and figures
    {{ text|markdown }}                  Markdown to safe HTML
    {{ text|highlight:spans }}           marks [(start, end), (start, end, "red"), ...]
    {{ code|language }}                  "de" is German
    {% avatar person %}                  "AB" in a circle; {% avatar person "sm" %} a smaller one
    {% when moment %}                    <time> in the company's zone: "Wed 5 Mar, 14:05 · in 2 hours"
    {% when moment "absolute" %}         or "relative", "date" (no clock)
    {% icon "rss" %}                     Tabler icon; hidden from screen readers unless label=_("Feed")
    {% counter 12 _("unread") %}         number badge; nothing when 0
    {% copy text %}                      button that copies; label=_("Copy link")

States: green, amber, red, grey, blue, vacant. Always with a word, never by colour alone.
    {% state "amber" %}                  the state's own word           {% state "red" _("Overdue") %}
    {% progress 3 12 %}                  bar; label=_("..."), state="amber"

Boxes
    {% card _("Title") %} ... {% endcard %}                  icon="rss" subtitle="" id="" flush=True (no padding)
    {% empty "rss" _("No sources yet") _("Text.") %}         url=add_url label=_("Add a source")
    {% alert "amber" %} ... {% endalert %}                   title=_("...") ; announced by screen readers

Lists
    {% filters "results" %} {% field form.q %} {% endfilters %}   GET form; reloads #results by htmx as one
        types, address keeps the filters. The view: page(request, template, "results", ...); the template holds
        {% partialdef results inline %}<div id="results">...</div>{% endpartialdef %}
    {% paginate page_obj %}                                  page_obj of Django's Paginator; keeps the query

Forms
    {% form_errors form %}               summary on top with links to the fields
    {% fields form %}                    all fields, in their order
    {% field form.x %}                   one field; label= help= hidden_label=True switch=True
                                         optional=False; any other keyword becomes an attribute: rows=6
                                         autofocus=True hx_get=url data_x=1
    {% submit _("Save") %}               primary button; icon="check" name= value= tone="red"; cancel=url

Charts (ECharts is loaded by itself, a table stands below for everybody)
    {% chart data "line" title=_("Followers") %}             line, area, stacked
        data = {"labels": [...], "series": [{"name": "...", "values": [...], "dashed": False, "state": "green"}],
                "unit": "%"}

Behaviour by attribute (no script in the page; works with htmx content)
    data-confirm="Delete it?" on a form, link or submit button; data-confirm-button="Delete", else its own words.
    data-shortcut="n" or "g t" on a link, button or field; listed under "?".
    data-copy="text" · data-dirty on a form: warns before unsaved words are lost.
    data-submit-on-change on a select: sends its form.
    data-shortcut-label="..." names it there when its own words are too long.
    data-print on a button: prints the page.
    Forms by POST cannot be sent twice by double click.

Notices
    messages.success(request, _("Saved."))                   shown on top of the next page
    messages.success(request, _("Moved."), extra_tags=f"undo:{url}")   with a button "Undo" that POSTs there
    From a script: toast(words, { undo }) of core/js/toasts.js; `undo` is what its button "Undo" does.
"""

from __future__ import annotations

from django import template

from leitstand.core.templatetags import house_boxes, house_charts, house_forms, house_lists, house_text, house_time

register = template.Library()

for part in (house_text, house_time, house_boxes, house_lists, house_forms, house_charts):
    part.join(register)
