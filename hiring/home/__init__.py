"""The first page after sign-in: what each person owes next."""
