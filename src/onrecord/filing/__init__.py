"""Changing a base: claims drafted, added, proved and retired; filed whole, under a lock."""
