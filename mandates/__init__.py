"""The mandates of Actiris: Youth Guarantee, European Social Fund, Territorial Pact, view.brussels."""
