"""Text as it is typed and written out: one line, numbers, no zero characters, cells of a spreadsheet."""
