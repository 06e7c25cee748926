"""How dates are written where Django's own way does not fit: English as in Europe, days first and 24 hours."""
