"""Documents with a choice: sections, language, who is taken out, for whom; one at a time or many together."""
