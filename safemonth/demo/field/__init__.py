"""The demo's field work: forms filled on phones, with photos, as they reached the office."""
