"""The networks in which Actiris takes part: EURES, PES Network, WAPES."""
