"""Comments: posted under a token, screened by a list of rules, public only after a person's ruling."""
