"""The stock desk: every unit accounted for."""
