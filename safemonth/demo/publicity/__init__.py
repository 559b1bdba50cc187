"""The demo's publicity at work: the consulting day, materials, media, carriers, law to the countryside."""
