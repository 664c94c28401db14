"""The referral flow: who passes allegations on to whom."""
