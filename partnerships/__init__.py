"""The cooperation agreements of Actiris: Socieux+, Enabel."""
