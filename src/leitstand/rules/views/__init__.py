"""Pages of rules: the catalogue, waivers, the guideline and its signatures."""
