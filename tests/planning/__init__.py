"""Plans that fit."""
